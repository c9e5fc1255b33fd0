//! The texts a new installation starts with: notices, FAQ, guide, legal documents and the four consents, in Markdown.
//!
//! They are samples of a sample company and say so. The consents follow domain-facts §3.4 and §3.7 to §3.9: each one
//! by itself, the four notices of 개인정보 보호법 제15조②, the statutory times of keeping, the declaration of ownership
//! with the warning about 소액결제 현금화, and marketing as a free choice. Behind the feature `seed`, so that none of it
//! is in the page's download.

use crate::Lang;

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Both {
    /// Korean.
    pub ko: &'static str,
    /// English.
    pub en: &'static str,
}

impl Both {
    /// The one in the reader's language.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Ko => self.ko,
            Lang::En => self.en,
        }
    }
}

/// A notice or a FAQ entry, in the order shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Its address.
    pub slug: &'static str,
    /// Title.
    pub title: Both,
    /// Body, Markdown.
    pub body: Both,
}

/// A document with versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document {
    /// As in `documents.kind`.
    pub kind: &'static str,
    /// Title.
    pub title: Both,
    /// Body, Markdown.
    pub body: Both,
}

macro_rules! both {
    ($folder:literal, $name:literal) => {
        Both {
            ko: include_str!(concat!("../content/", $folder, "/", $name, ".ko.md")),
            en: include_str!(concat!("../content/", $folder, "/", $name, ".en.md")),
        }
    };
}

macro_rules! announcements {
    ($folder:literal, $($slug:literal: $ko:literal / $en:literal;)+) => {
        &[$(Announcement { slug: $slug, title: Both { ko: $ko, en: $en }, body: both!($folder, $slug) }),+]
    };
}

macro_rules! documents {
    ($($kind:literal: $ko:literal / $en:literal;)+) => {
        &[$(Document { kind: $kind, title: Both { ko: $ko, en: $en }, body: both!("documents", $kind) }),+]
    };
}

/// The first notices, newest first.
pub const NOTICES: &[Announcement] = announcements! {
    "notices",
    "phishing-warning": "상품권 번호를 보내 달라는 연락은 모두 사기예요" / "Anyone who asks for your voucher numbers is a scammer";
    "own-account-only": "입금은 본인 이름의 계좌로만 해요" / "We only pay into your own account";
    "bank-maintenance": "은행 점검 시간의 입금 안내" / "Payouts during bank maintenance";
    "happymoney-stopped": "해피머니상품권 매입 종료 안내" / "We no longer buy Happy Money";
    "service-open": "핀데스크를 열었어요" / "PinDesk is open";
};

/// The first FAQ, in the order shown.
pub const FAQ: &[Announcement] = announcements! {
    "faq",
    "how-long": "입금까지 얼마나 걸리나요?" / "How long until I’m paid?";
    "which-vouchers": "어떤 상품권을 팔 수 있나요?" / "Which vouchers can I sell?";
    "fees": "수수료가 있나요?" / "Is there a fee?";
    "used-or-wrong": "일부 상품권이 사용됐거나 번호가 틀리면 어떻게 되나요?" / "What if some vouchers are used or wrong?";
    "cancel": "주문을 취소할 수 있나요?" / "Can I cancel?";
    "unknown-result": "‘확인필요’는 무슨 뜻인가요?" / "What does “being confirmed” mean?";
    "pin-safety": "상품권 번호는 안전한가요?" / "Are my voucher numbers safe?";
    "find-order": "주문은 어디에서 보나요?" / "Where do I find my order?";
    "why-held": "입금이 왜 멈췄나요?" / "Why is my payout on hold?";
    "microcredit": "소액결제로 산 상품권도 되나요?" / "What about vouchers charged to a phone bill?";
};

/// Terms, privacy and the four consents: the kinds of `documents.kind`.
pub const DOCUMENTS: &[Document] = documents! {
    "terms": "이용약관" / "Terms of service";
    "privacy": "개인정보 처리방침" / "Privacy policy";
    "consent_terms": "이용약관 동의" / "Terms of service";
    "consent_privacy": "개인정보 수집·이용 동의" / "Collection and use of personal data";
    "consent_own_voucher": "본인 소유 상품권 확인" / "These vouchers are mine";
    "consent_marketing": "소식 받기 동의" / "News by text";
};

/// The guide page.
pub const GUIDE: Document =
    Document {
        kind: "guide", title: Both { ko: "이용 안내", en: "How it works" }, body: both!("documents", "guide")
    };

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn there_are_five_notices_ten_answers_and_every_document() {
        assert_eq!((NOTICES.len(), FAQ.len()), (5, 10));
        let kinds: Vec<_> = DOCUMENTS.iter().map(|document| document.kind).collect();
        let wanted =
            ["terms", "privacy", "consent_terms", "consent_privacy", "consent_own_voucher", "consent_marketing"];
        assert_eq!(kinds, wanted);
        let slugs: HashSet<_> = NOTICES.iter().chain(FAQ).map(|entry| entry.slug).collect();
        assert_eq!(slugs.len(), NOTICES.len() + FAQ.len());
    }

    #[test]
    fn every_text_is_there_in_both_languages() {
        let announcements = NOTICES.iter().chain(FAQ).map(|entry| (entry.title, entry.body));
        let documents = DOCUMENTS.iter().chain([&GUIDE]).map(|document| (document.title, document.body));
        for (title, body) in announcements.chain(documents) {
            for lang in Lang::ALL {
                assert!(!title.get(*lang).is_empty() && body.get(*lang).len() > 80, "{}", title.en);
            }
            let hangul = |text: &str| text.chars().filter(|c| ('가'..='힣').contains(c)).count();
            assert!(hangul(body.ko) > 20 && hangul(body.en) < 5, "{}", title.en);
        }
    }

    #[test]
    fn the_privacy_consent_gives_its_four_notices() {
        let consent = DOCUMENTS.iter().find(|document| document.kind == "consent_privacy").expect("there");
        for notice in ["목적", "항목", "기간", "거부할 권리와 불이익"] {
            assert!(consent.body.ko.contains(notice), "{notice}");
        }
    }

    #[test]
    fn the_ownership_consent_warns_of_phone_billing() {
        let consent = DOCUMENTS.iter().find(|document| document.kind == "consent_own_voucher").expect("there");
        assert!(consent.body.ko.contains("소액결제") && consent.body.ko.contains("제72조 제1항 제4호"));
    }
}
