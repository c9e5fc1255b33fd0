//! The fields brands are made of.

use crate::Won;
use crate::form::{Charset, FieldSpec, FormSchema, FreeFace, Grammar};

/// A voucher's number: what it is made of and the ways it is grouped.
pub fn pin(charset: Charset, ways: &[&[u8]]) -> FieldSpec {
    FieldSpec {
        name: "pin".to_owned(),
        label_ko: "상품권 번호".to_owned(),
        label_en: "voucher number".to_owned(),
        charset,
        groups: ways.iter().map(|way| way.to_vec()).collect(),
        required: true,
        help_ko: "받은 문자나 알림톡에 적힌 번호를 그대로 붙여넣으세요.".to_owned(),
        help_en: "Paste the number as it stands in the message you received.".to_owned(),
        grammar: None,
    }
}

fn companion(name: &str, label: (&str, &str), help: (&str, &str), group: u8, required: bool) -> FieldSpec {
    FieldSpec {
        name: name.to_owned(),
        label_ko: label.0.to_owned(),
        label_en: label.1.to_owned(),
        charset: Charset::Digits,
        groups: vec![vec![group]],
        required,
        help_ko: help.0.to_owned(),
        help_en: help.1.to_owned(),
        grammar: None,
    }
}

/// 북앤라이프's password and 스타벅스' PIN.
pub fn auth_code(label: (&str, &str), digits: u8) -> FieldSpec {
    let help = ("상품권 번호와 함께 받은 숫자예요.", "The digits that came with the voucher number.");
    companion("auth_code", label, help, digits, true)
}

/// 해피머니's day of issue.
pub fn issue_date() -> FieldSpec {
    let help = ("상품권 번호 뒤에 붙은 8자리 날짜예요.", "The eight-digit date after the voucher number.");
    FieldSpec { grammar: Some(Grammar::Date), ..companion("issue_date", ("발행일", "issue date"), help, 8, true) }
}

/// 신세계's number on the back.
pub fn gift_number() -> FieldSpec {
    let help = ("상품권 뒷면의 13자리 번호예요.", "The 13 digits on the back.");
    companion("gift_number", ("권번호", "serial number"), help, 13, true)
}

/// Department stores' further digits.
pub fn security_code(digits: u8, required: bool) -> FieldSpec {
    let help = ("상품권 번호 옆에 적힌 숫자예요.", "The digits printed beside the voucher number.");
    companion("security_code", ("보안코드", "security code"), help, digits, required)
}

/// A form with listed faces, in won.
pub fn form(pin: FieldSpec, companions: Vec<FieldSpec>, faces: &[u32]) -> FormSchema {
    FormSchema { pin, companions, faces: faces.iter().map(|face| Won::whole(*face)).collect(), free: None }
}

/// Other amounts too, in won.
pub fn free(form: FormSchema, min: u32, max: u32, step: u32) -> FormSchema {
    FormSchema { free: Some(FreeFace { min: Won::whole(min), max: Won::whole(max), step: Won::whole(step) }), ..form }
}
