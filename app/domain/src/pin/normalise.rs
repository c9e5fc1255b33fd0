//! One plain form for every way to write the same character.
//!
//! Full-width, mathematical and half-width characters become plain ones, decomposed Hangul is composed, every space,
//! dash, dot and bracket becomes its ASCII cousin, invisible characters go, HTML entities and tags become what they
//! stand for. Each character keeps its place in the text as given.

/// One character of the plain form.
#[derive(Clone, Copy)]
pub(super) struct Glyph {
    pub c: char,
    /// First byte in the text as given.
    pub at: u32,
    /// Byte after the last one.
    pub to: u32,
}

/// A list mark of one character (①, ⑴, 1️⃣ …).
pub(super) const LIST_MARK: char = '①';
/// Shapes that hide digits and that also decorate (●, ★, ■ …).
pub(super) const BLOB: char = '●';

/// The plain form of a text.
pub(super) fn normalise(text: &str) -> Vec<Glyph> {
    let bytes = text.as_bytes();
    let mut out: Vec<Glyph> = Vec::with_capacity(text.len() / 2 + 16);
    let mut i = 0;
    while let Some(&b) = bytes.get(i) {
        if b < 0x80 {
            let (c, len) = match b {
                b'&' => entity(&bytes[i..]),
                b'<' => tag(&bytes[i..]),
                b'\r' if bytes.get(i + 1) == Some(&b'\n') => (Some('\n'), 2),
                b'\r' | 0x0b | 0x0c => (Some('\n'), 1),
                b'\t' | b'\n' => (Some(char::from(b)), 1),
                0..=0x1f | 0x7f => (None, 1),
                b'\\' => (Some('/'), 1),
                _ => (Some(char::from(b)), 1),
            };
            if let Some(c) = c {
                if u32::from(c) < 0x80 {
                    out.push(glyph(c, i, len));
                } else {
                    wide(&mut out, c, i, len);
                }
            }
            i += len;
        } else {
            // A str is cut on character boundaries here by construction.
            let Some(c) = text.get(i..).and_then(|rest| rest.chars().next()) else {
                break;
            };
            let len = c.len_utf8();
            if ('\u{AC00}'..='\u{D7A3}').contains(&c) {
                out.push(glyph(c, i, len));
            } else {
                wide(&mut out, c, i, len);
            }
            i += len;
        }
    }
    out
}

fn glyph(c: char, at: usize, len: usize) -> Glyph {
    Glyph { c, at: u32::try_from(at).unwrap_or(u32::MAX), to: u32::try_from(at + len).unwrap_or(u32::MAX) }
}

/// Everything that is neither ASCII nor a composed Hangul syllable.
fn wide(out: &mut Vec<Glyph>, c: char, at: usize, len: usize) {
    let plain = match c {
        '\u{1100}'..='\u{11FF}' => {
            compose(out, c, at, len);
            return;
        }
        // Keycap: the digit before it was a list mark (1️⃣).
        '\u{20E3}' => {
            if let Some(last) = out.last_mut().filter(|last| last.c.is_ascii_digit()) {
                last.c = LIST_MARK;
                last.to = u32::try_from(at + len).unwrap_or(u32::MAX);
            }
            return;
        }
        '\u{FF01}'..='\u{FF5E}' => match char::from_u32(u32::from(c) - 0xFEE0) {
            Some('\\') => '/',
            Some(plain) => plain,
            None => c,
        },
        '\u{1D7CE}'..='\u{1D7FF}' => char::from_digit((u32::from(c) - 0x1D7CE) % 10, 10).unwrap_or(c),
        '\u{1D400}'..='\u{1D6A3}' => math_letter(u32::from(c) - 0x1D400),
        // Invisible.
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{180B}'..='\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E01EF}'
        | '\u{300}'..='\u{36F}' => return,
        '\u{A0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200A}'
        | '\u{202F}'
        | '\u{205F}'
        | '\u{2800}'
        | '\u{3000}'
        | '\u{3164}'
        | '\u{FFA0}' => ' ',
        '\u{85}' | '\u{2028}' | '\u{2029}' => '\n',
        // Dashes, also the letters used as such.
        '\u{2010}'..='\u{2015}'
        | '\u{2043}'
        | '\u{207B}'
        | '\u{2212}'
        | '\u{2500}'
        | '\u{2501}'
        | '\u{2796}'
        | '\u{2E3A}'
        | '\u{2E3B}'
        | '\u{30FC}'
        | '\u{3161}'
        | '\u{4E00}'
        | '\u{FE31}'
        | '\u{FE32}'
        | '\u{FE58}'
        | '\u{FE63}'
        | '\u{FF70}'
        | '\u{FFDA}'
        | '\u{2D7}'
        | '\u{1806}' => '-',
        '\u{B7}' | '\u{387}' | '\u{2022}' | '\u{2024}' | '\u{2027}' | '\u{2219}' | '\u{22C5}' | '\u{3002}'
        | '\u{30FB}' | '\u{318D}' | '\u{FE52}' | '\u{FF61}' | '\u{FF65}' | '\u{2E31}' => '.',
        '\u{2044}' | '\u{2215}' | '\u{29F8}' | '\u{2571}' => '/',
        '\u{2502}' | '\u{2503}' | '\u{A6}' | '\u{2223}' | '\u{2758}' | '\u{FFE8}' | '\u{FFE4}' => '|',
        '\u{223C}' | '\u{301C}' | '\u{3030}' | '\u{2053}' => '~',
        '\u{2236}' | '\u{FE55}' | '\u{A789}' | '\u{FE13}' => ':',
        '\u{3001}' | '\u{FF64}' | '\u{201A}' | '\u{FE50}' => ',',
        '\u{203F}' | '\u{FE4D}'..='\u{FE4F}' => '_',
        '\u{3008}' | '\u{300A}' | '\u{300C}' | '\u{300E}' | '\u{3010}' | '\u{3014}' | '\u{3016}' | '\u{3018}'
        | '\u{2768}' | '\u{276E}' | '\u{2770}' | '\u{27E8}' | '\u{FF62}' | '\u{2039}' => '[',
        '\u{3009}' | '\u{300B}' | '\u{300D}' | '\u{300F}' | '\u{3011}' | '\u{3015}' | '\u{3017}' | '\u{3019}'
        | '\u{2769}' | '\u{276F}' | '\u{2771}' | '\u{27E9}' | '\u{FF63}' | '\u{203A}' => ']',
        '\u{2018}' | '\u{2019}' | '\u{201C}' | '\u{201D}' | '\u{AB}' | '\u{BB}' | '\u{2032}' | '\u{2033}' => '"',
        '\u{FFE6}' | '\u{20A9}' => '₩',
        '\u{2026}' => '…',
        '\u{2460}'..='\u{249B}'
        | '\u{24EA}'..='\u{24FF}'
        | '\u{2776}'..='\u{2793}'
        | '\u{3220}'..='\u{3229}'
        | '\u{3280}'..='\u{3289}' => LIST_MARK,
        '\u{2217}'
        | '\u{204E}'
        | '\u{2731}'
        | '\u{2732}'
        | '\u{D7}'
        | '\u{2715}'
        | '\u{2716}'
        | '\u{2717}'
        | '\u{2718}'
        | '\u{203B}'
        | '\u{2588}'
        | '\u{2591}'..='\u{2593}'
        | '\u{2B1B}'
        | '\u{2B1C}' => '*',
        '\u{25A0}'..='\u{25AB}'
        | '\u{25B2}'..='\u{25B3}'
        | '\u{25C6}'..='\u{25CF}'
        | '\u{25EF}'
        | '\u{25FB}'..='\u{25FE}'
        | '\u{2605}'
        | '\u{2606}'
        | '\u{2B24}'
        | '\u{2B1D}'..='\u{2B1E}'
        | '\u{25D8}'..='\u{25D9}'
        | '\u{26AA}'
        | '\u{26AB}' => BLOB,
        _ => c,
    };
    out.push(glyph(plain, at, len));
}

/// Decomposed Hangul: leading consonant + vowel (+ final consonant) become one syllable.
fn compose(out: &mut Vec<Glyph>, c: char, at: usize, len: usize) {
    let code = u32::from(c);
    let to = u32::try_from(at + len).unwrap_or(u32::MAX);
    if let Some(last) = out.last_mut() {
        let before = u32::from(last.c);
        let whole = match code {
            0x1161..=0x1175 if (0x1100..=0x1112).contains(&before) => {
                Some(0xAC00 + ((before - 0x1100) * 21 + (code - 0x1161)) * 28)
            }
            0x11A8..=0x11C2 if (0xAC00..=0xD7A3).contains(&before) && (before - 0xAC00).is_multiple_of(28) => {
                Some(before + (code - 0x11A7))
            }
            _ => None,
        };
        if let Some(whole) = whole.and_then(char::from_u32) {
            last.c = whole;
            last.to = to;
            return;
        }
    }
    match code {
        0x115F | 0x1160 => out.push(glyph(' ', at, len)),
        0x1173 => out.push(glyph('-', at, len)),
        0x119E => out.push(glyph('.', at, len)),
        _ => out.push(glyph(c, at, len)),
    }
}

fn math_letter(offset: u32) -> char {
    let place = u8::try_from(offset % 52).unwrap_or(0);
    char::from(if place < 26 { b'A' + place } else { b'a' + place - 26 })
}

/// `&nbsp;`, `&#45;`, `&#x2d;` and friends, also escaped twice. Answers the character and the length in bytes.
fn entity(rest: &[u8]) -> (Option<char>, usize) {
    let amp = (Some('&'), 1);
    let mut at = 1;
    while rest.get(at..at + 4) == Some(b"amp;") {
        at += 4;
        // Linear also on a million of them: the last one counts, the others go with it.
    }
    let escaped = at;
    let Some(end) = rest.iter().skip(at).take(12).position(|&b| b == b';') else {
        return if escaped > 1 { (Some('&'), escaped) } else { amp };
    };
    let Some(name) = rest.get(at..at + end).and_then(|name| std::str::from_utf8(name).ok()) else {
        return amp;
    };
    let c = match name {
        "nbsp" | "ensp" | "emsp" | "thinsp" | "hairsp" | "numsp" | "puncsp" | "emsp13" | "emsp14" => Some(' '),
        "shy" | "zwnj" | "zwj" | "lrm" | "rlm" | "ZeroWidthSpace" | "NoBreak" => None,
        "ndash" | "mdash" | "dash" | "hyphen" | "minus" | "horbar" => Some('-'),
        "middot" | "bull" | "centerdot" | "sdot" | "period" => Some('.'),
        "sol" | "frasl" | "bsol" => Some('/'),
        "lowbar" => Some('_'),
        "comma" => Some(','),
        "colon" => Some(':'),
        "semi" => Some(';'),
        "vert" | "verbar" | "brvbar" => Some('|'),
        "lpar" | "lsqb" | "lbrack" => Some('('),
        "rpar" | "rsqb" | "rbrack" => Some(')'),
        "ast" | "midast" | "times" => Some('*'),
        "quot" | "apos" | "lsquo" | "rsquo" | "ldquo" | "rdquo" | "laquo" | "raquo" => Some('"'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "hellip" => Some('…'),
        "Tab" => Some('\t'),
        "NewLine" => Some('\n'),
        _ => {
            let code = match name.strip_prefix('#') {
                Some(digits) => match digits.strip_prefix(['x', 'X']) {
                    Some(hex) => u32::from_str_radix(hex, 16).ok(),
                    None => digits.parse().ok(),
                },
                None => None,
            };
            match code.and_then(char::from_u32) {
                Some('\r') => None,
                Some(c) => Some(c),
                None => return if escaped > 1 { (Some('&'), escaped) } else { amp },
            }
        }
    };
    (c, at + end + 1)
}

/// An HTML tag becomes the break it makes; anything else that starts with `<` stays.
fn tag(rest: &[u8]) -> (Option<char>, usize) {
    let as_is = (Some('<'), 1);
    let start = if rest.get(1) == Some(&b'/') { 2 } else { 1 };
    let Some(len) = rest.iter().skip(start).take(12).position(|b| !b.is_ascii_alphanumeric()) else {
        return as_is;
    };
    let mut name = [0_u8; 12];
    for (to, from) in name.iter_mut().zip(rest.iter().skip(start).take(len)) {
        *to = from.to_ascii_lowercase();
    }
    if !matches!(rest.get(start + len), Some(b'>' | b' ' | b'/' | b'\t' | b'\n' | b'\r')) {
        return as_is;
    }
    let c = match name.get(..len).unwrap_or_default() {
        b"br" | b"p" | b"div" | b"tr" | b"li" | b"ul" | b"ol" | b"table" | b"tbody" | b"thead" | b"hr" | b"h1"
        | b"h2" | b"h3" | b"h4" | b"h5" | b"dt" | b"dd" | b"dl" | b"pre" | b"html" | b"body" | b"head" | b"section" => {
            Some('\n')
        }
        b"td" | b"th" => Some('\t'),
        b"b" | b"i" | b"u" | b"em" | b"strong" | b"span" | b"font" | b"a" | b"img" | b"wbr" | b"small" | b"big"
        | b"mark" | b"code" | b"center" | b"label" | b"sup" | b"sub" => None,
        _ => return as_is,
    };
    match rest.iter().skip(1).take(600).position(|&b| b == b'>' || b == b'<').map(|end| end + 1) {
        Some(end) if rest.get(end) == Some(&b'<') => as_is,
        // Only the closing tag of a cell, a row or a paragraph ends it.
        Some(end) if start == 1 && c == Some('\t') => (None, end + 1),
        Some(end) => (c, end + 1),
        None => as_is,
    }
}
