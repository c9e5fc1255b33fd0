//! A whole message, taken apart.

use super::draft::{Draft, Row};
use super::face::{Place, faces};
use super::keep::{Ctx, Without, update};
use super::rows::push_or_merge;
use super::{DraftToken, SellAnswer};
use crate::catalogue::{Shelf, shelf};
use crate::{Actor, ServiceError, Services, text};
use domain::pin::{BrandKey, Found, Parsed, Problem, RejectReason};
use domain::quote::MAX_ITEMS;
use domain::wire::{FieldError, PasteReport};
use domain::{Lang, Won, mask};

/// The longest text read at once, in KB of UTF-8.
pub(crate) const LONGEST_KB: usize = 64;
/// Refused numbers told of by name.
const REFUSED_SHOWN: usize = 10;

/// Takes a whole message apart and adds what it finds. `hint` is a brand's key, or empty; a name in the text beats it.
pub async fn paste(
    services: &Services,
    actor: &Actor,
    token: Option<&DraftToken>,
    text: &str,
    hint: &str,
) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, shelf(services).await?);
    let lang = ctx.lang;
    let readable = readable(text, lang);
    let read = match &readable {
        Ok(()) => Read::new(text, hint, &ctx.shelf),
        Err(_) => Read::default(),
    };
    let kept = update(services, &ctx, token, Without::Begin, |draft| {
        match &readable {
            Ok(()) => take(draft, &read, text, &ctx),
            Err((code, message)) => draft.wrong("text", *code, message.clone()),
        }
        None
    });
    Ok(kept.await?.answer(&ctx))
}

/// Is there something to read, and not too much?
pub(crate) fn readable(text: &str, lang: Lang) -> Result<(), (&'static str, String)> {
    if text.trim().is_empty() {
        Err(("empty", text::paste_empty(lang).to_owned()))
    } else if text.len() > LONGEST_KB * 1024 {
        let FieldError { message, .. } = too_long(lang);
        Err(("too_long", message))
    } else {
        Ok(())
    }
}

/// What is said of a text that is too long to be read; also where it is refused before anybody reads it.
pub fn too_long(lang: Lang) -> FieldError {
    let message = text::paste_too_long(lang, LONGEST_KB);
    FieldError { field: "text".to_owned(), code: "too_long".to_owned(), message }
}

/// What a text holds: the extractor's answer with the catalog's keys and the faces said.
#[derive(Default)]
pub(crate) struct Read {
    pub rows: Vec<Row>,
    parsed: Parsed,
}

impl Read {
    pub fn new(text: &str, hint: &str, shelf: &Shelf) -> Self {
        let parsed = domain::pin::parse(text, BrandKey::parse(hint));
        let places: Vec<Place<'_>> = parsed
            .items
            .iter()
            .map(|found| Place { span: found.span.into(), brand: catalog_key(found.brand) })
            .collect();
        let fits = |place: &Place<'_>, won: Won| shelf.form(place.brand).is_some_and(|form| form.takes_face(won));
        let said = faces(text, &places, &fits);
        let rows = parsed.items.iter().zip(said).map(|(found, face)| row(found, face)).collect();
        Self { rows, parsed }
    }

    /// The numbers that look like vouchers and can't be, each in a sentence.
    pub fn refused(&self, text: &str, lang: Lang) -> Vec<String> {
        let sentence = |rejected: &domain::pin::Rejected| {
            let (start, end): (usize, usize) = rejected.span.into();
            let written = text.get(start..end).unwrap_or_default().trim();
            let shown = match rejected.reason {
                RejectReason::Masked => written.chars().filter(|c| !c.is_control()).take(30).collect(),
                _ => mask::pin(written),
            };
            match rejected.reason {
                RejectReason::Masked => text::refused_masked(lang, &shown),
                RejectReason::Truncated => text::refused_short(lang, &shown),
                RejectReason::Overlong => text::refused_long(lang, &shown),
                RejectReason::Impossible => text::refused_start(lang, &shown),
                RejectReason::OtherIssuer => text::refused_issuer(lang, &shown),
            }
        };
        self.parsed.rejected.iter().take(REFUSED_SHOWN).map(sentence).collect()
    }

    /// One sentence on what was found, given how many rows are new and how many numbers were known.
    pub fn report(&self, text: &str, new: usize, known: usize, left_out: usize, lang: Lang) -> PasteReport {
        let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
        let (found, duplicates) = (count(new), count(known.saturating_add(self.parsed.duplicates)));
        let refused = self.refused(text, lang);
        let mut summary = match (found, duplicates) {
            (0, 0) if left_out > 0 => String::new(),
            (0, 0) if !refused.is_empty() => text::paste_none_good(lang).to_owned(),
            (0, 0) => text::paste_nothing(lang).to_owned(),
            (0, duplicates) => text::paste_only_again(lang, duplicates),
            (found, 0) => text::paste_found(lang, found),
            (found, duplicates) => text::paste_found_again(lang, found, duplicates),
        };
        let more = [
            (left_out > 0).then(|| text::paste_full(lang, MAX_ITEMS, left_out)),
            self.parsed.truncated.then(|| text::paste_cut(lang).to_owned()),
        ];
        for sentence in more.into_iter().flatten() {
            if !summary.is_empty() {
                summary.push(' ');
            }
            summary.push_str(&sentence);
        }
        PasteReport { found, duplicates, refused, summary }
    }
}

fn take(draft: &mut Draft, read: &Read, text: &str, ctx: &Ctx) {
    let (mut new, mut known, mut left_out) = (0_usize, 0_usize, 0_usize);
    for row in &read.rows {
        let before = draft.rows.len();
        if push_or_merge(draft, row.clone(), &ctx.shelf) {
            if before < MAX_ITEMS {
                new += 1;
            } else {
                draft.rows.pop();
                left_out += 1;
            }
        } else {
            known += 1;
        }
    }
    draft.said.paste = Some(read.report(text, new, known, left_out, ctx.lang));
    draft.rows_changed();
}

/// The catalog's key; where two brands share a shape, the commoner one, marked as guessed.
const fn catalog_key(brand: BrandKey) -> &'static str {
    match brand {
        BrandKey::MunhwaOrSmart => BrandKey::Munhwa.as_str(),
        other => other.as_str(),
    }
}

fn row(found: &Found, face: Option<Won>) -> Row {
    let guessed = [Problem::BrandGuessed, Problem::AmbiguousBrand];
    Row {
        brand: catalog_key(found.brand).to_owned(),
        guessed: found.brand == BrandKey::MunhwaOrSmart
            || found.problems.iter().any(|problem| guessed.contains(problem)),
        pin: found.pin.clone(),
        companion: found.companion.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        face,
        ..Row::default()
    }
}
