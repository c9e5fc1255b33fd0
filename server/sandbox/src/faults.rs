//! Misbehaviour by rule. A rule names a party, an operation and a fault; the first rule that matches is used.

use crate::hash::Hasher;
use serde::{Deserialize, Serialize};
use std::sync::{Mutex, PoisonError};

/// Who misbehaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    Issuer,
    Bank,
    Agent,
    #[serde(rename = "thecheat")]
    TheCheat,
    Alerts,
}

/// How.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// The connection is closed without a byte.
    ConnectionRefused,
    /// Never answers; nothing is done.
    Hang,
    /// Nothing is done; answers 504 after `delay_ms`.
    TimeoutBefore,
    /// Does the work, then sleeps `delay_ms`, then 504.
    TimeoutAfter,
    /// Nothing is done; 500.
    #[serde(rename = "500_before")]
    ErrorBefore,
    /// Does the work; 500.
    #[serde(rename = "500_after")]
    ErrorAfter,
    /// Nothing is done; 429 with `Retry-After`.
    #[serde(rename = "429")]
    TooMany,
    /// Does the work; the body ends in the middle.
    Truncated,
    /// Does the work; a byte every `delay_ms`.
    Slow,
    /// Does the work; EUC-KR bytes said to be UTF-8.
    WrongCharset,
    /// Does the work; the body is no JSON.
    Malformed,
    /// Does the work; another amount in the answer.
    WrongAmount,
    /// Does the work; another reference in the answer.
    WrongReference,
    /// A repeat is called a success instead of a duplicate; nothing is done twice.
    DuplicateSuccess,
    /// Paid, and back after `delay_ms`.
    LaterReversal,
    /// On the effect: done, not answered, and the next two inquiries say "not found". On the inquiry: "not found".
    NotFoundThenFound,
    /// Nothing is done; 503 and a page in Korean. The agent takes nothing.
    Maintenance,
    /// The bank refuses the access token (`O0002`); nothing is done.
    TokenRefused,
    /// The message ends with `code`.
    Undelivered,
}

/// Every operation by party.
pub const OPERATIONS: &[(Party, &[&str])] = &[
    (Party::Issuer, &["inquiry", "redeem", "redemption"]),
    (Party::Bank, &["token", "receive_inquiry", "deposit", "result"]),
    (Party::Agent, &["send"]),
    (Party::TheCheat, &["search"]),
    (Party::Alerts, &["say"]),
];

impl Fault {
    /// The word of the rule file.
    pub fn word(self) -> String {
        serde_json::to_value(self).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Is the request left undone?
    pub fn is_before(self) -> bool {
        matches!(
            self,
            Self::ConnectionRefused
                | Self::Hang
                | Self::TimeoutBefore
                | Self::ErrorBefore
                | Self::TooMany
                | Self::Maintenance
                | Self::TokenRefused
        )
    }

    /// Can this operation misbehave like that?
    pub fn applies(self, party: Party, operation: &str) -> bool {
        if party == Party::Agent {
            return matches!(self, Self::Hang | Self::Maintenance | Self::Slow | Self::Undelivered);
        }
        if party == Party::Alerts && matches!(self, Self::WrongAmount | Self::WrongReference) {
            return false;
        }
        if party == Party::TheCheat && matches!(self, Self::WrongAmount) {
            return false;
        }
        match self {
            Self::Undelivered => false,
            Self::WrongAmount => !matches!(operation, "token" | "receive_inquiry"),
            Self::WrongReference => operation != "token",
            Self::DuplicateSuccess => matches!(operation, "redeem" | "deposit"),
            Self::LaterReversal => operation == "deposit",
            Self::NotFoundThenFound => matches!(operation, "redeem" | "redemption" | "deposit" | "result"),
            Self::TokenRefused => party == Party::Bank && operation != "token",
            _ => true,
        }
    }
}

/// What a request must be to be bent. Absent: any. `*1234` matches an ending.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Match {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pin: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// What a request is, for matching.
#[derive(Clone, Copy, Default)]
pub struct Subject<'a> {
    pub reference: &'a str,
    pub pin: &'a str,
    pub account: &'a str,
    pub phone: &'a str,
}

impl Match {
    fn fits(&self, subject: &Subject<'_>) -> bool {
        let one = |wanted: &Option<String>, is: &str| {
            wanted.as_ref().is_none_or(|wanted| match wanted.strip_prefix('*') {
                Some(ending) => is.ends_with(ending),
                None => is == wanted,
            })
        };
        one(&self.reference, subject.reference)
            && one(&self.pin, subject.pin)
            && one(&self.account, subject.account)
            && one(&self.phone, subject.phone)
    }
}

/// One rule as it is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    pub party: Party,
    /// One of [`OPERATIONS`], or `*`.
    pub operation: String,
    #[serde(default, rename = "match")]
    pub matching: Match,
    pub fault: Fault,
    /// Uses left at most; absent: until the rule is removed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// 0 to 1; absent: always.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probability: Option<f64>,
    /// Of the probability; absent: the sandbox's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seed: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    /// `DONE_CODE` of `undelivered`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
}

/// A rule and how often it was met and used.
#[derive(Clone, Debug, Serialize)]
pub struct Standing {
    #[serde(flatten)]
    pub rule: Rule,
    pub matched: u64,
    pub used: u64,
}

/// What a rule told one request to do.
#[derive(Clone, Debug)]
pub struct Bent {
    pub fault: Fault,
    pub delay_ms: Option<u64>,
    pub code: Option<String>,
}

/// A rule file: the list alone or under `rules`.
#[derive(Deserialize)]
#[serde(untagged)]
pub enum RuleFile {
    List(Vec<Rule>),
    Named { rules: Vec<Rule> },
}

/// All rules now.
pub struct Faults {
    rules: Mutex<Vec<Standing>>,
    seed: u64,
}

impl Faults {
    pub fn new(seed: u64) -> Self {
        Self { rules: Mutex::new(Vec::new()), seed }
    }

    /// Replaces the rules. Refuses a rule that could never do anything, with its place and the reason.
    pub fn replace(&self, file: RuleFile) -> Result<(), String> {
        let rules = match file {
            RuleFile::List(rules) | RuleFile::Named { rules } => rules,
        };
        for (index, rule) in rules.iter().enumerate() {
            let operations =
                OPERATIONS.iter().find(|(party, _)| *party == rule.party).map_or(&[][..], |(_, list)| list);
            if rule.operation != "*" && !operations.contains(&rule.operation.as_str()) {
                return Err(format!("rule {index}: operation must be * or one of {}", operations.join(", ")));
            }
            let can = operations
                .iter()
                .any(|op| (rule.operation == "*" || rule.operation == *op) && rule.fault.applies(rule.party, op));
            if !can {
                return Err(format!("rule {index}: {} does not apply to {}", rule.fault.word(), rule.operation));
            }
            if rule.probability.is_some_and(|p| !(0.0..=1.0).contains(&p)) {
                return Err(format!("rule {index}: probability must be from 0 to 1"));
            }
        }
        let standing = rules.into_iter().map(|rule| Standing { rule, matched: 0, used: 0 }).collect();
        *self.rules.lock().unwrap_or_else(PoisonError::into_inner) = standing;
        Ok(())
    }

    /// The rules with their counts.
    pub fn list(&self) -> Vec<Standing> {
        self.rules.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Is such a rule there? Uses nothing up.
    pub fn stands(&self, party: Party, fault: Fault) -> bool {
        self.list().iter().any(|standing| standing.rule.party == party && standing.rule.fault == fault)
    }

    /// What this request is told to do, if anything; uses the rule up by one.
    pub fn pick(&self, party: Party, operation: &str, subject: &Subject<'_>) -> Option<Bent> {
        let mut rules = self.rules.lock().unwrap_or_else(PoisonError::into_inner);
        for (index, standing) in rules.iter_mut().enumerate() {
            let rule = &standing.rule;
            if rule.party != party
                || (rule.operation != "*" && rule.operation != operation)
                || !rule.fault.applies(party, operation)
                || !rule.matching.fits(subject)
                || rule.count.is_some_and(|count| standing.used >= count)
            {
                continue;
            }
            standing.matched += 1;
            if let Some(probability) = rule.probability {
                let hasher = Hasher::new(rule.seed.unwrap_or(self.seed));
                let drawn =
                    hasher.number("chance", &[&index.to_le_bytes(), &standing.matched.to_le_bytes()]) % 1_000_000;
                if f64::from(u32::try_from(drawn).unwrap_or(0)) / 1_000_000.0 >= probability {
                    continue;
                }
            }
            standing.used += 1;
            return Some(Bent { fault: rule.fault, delay_ms: rule.delay_ms, code: rule.code.clone() });
        }
        None
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may fail loudly")]
mod tests {
    use super::*;

    fn faults(json: &str) -> Result<Faults, String> {
        let faults = Faults::new(7);
        faults.replace(serde_json::from_str(json).map_err(|error| error.to_string())?)?;
        Ok(faults)
    }

    #[test]
    fn a_rule_is_used_as_often_as_it_says_and_only_where_it_matches() {
        let faults =
            faults(r#"[{"party":"issuer","operation":"redeem","match":{"pin":"*99"},"fault":"500_after","count":2}]"#)
                .unwrap();
        let hit = |pin: &str| faults.pick(Party::Issuer, "redeem", &Subject { pin, ..Subject::default() }).is_some();
        assert_eq!([hit("1299"), hit("1200"), hit("99"), hit("99")], [true, false, true, false]);
        assert!(faults.pick(Party::Bank, "deposit", &Subject::default()).is_none());
    }

    #[test]
    fn chance_is_the_same_for_the_same_seed() {
        let draw = |seed: u64| {
            let rule =
                format!(r#"[{{"party":"bank","operation":"*","fault":"hang","probability":0.3,"seed":{seed}}}]"#);
            let faults = faults(&rule).unwrap();
            (0..1000).map(|_| faults.pick(Party::Bank, "deposit", &Subject::default()).is_some()).collect::<Vec<_>>()
        };
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert!((200..400).contains(&draw(1).iter().filter(|hit| **hit).count()));
    }

    #[test]
    fn a_rule_that_can_do_nothing_is_refused() {
        for bad in [
            r#"[{"party":"issuer","operation":"deposit","fault":"hang"}]"#,
            r#"[{"party":"issuer","operation":"inquiry","fault":"later_reversal"}]"#,
            r#"[{"party":"bank","operation":"token","fault":"wrong_reference"}]"#,
            r#"[{"party":"agent","operation":"send","fault":"truncated"}]"#,
            r#"[{"party":"bank","operation":"*","fault":"hang","probability":2}]"#,
            r#"[{"party":"bank","operation":"*","fault":"explode"}]"#,
            r#"[{"party":"bank","operation":"*","fault":"hang","typo":1}]"#,
        ] {
            assert!(faults(bad).is_err(), "{bad}");
        }
    }
}
