//! What the bank remembers, and how it decides about a deposit.

use super::bodies::Line;
use crate::faults::{Bent, Fault};
use crate::hash::masked_account;
use crate::journal::Entry;
use serde_json::Value;
use std::collections::HashMap;

pub const OTHER_HOLDER: &str = "김다름";

/// What an account's last three digits mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    Good,
    /// Belongs to 김다름.
    OtherHolder,
    /// 412.
    NoAccount,
    /// A0001 at first, paid at the inquiry.
    Processing,
    /// Paid, and the answer never comes.
    Late,
    /// 420.
    Stopped,
    /// Paid, and back three seconds later.
    Returned,
}

impl Ending {
    pub fn of(account: &str) -> Self {
        match account.get(account.len().saturating_sub(3)..).unwrap_or_default() {
            "901" => Self::OtherHolder,
            "902" => Self::NoAccount,
            "903" => Self::Processing,
            "904" => Self::Late,
            "905" => Self::Stopped,
            "906" => Self::Returned,
            _ => Self::Good,
        }
    }
}

#[derive(Clone)]
pub struct Deposit {
    pub amount: i64,
    pub bank: String,
    pub account_masked: String,
    /// `000`, or the code of a refusal.
    pub code: String,
    pub returns_at: Option<i64>,
}

/// Everything the bank remembers, by day and `bank_tran_id`.
#[derive(Default)]
pub struct World {
    pub deposits: HashMap<(String, String), Deposit>,
    pub hidden: HashMap<String, u32>,
}

impl World {
    /// The same world again, from its journal.
    pub fn rebuilt(entries: &[Entry]) -> Self {
        let mut world = Self::default();
        for entry in entries {
            let Some(code) = entry.kept.as_ref().and_then(Value::as_str) else {
                continue;
            };
            let key = (entry.date.clone().unwrap_or_default(), entry.reference.clone());
            let deposit = Deposit {
                amount: entry.amount.unwrap_or(0),
                bank: entry.bank.clone().unwrap_or_default(),
                account_masked: entry.account_masked.clone().unwrap_or_default(),
                code: code.to_owned(),
                returns_at: entry.returns_at,
            };
            world.deposits.entry(key).or_insert(deposit);
        }
        world
    }
}

/// Decides and remembers. Answers `rsp_code` and `bank_rsp_code`.
pub fn pay_out(
    world: &mut World,
    line: &mut Entry,
    name_check: &str,
    pay: &Line,
    bent: &mut Option<Bent>,
) -> (&'static str, String) {
    let key = (line.date.clone().unwrap_or_default(), pay.bank_tran_id.clone());
    let ending = Ending::of(&pay.account_num);
    let fault = bent.as_ref().map(|bent| bent.fault);
    if world.deposits.contains_key(&key) {
        if fault == Some(Fault::DuplicateSuccess) {
            "duplicate_ok".clone_into(&mut line.decision);
            return ("A0000", "000".to_owned());
        }
        "duplicate".clone_into(&mut line.decision);
        return ("A0002", "822".to_owned());
    }
    let other = ending == Ending::OtherHolder && !OTHER_HOLDER.starts_with(pay.account_holder_name.trim());
    let (rsp, code) = match ending {
        Ending::NoAccount => ("A0002", "412"),
        Ending::Stopped => ("A0002", "420"),
        Ending::OtherHolder if other && name_check == "on" => ("A0312", "815"),
        Ending::Processing => ("A0001", "400"),
        _ => ("A0000", "000"),
    };
    // What an inquiry will say later.
    let kept = if code == "400" { "000" } else { code };
    line.decision = if kept == "000" { "paid".to_owned() } else { format!("refused:{code}") };
    line.kept = Some(kept.into());
    line.returns_at = match (ending, fault) {
        (_, Some(Fault::LaterReversal)) => {
            let delay = bent.as_ref().and_then(|bent| bent.delay_ms).unwrap_or(2000);
            Some(crate::clock::micros() + i64::try_from(delay).unwrap_or(0) * 1000)
        }
        (Ending::Returned, _) => Some(crate::clock::micros() + 3_000_000),
        _ => None,
    }
    .filter(|_| kept == "000");
    let deposit = Deposit {
        amount: line.amount.unwrap_or(0),
        bank: pay.bank_code_std.clone(),
        account_masked: masked_account(&pay.account_num),
        code: kept.to_owned(),
        returns_at: line.returns_at,
    };
    world.deposits.insert(key, deposit);
    if fault == Some(Fault::NotFoundThenFound) {
        world.hidden.insert(pay.bank_tran_id.clone(), 2);
    }
    if ending == Ending::Late && bent.is_none() {
        line.fault = Some("ending".to_owned());
        *bent = Some(Bent { fault: Fault::TimeoutAfter, delay_ms: None, code: None });
    }
    (rsp, code.to_owned())
}
