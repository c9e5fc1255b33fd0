use super::form_json::{read, write};
use domain::Lang;
use domain::catalogue::seed_brands;
use serde_json::{Value, json};

const GOOD: &str = r#"{"pin":{"name":"pin","label_ko":"번호","label_en":"number","charset":"digits","groups":[[4,4]],"required":true},"faces":[1000,5000]}"#;

/// The good form with the value at a path changed, or taken away by `null`.
fn with(path: &str, value: Value) -> String {
    let mut form: Value = serde_json::from_str(GOOD).expect("good");
    let (parent, name) = path.rsplit_once('/').expect("a path");
    let parent = form.pointer_mut(parent).expect("there").as_object_mut().expect("an object");
    if value == json!("<gone>") {
        parent.remove(name);
    } else {
        parent.insert(name.to_owned(), value);
    }
    form.to_string()
}

fn companion(name: &str) -> Value {
    json!({ "name": name, "label_ko": "가", "label_en": "a", "charset": "digits", "groups": [[4]], "required": true })
}

#[test]
fn every_form_of_a_new_installation_is_taken_as_it_is_written() {
    for seed in seed_brands() {
        let text = write(&seed.form).expect("written");
        assert_eq!(read(&text, Lang::Ko), Ok(seed.form), "{}", seed.brand);
    }
    assert!(read(GOOD, Lang::Ko).is_ok());
}

#[test]
fn what_is_wrong_is_named_by_its_path() {
    let gone = || json!("<gone>");
    let twice = json!([companion("auth_code"), companion("auth_code")]);
    let table: Vec<(String, &str)> = vec![
        (String::new(), "1"),
        ("{".into(), "1"),
        ("[]".into(), ""),
        ("{}".into(), "pin"),
        (format!("{GOOD}x"), "1"),
        (with("/pin", gone()), "pin"),
        (with("/faces", gone()), "faces"),
        (with("/script", json!(1)), "script"),
        (with("/pin/pattern", json!("^[0-9]+$")), "pin.pattern"),
        (with("/pin/name", json!("code")), "pin.name"),
        (with("/pin/name", json!("Pin")), "pin.name"),
        (with("/pin/name", json!(7)), "pin.name"),
        (with("/pin/required", json!(false)), "pin.required"),
        (with("/pin/required", json!("true")), "pin.required"),
        (with("/pin/label_ko", json!("  ")), "pin.label_ko"),
        (with("/pin/label_en", gone()), "pin.label_en"),
        (with("/pin/label_ko", json!("가".repeat(41))), "pin.label_ko"),
        (with("/pin/help_ko", json!("가".repeat(201))), "pin.help_ko"),
        (with("/pin/label_ko", json!("번\u{202e}호")), "pin.label_ko"),
        (with("/pin/charset", json!("hex")), "pin.charset"),
        (with("/pin/charset", gone()), "pin.charset"),
        (with("/pin/groups", gone()), "pin.groups"),
        (with("/pin/groups", json!([])), "pin.groups"),
        (with("/pin/groups", json!([[]])), "pin.groups[0]"),
        (with("/pin/groups", json!([[4, 0]])), "pin.groups[0][1]"),
        (with("/pin/groups", json!([[4, 4], [41]])), "pin.groups[1][0]"),
        (with("/pin/groups", json!([[2]])), "pin.groups[0]"),
        (with("/pin/groups", json!([[30, 11]])), "pin.groups[0]"),
        (with("/pin/groups", json!([[4.5]])), "pin.groups[0][0]"),
        (with("/pin/groups", json!([[-4]])), "pin.groups[0][0]"),
        (with("/pin/groups", json!("4-4")), "pin.groups"),
        (with("/pin/grammar", json!("luhn")), "pin.grammar"),
        (with("/pin/grammar", json!("munhwa")), "pin.grammar"),
        (with("/companions", json!({})), "companions"),
        (with("/companions", json!([companion("pin")])), "companions[0].name"),
        (with("/companions", json!([companion("face")])), "companions[0].name"),
        (with("/companions", json!([companion("Auth Code")])), "companions[0].name"),
        (with("/companions", twice), "companions[1].name"),
        (with("/companions", json!([1])), "companions[0]"),
        (with("/companions", Value::Array((0..6).map(|n| companion(&format!("f{n}"))).collect())), "companions"),
        (with("/faces", json!([])), "faces"),
        (with("/faces", json!([5000, 1000])), "faces[1]"),
        (with("/faces", json!([1000, 1000])), "faces[1]"),
        (with("/faces", json!([0])), "faces[0]"),
        (with("/faces", json!([1000.5])), "faces[0]"),
        (with("/faces", json!(["1000"])), "faces[0]"),
        (with("/faces", json!([99_999_999])), "faces[0]"),
        (with("/free", json!({ "min": 5000, "max": 1000, "step": 100 })), "free.max"),
        (with("/free", json!({ "min": 1000, "max": 5000 })), "free.step"),
        (with("/free", json!({ "min": 1000, "max": 5000, "step": 0 })), "free.step"),
        (with("/free", json!({ "min": 1001, "max": 1999, "step": 1000 })), "free.step"),
        (with("/free", json!([1000])), "free"),
    ];
    for (text, path) in &table {
        for lang in [Lang::Ko, Lang::En] {
            let told = read(text, lang).expect_err(text);
            assert!(told.iter().any(|message| message.contains(path)), "{path} in {told:?} of {text}");
            let hangul = told.iter().any(|message| message.chars().any(|c| ('가'..='힣').contains(&c)));
            assert_eq!(hangul, lang == Lang::Ko, "{told:?}");
        }
    }
    assert!(table.len() > 45);
}

#[test]
fn lists_of_numbers_stand_on_one_line_and_texts_stay_as_they_are() {
    let odd = json!({ "text": "[1, 2] \\ \"[3,\n4]\" 가", "groups": [[4, 4], [6]], "none": [], "mixed": [1, "[2]"] });
    let text = write(&odd).expect("written");
    assert_eq!(serde_json::from_str::<Value>(&text).expect("read"), odd);
    assert!(text.contains("\"groups\": [[4, 4], [6]]"), "{text}");
}

#[test]
fn every_mistake_is_told_at_once() {
    let text = with("/pin", json!({ "name": "x", "label_ko": "", "charset": "hex", "groups": [[0]], "colour": 1 }));
    assert!(read(&text, Lang::En).expect_err("wrong").len() >= 6);
}
