//! What is written comes back the same, and nonsense comes back as an error, on both engines.
#![expect(clippy::unwrap_used, reason = "a test that can't go on has failed")]

use domain::catalogue::{seed_brands, seed_rates};
use domain::content::{DOCUMENTS, FAQ, NOTICES};
use domain::quote::PricedLine;
use domain::{
    AnnouncementId, AuditId, BrandStatus, DraftId, FeeId, FeedId, FlagId, InquiryId, Lang, OrderId, Phone, Quote,
    QuoteId, Rate, RateId, Span, Speed, Timestamp, UserId, Won,
};
use serde_json::json;
use store::announcements::{Announcement, AnnouncementKind, TwoTongued};
use store::audit::{AuditKind, AuditLine};
use store::documents::Document;
use store::feed::FeedEntry;
use store::fees::FeeInForce;
use store::idempotency::{Answer, Begun};
use store::inquiries::NewInquiry;
use store::quotes::FrozenQuote;
use store::rates::NewRate;
use store::risk::RiskFlag;
use store::{
    Conn, Db, StoreError, Tx, announcements, audit, banks, catalog, documents, drafts, feed, fees, idempotency,
    inquiries, orders, quotes, rates, risk, settings,
};
use testkit::TestDb;
use testkit::books::new_order;
use testkit::clock::NOON;

/// For planting nonsense: the same text on both engines.
async fn run(tx: &mut Tx, text: &'static str) {
    match Conn::from(tx) {
        Conn::Sqlite(c) => sqlx::raw_sql(text).execute(c).await.map(|_| ()),
        Conn::Postgres(c) => sqlx::raw_sql(text).execute(c).await.map(|_| ()),
    }
    .unwrap();
}

async fn seeded(db: &TestDb) {
    store::seed::seed(db, &db.keys, NOON).await.unwrap();
}

fn quote(id: u128) -> FrozenQuote {
    FrozenQuote {
        id: QuoteId::from_u128(id),
        speed: Speed::Instant,
        quote: Quote {
            lines: vec![PricedLine {
                row: 1,
                brand: "cultureland".into(),
                face: Won::whole(50_000),
                rate_bp: 9_050,
                net: Won::whole(45_250),
            }],
            total_face: Won::whole(50_000),
            gross: Won::whole(45_250),
            fee: Won::whole(500),
            net: Won::whole(44_750),
        },
        priced_at: NOON,
        valid_until: NOON.plus(Span::minutes(10)),
    }
}

/// An order, its quote and what it refers to.
async fn an_order(tx: &mut Tx, number: u64) -> OrderId {
    let id = u128::from(number);
    quotes::insert(&mut *tx, &quote(id), NOON).await.unwrap();
    let order = new_order(number, QuoteId::from_u128(id));
    orders::insert_many(&mut *tx, &[&order]).await.unwrap();
    order.id
}

fn later(minutes: i64) -> Timestamp {
    NOON.plus(Span::minutes(minutes))
}

testkit::both_engines! {
    async fn a_new_installation_has_everything_and_seeding_again_changes_nothing(db: TestDb) {
        seeded(&db).await;
        let mut tx = db.begin().await.unwrap();
        let first = catalog::all(&mut tx).await.unwrap();
        catalog::set_status(&mut tx, &first[0].brand, first[0].revision, BrandStatus::Paused, later(1)).await.unwrap();
        let stale = catalog::set_status(&mut tx, &first[0].brand, 1, BrandStatus::Stopped, later(1)).await;
        assert!(matches!(stale, Err(StoreError::Conflict { .. })));
        tx.commit().await.unwrap();
        store::seed::seed(&db, &db.keys, later(60)).await.unwrap();

        let mut reader = db.read().await.unwrap();
        let brands = catalog::all(&mut reader).await.unwrap();
        assert_eq!(brands[0].status, BrandStatus::Paused, "what the back office did stays");
        assert_eq!((brands[0].revision, brands[0].version, brands[0].updated_at), (2, 1, later(1)));
        for (brand, seed) in brands.iter().zip(seed_brands()) {
            assert_eq!((brand.brand.as_str(), brand.family.as_str()), (seed.brand, seed.family));
            assert_eq!((&brand.info, &brand.form, brand.verification), (&seed.info, &seed.form, seed.verification));
        }
        let in_force = rates::in_force(&mut reader, NOON).await.unwrap();
        assert_eq!(in_force.len(), seed_rates().len());
        assert!(seed_rates().iter().all(|rate| in_force.iter().any(|found| found.rate == *rate)));
        assert_eq!(fees::in_force(&mut reader, NOON).await.unwrap().len(), 2);
        let all_banks = banks::all(&mut reader).await.unwrap();
        assert_eq!(all_banks.len(), domain::bank::BANKS.len());
        assert!(all_banks.iter().zip(domain::bank::BANKS).all(|(found, bank)| found.code == bank.code
            && found.hours == domain::bank::seed_hours(bank.code)
            && found.enabled));
        let notices = announcements::published(&mut reader, AnnouncementKind::Notice, NOON, 50).await.unwrap();
        let slugs: Vec<_> = notices.iter().map(|notice| notice.slug.as_str()).collect();
        assert_eq!(slugs, NOTICES.iter().map(|notice| notice.slug).collect::<Vec<_>>());
        let faq = announcements::published(&mut reader, AnnouncementKind::Faq, NOON, 50).await.unwrap();
        assert_eq!(faq.len(), FAQ.len());
        for wanted in DOCUMENTS {
            let found = documents::in_force(&mut reader, wanted.kind, NOON).await.unwrap().unwrap();
            assert_eq!((found.version, found.body.get(Lang::Ko)), (1, wanted.body.ko));
        }
        assert!(documents::in_force(&mut reader, "guide", NOON).await.unwrap().is_some());
        assert!(feed::newest(&mut reader, later(600), 20).await.unwrap().is_empty(), "no fake payouts");
    }

    async fn a_brands_newest_rates_replace_its_older_ones_as_a_whole(db: TestDb) {
        seeded(&db).await;
        let band = |id, from: u32, to: u32, effective_from| NewRate {
            id: RateId::from_u128(id),
            rate: Rate { brand: "nexon".into(), face_min: Won::whole(from), face_max: Won::whole(to), basis_points: 5_000 },
            effective_from,
        };
        let mut tx = db.begin().await.unwrap();
        let set = [band(1, 1_000, 9_999, later(10)), band(2, 10_000, 50_000, later(10))];
        assert_eq!(rates::insert_many(&mut tx, &set, "usr", "price war", NOON).await.unwrap(), 2);
        assert_eq!(rates::insert_many(&mut tx, &[band(3, 1_000, 1_000, later(10))], "usr", "again", NOON).await.unwrap(), 0);
        assert_eq!(rates::insert_many(&mut tx, &[], "usr", "none", NOON).await.unwrap(), 0);
        tx.commit().await.unwrap();
        let mut reader = db.read().await.unwrap();
        let nexon = |list: Vec<rates::RateInForce>| -> Vec<_> { list.into_iter().filter(|r| r.rate.brand == "nexon").collect() };
        let before = nexon(rates::in_force(&mut reader, later(9)).await.unwrap());
        assert!(before.iter().all(|rate| rate.rate.basis_points > 7_000) && before.len() > 2);
        let after = nexon(rates::in_force(&mut reader, later(10)).await.unwrap());
        assert_eq!(after.iter().map(|rate| rate.rate.face_min.get()).collect::<Vec<_>>(), [1_000, 10_000]);
        assert!(after.iter().all(|rate| rate.effective_from == later(10)));
        let others = rates::in_force(&mut reader, later(10)).await.unwrap();
        assert!(others.iter().any(|rate| rate.rate.brand == "cultureland"), "other brands keep theirs");
    }

    async fn a_fee_holds_from_its_moment(db: TestDb) {
        let mut tx = db.begin().await.unwrap();
        let fee = |won, from| FeeInForce { speed: Speed::Instant, fee: Won::whole(won), effective_from: from };
        assert!(fees::insert(&mut tx, FeeId::from_u128(1), fee(500, NOON), "usr", NOON).await.unwrap());
        assert!(fees::insert(&mut tx, FeeId::from_u128(2), fee(700, later(5)), "usr", NOON).await.unwrap());
        assert!(!fees::insert(&mut tx, FeeId::from_u128(3), fee(900, later(5)), "usr", NOON).await.unwrap());
        for (at, wanted) in [(later(-1), None), (NOON, Some(500)), (later(4), Some(500)), (later(5), Some(700))] {
            let found = fees::in_force(&mut tx, at).await.unwrap();
            assert_eq!(found.first().map(|fee| fee.fee.get()), wanted);
        }
    }

    async fn settings_keep_their_type(db: TestDb) {
        let mut tx = db.begin().await.unwrap();
        assert_eq!(settings::get::<Vec<u32>>(&mut tx, "x").await.unwrap(), None);
        settings::put(&mut tx, "x", &vec![1, 2], NOON).await.unwrap();
        settings::put(&mut tx, "x", &vec![3], later(1)).await.unwrap();
        assert_eq!(settings::get::<Vec<u32>>(&mut tx, "x").await.unwrap(), Some(vec![3]));
        let wrong = settings::get::<String>(&mut tx, "x").await.unwrap_err();
        assert!(matches!(wrong, StoreError::Corrupt { table: "settings", .. }), "{wrong}");
    }

    async fn a_quote_is_frozen_and_its_sums_are_checked(db: TestDb) {
        seeded(&db).await;
        let mut tx = db.begin().await.unwrap();
        quotes::insert(&mut tx, &quote(1), NOON).await.unwrap();
        assert_eq!(quotes::find(&mut tx, QuoteId::from_u128(1)).await.unwrap(), Some(quote(1)));
        assert_eq!(quotes::find(&mut tx, QuoteId::from_u128(2)).await.unwrap(), None);
        an_order(&mut tx, 7).await;
        assert_eq!(quotes::delete_unused(&mut tx, later(10), 10).await.unwrap(), 0, "it still holds");
        run(&mut tx, "UPDATE quotes SET net = net + 1").await;
        let wrong = quotes::find(&mut tx, QuoteId::from_u128(1)).await.unwrap_err();
        assert!(matches!(&wrong, StoreError::Corrupt { table: "quotes", id, .. } if id.ends_with("0001")), "{wrong}");
        assert_eq!(quotes::delete_unused(&mut tx, later(11), 10).await.unwrap(), 1, "the order's quote stays");
        assert!(quotes::find(&mut tx, QuoteId::from_u128(7)).await.is_err(), "and is still told to be wrong");
    }

    async fn a_draft_is_written_by_one_tab_at_a_time(db: TestDb) {
        let (id, token, end) = (DraftId::from_u128(1), [1; 32], later(60));
        let mut tx = db.begin().await.unwrap();
        drafts::insert(&mut tx, id, token, b"one", NOON, end).await.unwrap();
        drafts::write(&mut tx, id, 1, b"two", NOON, end).await.unwrap();
        let behind = drafts::write(&mut tx, id, 1, b"three", NOON, end).await;
        assert!(matches!(behind, Err(StoreError::Conflict { .. })));
        let found = drafts::find(&mut tx, token, NOON).await.unwrap().unwrap();
        assert_eq!((found.id, found.data_enc.as_slice(), found.revision, found.expires_at), (id, b"two".as_slice(), 2, end));
        assert_eq!(drafts::find(&mut tx, token, end).await.unwrap(), None);
        assert_eq!(drafts::find(&mut tx, [2; 32], NOON).await.unwrap(), None);
        assert!(drafts::write(&mut tx, id, 2, b"late", end, later(120)).await.is_err(), "an ended draft stays ended");
        assert_eq!(drafts::delete_expired(&mut tx, later(59), 10).await.unwrap(), 0);
        assert_eq!(drafts::delete_expired(&mut tx, end, 10).await.unwrap(), 1);
        drafts::delete(&mut tx, id).await.unwrap();
    }

    async fn fifty_with_one_key_have_one_effect_and_one_answer(db: TestDb) {
        let answer = || Answer { subject: Some([4; 16]), status: 201, json: json!({"code": "PD-7K3M-9QXT", "n": 1}) };
        let calls: Vec<_> = (0..50)
            .map(|_| {
                let (db, answer) = (Db::clone(&db), answer());
                tokio::spawn(async move {
                    let mut tx = db.begin().await.unwrap();
                    let begun = idempotency::begin(&mut tx, "orders", [1; 32], [2; 32], NOON, later(60)).await.unwrap();
                    if begun == Begun::First {
                        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
                        idempotency::finish(&mut tx, "orders", [1; 32], &answer).await.unwrap();
                    }
                    tx.commit().await.unwrap();
                    begun
                })
            })
            .collect();
        let mut first = 0;
        for call in calls {
            match call.await.unwrap() {
                Begun::First => first += 1,
                Begun::Done(found) => assert_eq!(found, answer()),
                other => panic!("{other:?}"),
            }
        }
        assert_eq!(first, 1);
    }

    async fn a_key_is_for_one_body_and_one_scope_and_ends(db: TestDb) {
        let mut tx = db.begin().await.unwrap();
        assert_eq!(idempotency::begin(&mut tx, "a", [1; 32], [2; 32], NOON, later(60)).await.unwrap(), Begun::First);
        assert_eq!(idempotency::begin(&mut tx, "a", [1; 32], [2; 32], NOON, later(60)).await.unwrap(), Begun::InProgress);
        assert_eq!(idempotency::begin(&mut tx, "a", [1; 32], [3; 32], NOON, later(60)).await.unwrap(), Begun::OtherBody);
        assert_eq!(idempotency::begin(&mut tx, "b", [1; 32], [3; 32], NOON, later(60)).await.unwrap(), Begun::First);
        idempotency::abandon(&mut tx, "a", [1; 32]).await.unwrap();
        assert_eq!(idempotency::begin(&mut tx, "a", [1; 32], [3; 32], NOON, later(60)).await.unwrap(), Begun::First);
        let answer = Answer { subject: None, status: 200, json: json!(null) };
        idempotency::finish(&mut tx, "a", [1; 32], &answer).await.unwrap();
        assert!(matches!(idempotency::finish(&mut tx, "a", [1; 32], &answer).await, Err(StoreError::Conflict { .. })));
        idempotency::abandon(&mut tx, "a", [1; 32]).await.unwrap();
        assert_eq!(idempotency::begin(&mut tx, "a", [1; 32], [3; 32], NOON, later(60)).await.unwrap(), Begun::Done(answer.clone()));
        // Looking takes nothing.
        for _ in 0..2 {
            assert_eq!(idempotency::look(&mut tx, "a", [9; 32], [3; 32], NOON).await.unwrap(), Begun::First);
        }
        assert_eq!(idempotency::look(&mut tx, "a", [1; 32], [2; 32], NOON).await.unwrap(), Begun::OtherBody);
        assert_eq!(idempotency::look(&mut tx, "a", [1; 32], [3; 32], NOON).await.unwrap(), Begun::Done(answer));
        assert_eq!(idempotency::look(&mut tx, "a", [1; 32], [3; 32], later(60)).await.unwrap(), Begun::First);
        assert_eq!(idempotency::begin(&mut tx, "a", [1; 32], [9; 32], later(60), later(90)).await.unwrap(), Begun::First);
        assert_eq!(idempotency::delete_expired(&mut tx, later(60), 10).await.unwrap(), 1);
    }

    async fn what_is_not_published_is_not_seen(db: TestDb) {
        let entry = |id, slug: &str, position, published_at| Announcement {
            id: AnnouncementId::from_u128(id),
            slug: slug.into(),
            kind: AnnouncementKind::Notice,
            title: TwoTongued { ko: "제목".into(), en: "Title".into() },
            body: TwoTongued { ko: "본문".into(), en: "Body".into() },
            position,
            published_at,
        };
        let mut tx = db.begin().await.unwrap();
        for new in [entry(1, "now", 0, Some(NOON)), entry(2, "draft", 0, None), entry(3, "later", 0, Some(later(1))), entry(4, "old", 9, Some(later(-9)))] {
            assert!(announcements::add_missing(&mut tx, &new, NOON).await.unwrap());
        }
        assert!(!announcements::add_missing(&mut tx, &entry(5, "now", 0, None), NOON).await.unwrap());
        let seen = announcements::published(&mut tx, AnnouncementKind::Notice, NOON, 9).await.unwrap();
        assert_eq!(seen, [entry(1, "now", 0, Some(NOON)), entry(4, "old", 9, Some(later(-9)))]);
        assert_eq!(announcements::published(&mut tx, AnnouncementKind::Notice, NOON, 1).await.unwrap().len(), 1);
        assert!(announcements::published(&mut tx, AnnouncementKind::Faq, NOON, 9).await.unwrap().is_empty());
        for (slug, seen) in [("now", true), ("draft", false), ("later", false), ("none", false)] {
            let found = announcements::by_slug(&mut tx, AnnouncementKind::Notice, slug, NOON).await.unwrap();
            assert_eq!(found.is_some(), seen, "{slug}");
        }
        assert_eq!(announcements::by_slug(&mut tx, AnnouncementKind::Faq, "now", NOON).await.unwrap(), None);
    }

    async fn a_documents_text_is_the_one_that_was_hashed(db: TestDb) {
        let version = |version, body: &str, effective_from| Document {
            kind: "terms".into(),
            version,
            title: TwoTongued { ko: "약관".into(), en: "Terms".into() },
            body: TwoTongued { ko: body.into(), en: body.into() },
            effective_from,
        };
        let (one, two) = (version(1, "one", NOON), version(2, "two", later(10)));
        let mut tx = db.begin().await.unwrap();
        assert!(documents::add_missing(&mut tx, &one, NOON).await.unwrap());
        assert!(documents::add_missing(&mut tx, &two, NOON).await.unwrap());
        assert!(!documents::add_missing(&mut tx, &version(2, "other", NOON), NOON).await.unwrap());
        assert_eq!(documents::in_force(&mut tx, "terms", later(-1)).await.unwrap(), None);
        assert_eq!(documents::in_force(&mut tx, "terms", later(9)).await.unwrap(), Some(one.clone()));
        assert_eq!(documents::in_force(&mut tx, "terms", later(10)).await.unwrap(), Some(two));
        assert_eq!(documents::find(&mut tx, "terms", 1).await.unwrap(), Some(one));
        assert_eq!(documents::find(&mut tx, "terms", 9).await.unwrap(), None);
        run(&mut tx, "UPDATE documents SET body_ko = 'ONE' WHERE version = 1").await;
        let wrong = documents::find(&mut tx, "terms", 1).await.unwrap_err();
        assert!(matches!(wrong, StoreError::Corrupt { table: "documents", .. }), "{wrong}");
    }

    async fn inquiries_are_counted_by_address(db: TestDb) {
        let hashes = db.keys.address_hashes("203.0.113.7".parse().unwrap());
        let mut tx = db.begin().await.unwrap();
        for id in 1..=3_u32 {
            let new = NewInquiry {
                id: InquiryId::from_u128(u128::from(id)),
                name_enc: vec![1],
                phone_enc: vec![2],
                phone_hmac: db.keys.phone_hash(&Phone::parse("01012345678").unwrap()),
                body_enc: vec![3],
                address_hmac: hashes[0],
                created_at: later(i64::from(id)),
            };
            inquiries::insert(&mut tx, &new).await.unwrap();
        }
        assert_eq!(inquiries::count_by_address(&mut tx, hashes, later(2)).await.unwrap(), 2);
        assert_eq!(inquiries::count_by_address(&mut tx, [[0; 32]; 2], NOON).await.unwrap(), 0);
    }

    async fn the_feed_shows_each_payout_once_newest_first(db: TestDb) {
        seeded(&db).await;
        let mut tx = db.begin().await.unwrap();
        let mut entries = Vec::new();
        for number in 1..=3_u64 {
            let entry = FeedEntry {
                id: FeedId::from_u128(u128::from(number)),
                order_id: an_order(&mut tx, number).await,
                brand: "cultureland".into(),
                qty: 2,
                amount: Won::whole(40_000),
                masked: "홍**".into(),
                paid_at: later(i64::try_from(number).unwrap()),
            };
            assert!(feed::insert(&mut tx, &entry).await.unwrap());
            entries.push(entry);
        }
        let again = FeedEntry { id: FeedId::from_u128(9), ..entries[0].clone() };
        assert!(!feed::insert(&mut tx, &again).await.unwrap());
        assert_eq!(feed::newest(&mut tx, later(2), 9).await.unwrap(), [entries[1].clone(), entries[0].clone()]);
        assert_eq!(feed::newest(&mut tx, later(9), 1).await.unwrap(), [entries[2].clone()]);
        run(&mut tx, "UPDATE live_feed SET amount = -1").await;
        assert!(matches!(feed::newest(&mut tx, later(9), 9).await, Err(StoreError::Corrupt { table: "live_feed", .. })));
    }

    async fn a_risk_rule_hits_an_order_once(db: TestDb) {
        seeded(&db).await;
        let mut tx = db.begin().await.unwrap();
        let order = an_order(&mut tx, 1).await;
        let flag = |id, reason: &str, score| RiskFlag {
            id: FlagId::from_u128(id),
            reason: reason.into(),
            score,
            subject: None,
            seen: None,
            bound: None,
            created_at: NOON,
        };
        risk::insert_many(&mut tx, &[(order, &flag(1, "night", 10)), (order, &flag(2, "many_pins", 30))]).await.unwrap();
        risk::insert_many(&mut tx, &[(order, &flag(3, "night", 99))]).await.unwrap();
        risk::insert_many(&mut tx, &[]).await.unwrap();
        assert_eq!(risk::of_order(&mut tx, order).await.unwrap(), [flag(2, "many_pins", 30), flag(1, "night", 10)]);
    }

    async fn the_audit_log_tells_a_targets_story(db: TestDb) {
        let line = |id, action: &str, at| AuditLine {
            id: AuditId::from_u128(id),
            actor: "worker:payout".into(),
            action: action.into(),
            target_type: "payout".into(),
            target_id: "po_1".into(),
            meta: json!({"attempt": 1}),
            at,
            kind: AuditKind::View,
            user: Some(UserId::from_u128(5)),
            session: Some("0123456789abcdef".into()),
            address: Some("203.0.113.7".into()),
            reason: Some("고객 문의 확인".into()),
        };
        let mut tx = db.begin().await.unwrap();
        for new in [line(1, "payout.send", NOON), line(2, "payout.paid", later(1))] {
            audit::insert(&mut tx, &new).await.unwrap();
        }
        let story = audit::of_target(&mut tx, "payout", "po_1", 9).await.unwrap();
        assert_eq!(story, [line(2, "payout.paid", later(1)), line(1, "payout.send", NOON)]);
        assert_eq!(audit::of_target(&mut tx, "payout", "po_1", 1).await.unwrap().len(), 1);
        assert!(audit::of_target(&mut tx, "order", "po_1", 9).await.unwrap().is_empty());
    }

    async fn nonsense_in_a_row_is_named_with_its_table_and_key(db: TestDb) {
        seeded(&db).await;
        let mut tx = db.begin().await.unwrap();
        run(&mut tx, "UPDATE catalog SET form_json = '{}' WHERE brand = 'nexon'").await;
        run(&mut tx, "UPDATE banks SET hours_json = '{\"open\": 9, \"close\": 3}' WHERE bank_code = '004'").await;
        let brand = catalog::all(&mut tx).await.unwrap_err().to_string();
        assert!(brand.contains("nexon in catalog: form_json"), "{brand}");
        let bank = banks::all(&mut tx).await.unwrap_err().to_string();
        assert!(bank.contains("004 in banks: hours_json"), "{bank}");
    }
}
