//! Rows of a file that a spreadsheet opens. A cell never begins what the spreadsheet would compute: one rule for all our
//! files, [`domain::desk::export::tame`].

use domain::desk::export::tame;

/// Writes one row.
pub(crate) fn row<'a>(out: &mut String, cells: impl IntoIterator<Item = &'a str>) {
    for (at, cell) in cells.into_iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        out.push('"');
        for letter in tame(cell).chars() {
            if letter == '"' {
                out.push('"');
            }
            out.push(letter);
        }
        out.push('"');
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_cell_is_text_whatever_it_begins_with() {
        for (cell, wanted) in [
            ("plain", "\"plain\"\r\n"),
            ("=1+1", "\"'=1+1\"\r\n"),
            ("  =1+1", "\"'  =1+1\"\r\n"),
            ("+82", "\"'+82\"\r\n"),
            ("-1", "\"'-1\"\r\n"),
            ("@SUM(A1)", "\"'@SUM(A1)\"\r\n"),
            ("\t=1", "\"'\t=1\"\r\n"),
            ("\0=1", "\"'\0=1\"\r\n"),
            ("\0plain", "\"'\0plain\"\r\n"),
            ("\u{200b}=1", "\"'\u{200b}=1\"\r\n"),
            ("\u{feff}@x", "\"'\u{feff}@x\"\r\n"),
            ("|calc", "\"'|calc\"\r\n"),
            ("%0A=1", "\"'%0A=1\"\r\n"),
            ("−1", "\"'−1\"\r\n"),
            ("＝1", "\"'＝1\"\r\n"),
            ("a\"b,c", "\"a\"\"b,c\"\r\n"),
            ("\",=1", "\"\"\",=1\"\r\n"),
        ] {
            let mut out = String::new();
            super::row(&mut out, [cell]);
            assert_eq!(out, wanted, "{cell}");
        }
    }
}
