use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;

/// When a line stops calling a partner that does not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BreakerSettings {
    /// Failures in a row that open the breaker; 0 turns the breaker off.
    pub failures: u32,
    /// How long it stays open before one trial call is let through.
    pub open: Duration,
}

impl Default for BreakerSettings {
    fn default() -> Self {
        Self { failures: 5, open: Duration::from_secs(10) }
    }
}

#[derive(Debug, Clone, Copy)]
enum State {
    Closed {
        failures: u32,
    },
    Open {
        until: Instant,
    },
    /// One trial is on its way; everybody else is refused.
    Trial,
}

/// Closed, open, one trial. Counts failures in a row, nothing cleverer.
#[derive(Debug)]
pub(crate) struct Breaker {
    settings: BreakerSettings,
    state: Mutex<State>,
}

impl Breaker {
    pub(crate) fn new(settings: BreakerSettings) -> Self {
        Self { settings, state: Mutex::new(State::Closed { failures: 0 }) }
    }

    /// A pass for one call, or `None` while the breaker is open.
    pub(crate) fn enter(&self) -> Option<Pass<'_>> {
        if self.settings.failures == 0 {
            return Some(Pass { breaker: self, told: false });
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match *state {
            State::Closed { .. } => {}
            State::Open { until } if Instant::now() >= until => *state = State::Trial,
            State::Open { .. } | State::Trial => return None,
        }
        Some(Pass { breaker: self, told: false })
    }

    /// Would a call be refused now?
    pub(crate) fn refuses(&self) -> bool {
        match *self.state.lock().unwrap_or_else(PoisonError::into_inner) {
            State::Closed { .. } => false,
            State::Open { until } => Instant::now() < until,
            State::Trial => true,
        }
    }

    fn tell(&self, good: bool) {
        if self.settings.failures == 0 {
            return;
        }
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let open = State::Open { until: Instant::now() + self.settings.open };
        *state = match (*state, good) {
            // Calls that began before it opened don't close it; only the trial does.
            (State::Open { until }, _) => State::Open { until },
            (State::Trial | State::Closed { .. }, true) => State::Closed { failures: 0 },
            (State::Trial, false) => open,
            (State::Closed { failures }, false) if failures + 1 >= self.settings.failures => open,
            (State::Closed { failures }, false) => State::Closed { failures: failures + 1 },
        };
    }
}

/// One call's right to be made. Dropped without a word (the caller gave up) it counts as a failure, so that a
/// trial that was cancelled cannot leave the breaker waiting for ever.
#[derive(Debug)]
pub(crate) struct Pass<'a> {
    breaker: &'a Breaker,
    told: bool,
}

impl Pass<'_> {
    pub(crate) fn tell(mut self, good: bool) {
        self.told = true;
        self.breaker.tell(good);
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if !self.told {
            self.breaker.tell(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaker() -> Breaker {
        Breaker::new(BreakerSettings { failures: 3, open: Duration::from_secs(10) })
    }

    fn fail(breaker: &Breaker) {
        if let Some(pass) = breaker.enter() {
            pass.tell(false);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn three_failures_in_a_row_open_it() {
        let breaker = breaker();
        fail(&breaker);
        fail(&breaker);
        assert!(breaker.enter().is_some_and(|pass| {
            pass.tell(true);
            true
        }));
        for _ in 0..3 {
            fail(&breaker);
        }
        assert!(breaker.enter().is_none());
    }

    #[tokio::test(start_paused = true)]
    async fn one_trial_decides_after_the_wait() {
        let breaker = breaker();
        for _ in 0..3 {
            fail(&breaker);
        }
        tokio::time::advance(Duration::from_secs(11)).await;
        let trial = breaker.enter();
        assert!(trial.is_some());
        assert!(breaker.enter().is_none(), "only one trial at a time");
        drop(trial);
        assert!(breaker.enter().is_none(), "a dropped trial opens it again");
        tokio::time::advance(Duration::from_secs(11)).await;
        if let Some(pass) = breaker.enter() {
            pass.tell(true);
        }
        assert!(breaker.enter().is_some());
        assert!(breaker.enter().is_some());
    }

    #[tokio::test(start_paused = true)]
    async fn zero_failures_means_no_breaker() {
        let breaker = Breaker::new(BreakerSettings { failures: 0, open: Duration::from_secs(10) });
        for _ in 0..50 {
            fail(&breaker);
        }
        assert!(breaker.enter().is_some());
    }
}
