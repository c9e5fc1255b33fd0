//! Two texts line by line: what stayed, what went, what came.

/// One line of the comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DiffLine {
    /// In both.
    Same(String),
    /// Only in the older text.
    Gone(String),
    /// Only in the newer text.
    New(String),
    /// So many unchanged lines that aren't shown.
    Skipped(usize),
}

/// Longer texts are compared as a whole: the table below has a place for each pair of lines.
const MOST_LINES: usize = 2_000;
/// Unchanged lines shown around a change.
const AROUND: usize = 2;

/// What lies between two texts, unchanged stretches shortened. Empty when they are the same.
pub fn diff(old: &str, new: &str) -> Vec<DiffLine> {
    if old == new {
        return Vec::new();
    }
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    if old.len() > MOST_LINES || new.len() > MOST_LINES {
        let gone = old.iter().map(|line| DiffLine::Gone((*line).to_owned()));
        return gone.chain(new.iter().map(|line| DiffLine::New((*line).to_owned()))).collect();
    }
    shortened(aligned(&old, &new))
}

/// Along the longest common subsequence.
fn aligned(old: &[&str], new: &[&str]) -> Vec<DiffLine> {
    let width = new.len() + 1;
    // `longest[i][j]`: the longest common subsequence of what follows line i of the old and line j of the new text.
    let mut longest = vec![0_u16; (old.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    let get = |longest: &[u16], i: usize, j: usize| longest.get(at(i, j)).copied().unwrap_or(0);
    for (i, gone) in old.iter().enumerate().rev() {
        for (j, come) in new.iter().enumerate().rev() {
            let best = if gone == come {
                get(&longest, i + 1, j + 1) + 1
            } else {
                get(&longest, i + 1, j).max(get(&longest, i, j + 1))
            };
            if let Some(place) = longest.get_mut(at(i, j)) {
                *place = best;
            }
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut lines = Vec::with_capacity(old.len().max(new.len()));
    loop {
        match (old.get(i), new.get(j)) {
            (Some(gone), Some(come)) if gone == come => {
                lines.push(DiffLine::Same((*gone).to_owned()));
                (i, j) = (i + 1, j + 1);
            }
            (Some(gone), come) if come.is_none() || get(&longest, i + 1, j) >= get(&longest, i, j + 1) => {
                lines.push(DiffLine::Gone((*gone).to_owned()));
                i += 1;
            }
            (_, Some(come)) => {
                lines.push(DiffLine::New((*come).to_owned()));
                j += 1;
            }
            (Some(_) | None, None) => return lines,
        }
    }
}

fn shortened(lines: Vec<DiffLine>) -> Vec<DiffLine> {
    let changed: Vec<bool> = lines.iter().map(|line| !matches!(line, DiffLine::Same(_))).collect();
    let near = |place: usize| {
        let from = place.saturating_sub(AROUND);
        changed.iter().skip(from).take(place - from + AROUND + 1).any(|changed| *changed)
    };
    let mut out = Vec::new();
    let mut skipped = 0;
    for (place, line) in lines.into_iter().enumerate() {
        if near(place) {
            if skipped > 0 {
                out.push(DiffLine::Skipped(skipped));
                skipped = 0;
            }
            out.push(line);
        } else {
            skipped += 1;
        }
    }
    if skipped > 0 {
        out.push(DiffLine::Skipped(skipped));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(line: &str) -> DiffLine {
        DiffLine::Same(line.to_owned())
    }

    #[test]
    fn what_changed_stands_between_what_stayed() {
        assert_eq!(diff("a\nb", "a\nb"), []);
        assert_eq!(
            diff("a\nb\nc", "a\nx\nc"),
            [same("a"), DiffLine::Gone("b".into()), DiffLine::New("x".into()), same("c")]
        );
        assert_eq!(diff("", "a"), [DiffLine::New("a".into())]);
        assert_eq!(diff("a", ""), [DiffLine::Gone("a".into())]);
    }

    #[test]
    fn a_long_unchanged_stretch_is_counted_not_shown() {
        let old: Vec<String> = (0..20).map(|n| n.to_string()).collect();
        let mut new = old.clone();
        new[10] = "ten".to_owned();
        let lines = diff(&old.join("\n"), &new.join("\n"));
        assert_eq!(lines.first(), Some(&DiffLine::Skipped(8)));
        assert_eq!(lines.last(), Some(&DiffLine::Skipped(7)));
        assert_eq!(lines.len(), 2 + 4 + 2);
    }

    proptest! {
        #[test]
        fn a_difference_holds_both_texts(old in prop::collection::vec("[ab]{0,2}", 0..30), new in prop::collection::vec("[ab]{0,2}", 0..30)) {
            let (older, newer): (Vec<&str>, Vec<&str>) = (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
            let lines = aligned(&older, &newer);
            let of = |keep: fn(&DiffLine) -> Option<&String>| lines.iter().filter_map(keep).cloned().collect::<Vec<_>>();
            prop_assert_eq!(of(|line| match line { DiffLine::Same(text) | DiffLine::Gone(text) => Some(text), _ => None }), old.clone());
            prop_assert_eq!(of(|line| match line { DiffLine::Same(text) | DiffLine::New(text) => Some(text), _ => None }), new.clone());
        }
    }
}
