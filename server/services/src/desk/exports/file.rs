//! The file itself, written by a thread of its own: cells come in, pieces go out, and neither side gets far ahead.

use super::cells::Cell;
use domain::ExportFormat;
use domain::desk::export::tame;
use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};
use std::io::{self, Write};
use tokio::sync::mpsc;

/// Bytes of a piece.
const PIECE: usize = 256 * 1024;
/// So that spreadsheets read a CSV as UTF-8.
const MARK: &[u8] = b"\xef\xbb\xbf";

/// Writes head and rows as they come, and pieces as they are full, until the rows end.
pub(super) fn write(
    format: ExportFormat,
    head: &[String],
    rows: mpsc::Receiver<Vec<Vec<Cell>>>,
    pieces: mpsc::Sender<Vec<u8>>,
) -> Result<(), String> {
    let mut out = Pieces { full: pieces, piece: Vec::with_capacity(PIECE) };
    match format {
        ExportFormat::Csv => csv(&mut out, head, rows).map_err(|error| error.to_string())?,
        ExportFormat::Xlsx => xlsx(&mut out, head, rows).map_err(|error| error.to_string())?,
    }
    out.end().map_err(|error| error.to_string())
}

/// Cuts what is written into pieces.
struct Pieces {
    full: mpsc::Sender<Vec<u8>>,
    piece: Vec<u8>,
}

impl Pieces {
    fn send(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.full.blocking_send(piece).map_err(|_| io::Error::other("nobody takes the file any more"))
    }

    fn end(mut self) -> io::Result<()> {
        if self.piece.is_empty() { Ok(()) } else { self.send() }
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let room = PIECE - self.piece.len();
        let taken = bytes.get(..room.min(bytes.len())).unwrap_or_default();
        self.piece.extend_from_slice(taken);
        if self.piece.len() == PIECE {
            self.send()?;
        }
        Ok(taken.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

fn csv(out: &mut Pieces, head: &[String], mut rows: mpsc::Receiver<Vec<Vec<Cell>>>) -> Result<(), csv::Error> {
    out.write_all(MARK)?;
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
    writer.write_record(head)?;
    while let Some(batch) = rows.blocking_recv() {
        for row in batch {
            for cell in row {
                match cell {
                    Cell::Text(text) => writer.write_field(tame(&text).as_bytes())?,
                    Cell::Number(number) => writer.write_field(number.to_string())?,
                    Cell::Empty => writer.write_field("")?,
                }
            }
            writer.write_record(None::<&[u8]>)?;
        }
    }
    writer.flush()?;
    Ok(())
}

fn xlsx(out: &mut Pieces, head: &[String], mut rows: mpsc::Receiver<Vec<Vec<Cell>>>) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    // Rows leave the memory as they are written, into a file that has no name: it is gone with the process, however that ends.
    let sheet = book.add_worksheet_with_constant_memory()?;
    let bold = Format::new().set_bold();
    for (column, words) in (0_u16..).zip(head) {
        sheet.write_string_with_format(0, column, words, &bold)?;
    }
    let mut line = 0;
    while let Some(batch) = rows.blocking_recv() {
        for row in batch {
            line += 1;
            write_row(sheet, line, row)?;
        }
    }
    book.save_to_writer(out)
}

fn write_row(sheet: &mut Worksheet, line: u32, row: Vec<Cell>) -> Result<(), XlsxError> {
    for (column, cell) in (0_u16..).zip(row) {
        match cell {
            // As text it can't become a formula here; tamed it can't in what is saved from it either.
            Cell::Text(text) => sheet.write_string(line, column, tame(&text))?,
            Cell::Number(number) => sheet.write_number(line, column, plain(number))?,
            Cell::Empty => continue,
        };
    }
    Ok(())
}

/// A spreadsheet has no other numbers. Exact for every amount below 9,007,199,254,740,992 won.
#[expect(clippy::cast_precision_loss, clippy::as_conversions, reason = "exact up to 2⁵³, and amounts end long before")]
fn plain(number: i64) -> f64 {
    number as f64
}
