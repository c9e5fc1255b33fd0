//! Numbers of the shop that an owner changes while it is open. What moves money is not among them: it stands in the
//! configuration file.

use crate::state::words;
use crate::{Lang, messages};
use serde::{Deserialize, Serialize};

/// One of them. The words are the last part of `settings.name`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// From which hour of the day (KST) people are at their desk.
    DeskFrom,
    /// To which.
    DeskTo,
    /// How long a quote holds, minutes.
    QuoteMinutes,
    /// How long an untouched draft is kept, minutes.
    DraftMinutes,
    /// One-time codes to a phone per KST day.
    CodesPerPhone,
    /// One-time codes asked for from an address per KST day.
    CodesPerAddress,
    /// Inquiries from an address per hour.
    InquiriesPerAddress,
}

words!(Setting, "setting", {
    DeskFrom => "desk_from",
    DeskTo => "desk_to",
    QuoteMinutes => "quote_minutes",
    DraftMinutes => "draft_minutes",
    CodesPerPhone => "codes_per_phone",
    CodesPerAddress => "codes_per_address",
    InquiriesPerAddress => "inquiries_per_address",
});

impl Setting {
    /// The least and the most it may be.
    pub const fn bounds(self) -> (u32, u32) {
        match self {
            Self::DeskFrom => (0, 23),
            Self::DeskTo => (1, 24),
            Self::QuoteMinutes => (3, 60),
            Self::DraftMinutes => (15, 1_440),
            Self::CodesPerPhone => (3, 50),
            Self::CodesPerAddress => (5, 1_000),
            Self::InquiriesPerAddress => (1, 100),
        }
    }

    /// What it is.
    pub const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::DeskFrom => desk_from(lang),
            Self::DeskTo => desk_to(lang),
            Self::QuoteMinutes => quote_minutes(lang),
            Self::DraftMinutes => draft_minutes(lang),
            Self::CodesPerPhone => codes_per_phone(lang),
            Self::CodesPerAddress => codes_per_address(lang),
            Self::InquiriesPerAddress => inquiries_per_address(lang),
        }
    }

    /// In what it is counted.
    pub const fn unit(self, lang: Lang) -> &'static str {
        match self {
            Self::DeskFrom | Self::DeskTo => hour(lang),
            Self::QuoteMinutes | Self::DraftMinutes => minutes(lang),
            Self::CodesPerPhone | Self::CodesPerAddress => a_day(lang),
            Self::InquiriesPerAddress => an_hour(lang),
        }
    }

    /// Where a change is felt.
    pub const fn effect(self, lang: Lang) -> &'static str {
        match self {
            Self::DeskFrom | Self::DeskTo => effect_desk(lang),
            Self::QuoteMinutes => effect_quote(lang),
            Self::DraftMinutes => effect_draft(lang),
            Self::CodesPerPhone | Self::CodesPerAddress => effect_codes(lang),
            Self::InquiriesPerAddress => effect_inquiries(lang),
        }
    }
}

messages! {
    fn desk_from() { ko: "상담 시작", en: "Desk opens" }
    fn desk_to() { ko: "상담 마감", en: "Desk closes" }
    fn quote_minutes() { ko: "견적 유효 시간", en: "A quote holds" }
    fn draft_minutes() { ko: "쓰다 만 신청 보관", en: "An untouched sale is kept" }
    fn codes_per_phone() { ko: "번호당 인증번호", en: "Codes to a phone" }
    fn codes_per_address() { ko: "접속 주소당 인증번호", en: "Codes from an address" }
    fn inquiries_per_address() { ko: "접속 주소당 문의", en: "Inquiries from an address" }
    fn hour() { ko: "시", en: "o'clock (KST)" }
    fn minutes() { ko: "분", en: "minutes" }
    fn a_day() { ko: "건/일", en: "a day" }
    fn an_hour() { ko: "건/시간", en: "an hour" }
    fn effect_desk() { ko: "첫 화면의 상담 시간 안내", en: "The hours told on the first page" }
    fn effect_quote() { ko: "새 견적부터. 이미 받은 견적은 그대로예요.", en: "New quotes; those given stay as they are" }
    fn effect_draft() { ko: "다음에 저장할 때부터", en: "From the next time a sale is saved" }
    fn effect_codes() { ko: "다음 인증번호부터, 오늘 보낸 것도 세요", en: "The next code; those of today count" }
    fn effect_inquiries() { ko: "다음 문의부터", en: "The next inquiry" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_bounds_that_leave_a_choice() {
        for setting in Setting::ALL {
            let (least, most) = setting.bounds();
            assert!(least < most, "{setting}");
            assert_eq!(setting.as_str().parse(), Ok(*setting));
        }
    }
}
