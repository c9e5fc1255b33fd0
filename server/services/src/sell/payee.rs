//! Who is paid, and where.
//!
//! The bank is asked for the account's holder once per account and name, only for a proved phone, only a few times per
//! sale and for a few seconds: the form is no telephone book, and a silent bank keeps nobody from selling. What it
//! said is checked again before paying.

use super::code::keep_typed;
use super::draft::{Draft, HolderAnswer, You};
use super::keep::{Ctx, Kept, Without, update};
use super::view::{holder_check, phone_is_proved};
use super::{DraftToken, SellAnswer, YouInput};
use crate::catalogue::{Shelf, shelf};
use crate::{Actor, ServiceError, Services, text};
use domain::bank::holder_matches;
use domain::policy::BankVerdict;
use domain::wire::HolderCheck;
use domain::{AccountNo, DraftId, Lang, PersonName, Won};
use gateway_bank::{BankTranId, Outcome, ReceiveInquiry, lost_in_euc_kr};
use std::time::Duration;
use store::banks::StoredBank;

domain::messages! {
    /// A letter banks' books can't hold.
    fn holder_unwritable(letters: &str) {
        ko: "은행 전산에 쓸 수 없는 글자가 있어요: {letters}. 통장에 적힌 예금주 이름(한글 또는 영문)을 그대로 적어 주세요.",
        en: "Korean banks can’t write these letters: {letters}. Enter the holder exactly as on the account, in Hangul or plain Latin letters."
    }
}

/// How long the page waits for the bank.
const BANK_WAIT: Duration = Duration::from_secs(4);
/// Questions to the bank in one sale.
const MOST_QUESTIONS: u32 = 8;
/// Names shown when a bank's isn't clear; more than these are no help.
const NEAR_SHOWN: usize = 4;

/// Keeps and checks name, bank, account and holder; asks the bank for the holder.
pub async fn payee(
    services: &Services,
    actor: &Actor,
    token: Option<&DraftToken>,
    input: YouInput,
) -> Result<SellAnswer, ServiceError> {
    let ctx = Ctx::new(services, actor, shelf(services).await?);
    let first = update(services, &ctx, token, Without::SayGone, |draft| {
        keep_typed(&mut draft.you, &input);
        if let Err((code, message)) = name(&draft.you.name, ctx.lang) {
            draft.wrong("name", code, message);
        }
        if !phone_is_proved(draft, ctx.now) {
            draft.wrong("phone", "phone_unproved", text::phone_unproved(ctx.lang));
        }
        check_account(draft, &ctx);
        // Counted before the question is put: many at once would all find the count low.
        if draft.said.errors.is_empty() && holder_check(draft).is_none() {
            draft.you.asked = draft.you.asked.saturating_add(1);
        }
        None
    })
    .await?;
    let Kept { draft, id: Some(id), .. } = &first else { return Ok(first.answer(&ctx)) };
    if !draft.said.errors.is_empty() || holder_check(draft).is_some() {
        return Ok(first.answer(&ctx));
    }
    let asked = if draft.you.asked <= MOST_QUESTIONS { ask(services, draft, *id).await? } else { Asked::Silent };
    let answer = HolderAnswer {
        bank_code: draft.you.bank_code.clone(),
        account: AccountNo::parse(&draft.you.account).map(|account| account.expose().to_owned()).unwrap_or_default(),
        holder: holder_text(&draft.you),
        check: asked.check(),
    };
    let kept = update(services, &ctx, token, Without::SayGone, |draft| {
        draft.you.checked = Some(answer.clone());
        if asked == Asked::Unpayable {
            draft.you.checked = None;
            draft.wrong("account", "unpayable", text::account_unpayable(ctx.lang));
        }
        None
    });
    Ok(kept.await?.answer(&ctx))
}

/// An applicant's name: two letters or more, no digits.
///
/// Errors: code and words.
pub(crate) fn name(typed: &str, lang: Lang) -> Result<PersonName, (&'static str, String)> {
    let name = PersonName::parse(typed).map_err(|problem| (problem.code(), problem.text(lang)))?;
    if name.expose().chars().any(|c| c.is_ascii_digit()) {
        Err(("impossible", text::name_digits(lang).to_owned()))
    } else if name.expose().chars().count() < 2 {
        Err(("too_short", text::name_short(lang).to_owned()))
    } else {
        Ok(name)
    }
}

/// The holder as typed, or the applicant when nothing was.
pub(crate) fn holder_text(you: &You) -> String {
    let typed = if you.holder.trim().is_empty() { &you.name } else { &you.holder };
    typed.trim().to_owned()
}

/// Bank, number and holder of the account, in their form; says what is wrong.
pub(crate) fn check_account(draft: &mut Draft, ctx: &Ctx) -> Option<(AccountNo, PersonName)> {
    let lang = ctx.lang;
    let code = bank_meant(&draft.you.bank_code, &ctx.shelf);
    let known = code.is_some();
    match code {
        Some(code) => draft.you.bank_code = code,
        None => {
            let (code, message) = no_bank(&draft.you.bank_code, &ctx.shelf, lang);
            draft.wrong("bank_code", code, message);
        }
    }
    let account = match AccountNo::parse(&draft.you.account) {
        Ok(account) => Some(account),
        Err(problem) => {
            draft.wrong("account", problem.code(), problem.text(lang));
            None
        }
    };
    let holder = match PersonName::parse(&holder_text(&draft.you)) {
        Ok(holder) => {
            let lost: String = lost_in_euc_kr(holder.expose()).into_iter().collect();
            // Said where it was typed: the holder is the applicant when nothing else was.
            let field = if draft.you.holder.trim().is_empty() { "name" } else { "holder" };
            if !lost.is_empty() {
                draft.wrong(field, "unwritable", holder_unwritable(lang, &lost));
            }
            lost.is_empty().then_some(holder)
        }
        Err(problem) => {
            draft.wrong("holder", problem.code(), problem.text(lang));
            None
        }
    };
    account.zip(holder).filter(|_| known)
}

/// The code of the bank that was typed or chosen, by code, name or another spelling; only one that may be chosen.
fn bank_meant(typed: &str, shelf: &Shelf) -> Option<String> {
    // The shop's own names first: they are what the page offers.
    let offered = |bank: &&StoredBank| [&bank.code, &bank.name_ko, &bank.name_en].into_iter().any(|name| name == typed);
    let code = match shelf.banks.iter().find(offered) {
        Some(bank) => &bank.code,
        None => domain::bank::named(typed)?.code,
    };
    shelf.bank(code).map(|bank| bank.code.clone())
}

/// Why nothing is a bank, and what to do: the names that come near, when they are few.
fn no_bank(typed: &str, shelf: &Shelf, lang: Lang) -> (&'static str, String) {
    if typed.is_empty() {
        return ("bank_missing", text::bank_missing(lang).to_owned());
    }
    let near: Vec<&str> = domain::bank::search(typed)
        .into_iter()
        .filter(|bank| shelf.bank(bank.code).is_some())
        .map(|bank| bank.name(lang))
        .collect();
    let message = match near.len() {
        1..=NEAR_SHOWN => text::bank_unclear(lang, typed, &near.join(", ")),
        _ => text::bank_unknown(lang, typed),
    };
    ("bank_unknown", message)
}

/// What the bank said.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Asked {
    Same,
    Other,
    /// This account can't be paid.
    Unpayable,
    /// Nothing that could be relied on.
    Silent,
}

impl Asked {
    const fn check(self) -> HolderCheck {
        match self {
            Self::Same => HolderCheck::Matched,
            Self::Other => HolderCheck::Differs,
            Self::Unpayable | Self::Silent => HolderCheck::Unknown,
        }
    }
}

async fn ask(services: &Services, draft: &Draft, id: DraftId) -> Result<Asked, ServiceError> {
    let you = &draft.you;
    let (Ok(account), holder) = (AccountNo::parse(&you.account), holder_text(you)) else { return Ok(Asked::Silent) };
    let Some(tran_id) = tran_id(services) else {
        return Err(ServiceError::Internal("the bank's institution code makes no transaction id".to_owned()));
    };
    let client_num: String = hex::encode_upper(id.bytes()).chars().rev().take(20).collect();
    let request = ReceiveInquiry {
        bank_tran_id: &tran_id,
        bank_code: &you.bank_code,
        account: account.expose(),
        amount: draft.quote.as_ref().map_or(Won::whole(1_000), |quote| quote.net),
        client_name: &holder,
        client_num: &client_num,
    };
    let call = services.holders.receive_inquiry(&request, services.clock.now());
    let Ok(outcome) = tokio::time::timeout(BANK_WAIT, call).await else {
        tracing::info!("the bank did not say in time whose account it is");
        return Ok(Asked::Silent);
    };
    Ok(match outcome {
        Outcome::Accepted(found) if holder_matches(&holder, &found.name) => Asked::Same,
        Outcome::Accepted(_) => Asked::Other,
        Outcome::Rejected(refusal) if refusal.verdict == BankVerdict::Refuse => Asked::Unpayable,
        Outcome::Rejected(_) | Outcome::NotSent { .. } | Outcome::Unknown { .. } => Asked::Silent,
    })
}

fn tran_id(services: &Services) -> Option<BankTranId> {
    // 48 bits: less than the numbers there are, so none is drawn more often than another.
    services.holders.tran_id(u64::from_be_bytes(services.chance.bytes()) >> 16)
}
