//! Laws of the one-time codes, on both engines.
#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that can't go on has failed")]

mod customer_common;

use customer_common::{Front, from, somebody};
use domain::{OtpPurpose, Phone, Span};
use services::Policy;
use services::otp::{self, Checked, Requested};

const PHONE: &str = "01012345678";

fn phone(text: &str) -> Phone {
    Phone::parse(text).unwrap()
}

/// Six digits that aren't the code.
fn other(code: &str, step: u32) -> String {
    format!("{:06}", (code.parse::<u32>().unwrap() + step) % 1_000_000)
}

async fn send(front: &Front, purpose: OtpPurpose, to: &str) -> Requested {
    otp::request(&front.services, &somebody(), purpose, &phone(to)).await.unwrap()
}

async fn check(front: &Front, purpose: OtpPurpose, of: &str, code: &str) -> Checked {
    otp::check(&front.services, &somebody(), purpose, &phone(of), code).await.unwrap()
}

testkit::both_engines! {
    async fn of_fifty_guesses_at_once_five_are_tried(db: TestDb) {
        let front = Front::open(db).await;
        send(&front, OtpPurpose::Sell, PHONE).await;
        let code = front.code(PHONE).await;
        let guesses: Vec<_> = (1..=50)
            .map(|step| {
                let (services, guess) = (front.services.clone(), other(&code, step));
                tokio::spawn(async move {
                    otp::check(&services, &somebody(), OtpPurpose::Sell, &phone(PHONE), &guess).await.unwrap()
                })
            })
            .collect();
        let mut tried = 0;
        for guess in guesses {
            match guess.await.unwrap() {
                Checked::Wrong { .. } => tried += 1,
                Checked::Expired => {}
                answer => panic!("{answer:?}"),
            }
        }
        assert_eq!(tried, 5);
        assert_eq!(check(&front, OtpPurpose::Sell, PHONE, &code).await, Checked::Expired, "the code is dead");
    }

    async fn tries_left_are_told_and_the_right_code_still_counts(db: TestDb) {
        let front = Front::open(db).await;
        send(&front, OtpPurpose::Sell, PHONE).await;
        let code = front.code(PHONE).await;
        assert_eq!(check(&front, OtpPurpose::Sell, PHONE, "12 34").await, Checked::Unreadable);
        for left in [4, 3, 2, 1] {
            assert_eq!(check(&front, OtpPurpose::Sell, PHONE, &other(&code, left)).await, Checked::Wrong { tries_left: left });
        }
        assert!(matches!(check(&front, OtpPurpose::Sell, PHONE, &format!("{} {}", &code[..3], &code[3..])).await, Checked::Proved { .. }));
    }

    async fn a_code_ends_after_three_minutes(db: TestDb) {
        let front = Front::open(db).await;
        send(&front, OtpPurpose::Sell, PHONE).await;
        let code = front.code(PHONE).await;
        front.pass(Span::seconds(180));
        assert_eq!(check(&front, OtpPurpose::Sell, PHONE, &code).await, Checked::Expired);
    }

    async fn a_code_is_good_once_for_its_phone_and_purpose(db: TestDb) {
        let front = Front::open(db).await;
        send(&front, OtpPurpose::Sell, PHONE).await;
        let code = front.code(PHONE).await;
        assert_eq!(check(&front, OtpPurpose::Lookup, PHONE, &code).await, Checked::Expired);
        assert_eq!(check(&front, OtpPurpose::Sell, "01099998888", &code).await, Checked::Expired);
        let Checked::Proved { proof, .. } = check(&front, OtpPurpose::Sell, PHONE, &code).await else { panic!("not proved") };
        assert_eq!(check(&front, OtpPurpose::Sell, PHONE, &code).await, Checked::Expired, "used");
        let services = &front.services;
        assert!(otp::holds(services, OtpPurpose::Sell, &phone(PHONE), &proof).await.unwrap());
        assert!(!otp::holds(services, OtpPurpose::Lookup, &phone(PHONE), &proof).await.unwrap());
        assert!(!otp::holds(services, OtpPurpose::Sell, &phone("01099998888"), &proof).await.unwrap());
        front.pass(domain::otp::PROOF_VALID);
        assert!(!otp::holds(services, OtpPurpose::Sell, &phone(PHONE), &proof).await.unwrap());
    }

    async fn another_code_takes_a_minute_and_replaces_the_first(db: TestDb) {
        let front = Front::open(db).await;
        let Requested::Sent { resend_after, .. } = send(&front, OtpPurpose::Sell, PHONE).await else { panic!("not sent") };
        let first = front.code(PHONE).await;
        front.pass(Span::seconds(59));
        assert!(matches!(send(&front, OtpPurpose::Sell, PHONE).await, Requested::TooSoon { resend_after: again, .. } if again == resend_after));
        front.pass(Span::seconds(1));
        assert!(matches!(send(&front, OtpPurpose::Sell, PHONE).await, Requested::Sent { .. }));
        let second = front.code(PHONE).await;
        if first != second {
            assert!(matches!(check(&front, OtpPurpose::Sell, PHONE, &first).await, Checked::Wrong { .. }));
        }
        assert!(matches!(check(&front, OtpPurpose::Sell, PHONE, &second).await, Checked::Proved { .. }));
    }

    async fn two_requests_at_once_send_one_code(db: TestDb) {
        let front = Front::open(db).await;
        let ask = || {
            let services = front.services.clone();
            tokio::spawn(async move { otp::request(&services, &somebody(), OtpPurpose::Sell, &phone(PHONE)).await.unwrap() })
        };
        let asked: Vec<_> = (0..8).map(|_| ask()).collect();
        let mut sent = 0;
        for request in asked {
            sent += usize::from(matches!(request.await.unwrap(), Requested::Sent { .. }));
        }
        assert_eq!(sent, 1);
    }

    async fn a_phone_and_an_address_get_so_many_codes_a_day(db: TestDb) {
        let front = Front::with(db, Policy { codes_per_phone: 3, codes_per_address: 4, ..Policy::default() }).await;
        for _ in 0..3 {
            assert!(matches!(send(&front, OtpPurpose::Sell, PHONE).await, Requested::Sent { .. }));
            front.pass(Span::seconds(60));
        }
        let Requested::Limited { retry_at } = send(&front, OtpPurpose::Lookup, PHONE).await else { panic!("no limit") };
        assert_eq!(retry_at.kst_clock(), "00:00");
        assert!(matches!(send(&front, OtpPurpose::Sell, "01022223333").await, Requested::Sent { .. }));
        assert!(matches!(send(&front, OtpPurpose::Sell, "01044445555").await, Requested::Limited { .. }));
        let elsewhere = otp::request(&front.services, &from("198.51.100.1"), OtpPurpose::Sell, &phone("01044445555")).await;
        assert!(matches!(elsewhere.unwrap(), Requested::Sent { .. }));
        front.pass(retry_at.since(front.now()));
        assert!(matches!(send(&front, OtpPurpose::Sell, PHONE).await, Requested::Sent { .. }), "a new day");
    }
}
