//! Any bytes as a pasted text: no panic, spans inside the text, every PIN its own normal form.
//! `cargo +nightly fuzz run parse` in this folder.
#![no_main]

use domain::pin::{self, BrandKey};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((&first, rest)) = data.split_first() else {
        return;
    };
    let text = String::from_utf8_lossy(rest);
    let hint = BrandKey::ALL.get(usize::from(first)).copied();
    let parsed = pin::parse(&text, hint);
    for item in &parsed.items {
        assert!(text.get(item.span.start..item.span.end).is_some());
        assert_eq!(pin::normalise_pin(item.brand, &item.pin).as_ref(), Ok(&item.pin));
    }
    for bad in &parsed.rejected {
        assert!(text.get(bad.span.start..bad.span.end).is_some());
    }
    for &brand in BrandKey::ALL {
        let _ = pin::normalise_pin(brand, &text);
    }
});
