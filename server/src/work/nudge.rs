//! When a lane looks for tasks: at a steady beat, and at once when this process has just written work.

use apalis_core::backend::ext::poll_strategy::{PollSnapshot, PollStrategy};
use futures::task::AtomicWaker;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::task::AbortHandle;

/// Without any hint a lane looks this often; work written by another process waits no longer.
const BEAT: Duration = Duration::from_millis(200);
/// Hints that come closer together than this are taken as one.
const REST: Duration = Duration::from_millis(10);

/// Wakes a lane's worker. apalis asks its strategy only to be woken and looks at no answer, so that is all this does.
pub struct Nudge {
    waker: Arc<AtomicWaker>,
    beat: AbortHandle,
}

impl Nudge {
    pub fn new(hint: Arc<Notify>) -> Self {
        let waker = Arc::new(AtomicWaker::new());
        let target = Arc::clone(&waker);
        let beat = tokio::spawn(async move {
            loop {
                // Listening begins before the rest, so that a hint during it is not missed.
                let mut hinted = std::pin::pin!(hint.notified());
                hinted.as_mut().enable();
                tokio::time::sleep(REST).await;
                let _ = tokio::time::timeout(BEAT, hinted).await;
                target.wake();
            }
        });
        Self { waker, beat: beat.abort_handle() }
    }
}

impl Drop for Nudge {
    fn drop(&mut self) {
        self.beat.abort();
    }
}

impl PollStrategy for Nudge {
    fn poll_drive(&mut self, cx: &mut Context<'_>, _: &PollSnapshot) -> Poll<Option<()>> {
        self.waker.register(cx.waker());
        Poll::Pending
    }
}
