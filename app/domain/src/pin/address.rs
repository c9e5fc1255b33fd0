//! Web addresses: nothing inside them is a voucher, with or without `https://`.

use super::tokens::Cutter;

impl Cutter<'_> {
    /// The end of the web address that begins at `i`.
    pub(super) fn address(&mut self, i: usize) -> Option<usize> {
        if i < self.no_host_until {
            return None;
        }
        let mut host = i;
        let mut dots = 0;
        let mut label = 0;
        let mut letters_only = true;
        while let Some(g) = self.glyphs.get(host) {
            match g.c {
                'a'..='z' => label += 1,
                'A'..='Z' | '0'..='9' | '-' => {
                    label += 1;
                    letters_only = false;
                }
                '.' => {
                    dots += 1;
                    label = 0;
                    letters_only = true;
                }
                _ => break,
            }
            host += 1;
        }
        super::tick(host - i);
        self.no_host_until = host;
        let scheme = self.at(host) == ':' && self.at(host + 1) == '/' && self.at(host + 2) == '/';
        let www = self.at(i).eq_ignore_ascii_case(&'w')
            && self.at(i + 1).eq_ignore_ascii_case(&'w')
            && self.at(i + 2).eq_ignore_ascii_case(&'w')
            && self.at(i + 3) == '.';
        let path =
            matches!(self.at(host), '/' | '?' | '#') || (self.at(host) == ':' && self.at(host + 1).is_ascii_digit());
        let bare = dots > 0 && letters_only && (2..=24).contains(&label) && path;
        if !(scheme || www || bare) {
            return None;
        }
        let mut end = host;
        while let Some(g) = self.glyphs.get(end) {
            if !g.c.is_ascii_graphic() || matches!(g.c, '<' | '>' | '"' | '`' | '|') {
                break;
            }
            end += 1;
        }
        self.no_host_until = end;
        Some(end)
    }
}
