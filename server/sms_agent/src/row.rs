use crate::kst::KstTime;
use crate::text::{TITLE_BYTES, unencodable};
use domain::Channel;
use domain::message::{LMS_BYTES, SMS_BYTES, euc_kr_len};
use std::fmt;

/// `TRAFFIC_TYPE`: which of the agent's lines carries the message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Traffic {
    /// One-time passwords and status messages.
    Real,
    /// Everything else to one person.
    Normal,
    /// Campaigns.
    Batch,
}

impl Traffic {
    /// As the agent writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Real => "real",
            Self::Normal => "normal",
            Self::Batch => "batch",
        }
    }
}

/// One message for the agent.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// Our key for this attempt: 1–30 of `[A-Za-z0-9-_.@]`, never used before.
    pub client_key: String,
    /// SMS, LMS or MMS.
    pub channel: Channel,
    /// The line that carries it.
    pub traffic: Traffic,
    /// Not before this time; now or earlier means at once.
    pub req_date: KstTime,
    /// Registered sender number, digits.
    pub callback: String,
    /// Recipient, digits.
    pub phone: String,
    /// For LMS and MMS.
    pub title: Option<String>,
    /// The text.
    pub body: String,
    /// Pictures, paths below the agent's home joined by `;` (unconfirmed). MMS only.
    pub files: Option<String>,
    /// Campaign id, at most 20 characters.
    pub campaign: Option<String>,
    /// Free for our own id, at most 50 characters.
    pub etc1: Option<String>,
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row")
            .field("client_key", &self.client_key)
            .field("channel", &self.channel)
            .finish_non_exhaustive()
    }
}

impl Row {
    /// The first field that can't be written as it is, and why; `None` when all is well.
    pub fn problem(&self) -> Option<(&'static str, &'static str)> {
        let number = |text: &str| (3..=16).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        let short = |text: &Option<String>, most: usize| text.as_ref().is_none_or(|text| text.chars().count() <= most);
        let title = self.title.as_deref().unwrap_or_default();
        if !good_key(&self.client_key) {
            return Some(("client_key", "must be 1 to 30 of A-Z a-z 0-9 - _ . @"));
        }
        if !number(&self.callback) {
            return Some(("callback", "must be 3 to 16 digits"));
        }
        if !number(&self.phone) {
            return Some(("phone", "must be 3 to 16 digits"));
        }
        let most = if self.channel == Channel::Sms { SMS_BYTES } else { LMS_BYTES };
        if self.body.is_empty() || euc_kr_len(&self.body) > most {
            return Some(("body", "is empty or longer than the channel carries"));
        }
        if euc_kr_len(title) > TITLE_BYTES {
            return Some(("title", "is longer than 60 bytes"));
        }
        if !unencodable(&self.body).is_empty() || !unencodable(title).is_empty() {
            return Some(("body", "holds a character that EUC-KR has not"));
        }
        if self.body.chars().chain(title.chars()).any(|c| c.is_control() && c != '\n' && c != '\r') {
            return Some(("body", "holds a control character"));
        }
        if self.files.is_some() && self.channel != Channel::Mms || !short(&self.files, 600) {
            return Some(("files", "are for MMS only, at most 600 characters"));
        }
        if !short(&self.campaign, 20) || !short(&self.etc1, 50) {
            return Some(("campaign", "or etc1 is too long"));
        }
        None
    }
}

pub(crate) fn good_key(key: &str) -> bool {
    (1..=30).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.@".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row() -> Row {
        Row {
            client_key: "otp-01".to_owned(),
            channel: Channel::Sms,
            traffic: Traffic::Real,
            req_date: KstTime::from(domain::Timestamp::from_micros(0)),
            callback: "15881234".to_owned(),
            phone: "01012345678".to_owned(),
            title: None,
            body: "인증번호 123456".to_owned(),
            files: None,
            campaign: None,
            etc1: None,
        }
    }

    #[test]
    fn what_the_table_would_cut_is_refused_first() {
        assert_eq!(row().problem(), None);
        let field = |change: &dyn Fn(&mut Row)| {
            let mut row = row();
            change(&mut row);
            row.problem().map(|(field, _)| field)
        };
        assert_eq!(field(&|r| r.client_key = "k".repeat(31)), Some("client_key"));
        assert_eq!(field(&|r| r.client_key = "a b".to_owned()), Some("client_key"));
        assert_eq!(field(&|r| r.callback = "1588-1234".to_owned()), Some("callback"));
        assert_eq!(field(&|r| r.phone = "010".repeat(6)), Some("phone"));
        assert_eq!(field(&|r| r.body = "가".repeat(46)), Some("body"));
        assert_eq!(field(&|r| r.body = "안녕 🎉".to_owned()), Some("body"));
        assert_eq!(field(&|r| r.body = "a\0b".to_owned()), Some("body"));
        assert_eq!(field(&|r| r.title = Some("가".repeat(31))), Some("title"));
        assert_eq!(field(&|r| r.files = Some("a.jpg".to_owned())), Some("files"));
        assert_eq!(field(&|r| r.etc1 = Some("e".repeat(51))), Some("campaign"));
        assert_eq!(
            field(&|r| {
                r.channel = Channel::Lms;
                r.body = "가".repeat(1000);
            }),
            None
        );
    }

    #[test]
    fn debug_prints_neither_phone_nor_text() {
        let shown = format!("{:?}", row());
        assert!(!shown.contains("0101234") && !shown.contains("인증"));
    }
}
