//! The shop's numbers as they are in force: what an owner set, else what the configuration says.

use crate::Policy;
use domain::Span;
use domain::setting::Setting;
use domain::wire::DeskHours;
use store::settings::SetNumber;

/// Read with the shelf, so a change is felt everywhere within a second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// When people look at what machines can't decide.
    pub desk: DeskHours,
    /// How long a quote holds.
    pub quote_valid: Span,
    /// How long an untouched draft is kept.
    pub draft_keep: Span,
    /// One-time codes per phone and KST day.
    pub codes_per_phone: u32,
    /// One-time codes per address and KST day.
    pub codes_per_address: u32,
    /// Inquiries per address and hour.
    pub inquiries_per_address: u32,
}

impl Limits {
    /// `set` over `policy` and the hours that stood before hours could be set.
    pub fn new(policy: &Policy, hours: DeskHours, set: &[SetNumber]) -> Self {
        let value = |of: Setting| set.iter().find(|number| number.setting == of).map(|number| number.value);
        let hour = |of, before: u8| value(of).and_then(|hour| u8::try_from(hour).ok()).unwrap_or(before);
        let minutes = |of, before: Span| value(of).map_or(before, |minutes| Span::minutes(i64::from(minutes)));
        Self {
            desk: DeskHours { from: hour(Setting::DeskFrom, hours.from), to: hour(Setting::DeskTo, hours.to) },
            quote_valid: minutes(Setting::QuoteMinutes, policy.quote_valid),
            draft_keep: minutes(Setting::DraftMinutes, policy.draft_keep),
            codes_per_phone: value(Setting::CodesPerPhone).unwrap_or(policy.codes_per_phone),
            codes_per_address: value(Setting::CodesPerAddress).unwrap_or(policy.codes_per_address),
            inquiries_per_address: value(Setting::InquiriesPerAddress).unwrap_or(policy.inquiries_per_address),
        }
    }

    /// One of them, in its unit.
    pub fn value(&self, of: Setting) -> u32 {
        let minutes = |span: Span| u32::try_from(span.as_seconds() / 60).unwrap_or(u32::MAX);
        match of {
            Setting::DeskFrom => self.desk.from.into(),
            Setting::DeskTo => self.desk.to.into(),
            Setting::QuoteMinutes => minutes(self.quote_valid),
            Setting::DraftMinutes => minutes(self.draft_keep),
            Setting::CodesPerPhone => self.codes_per_phone,
            Setting::CodesPerAddress => self.codes_per_address,
            Setting::InquiriesPerAddress => self.inquiries_per_address,
        }
    }
}
