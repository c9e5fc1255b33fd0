-- The buy-back half: what the shop sells against, what customers hand in, what is owed and what was done about it.
-- Money is whole won, time is UTC microseconds from the application's clock, encrypted columns end in _enc,
-- keyed hashes for look-ups end in _hmac.

CREATE TABLE encryption_keys (
    key_id INTEGER NOT NULL CHECK (key_id BETWEEN 1 AND 65535),
    purpose TEXT NOT NULL CHECK (purpose IN ('data', 'lookup')),
    state TEXT NOT NULL CHECK (state IN ('active', 'retiring', 'retired')),
    check_value BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    retired_at INTEGER,
    PRIMARY KEY (purpose, key_id)
) STRICT;
-- One key of each purpose seals and hashes; the others only open and find.
CREATE UNIQUE INDEX encryption_keys_one_active ON encryption_keys (purpose) WHERE state = 'active';

CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value_json TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE banks (
    bank_code TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('bank', 'securities')),
    name_ko TEXT NOT NULL,
    name_en TEXT NOT NULL,
    position INTEGER NOT NULL,
    enabled INTEGER NOT NULL CHECK (enabled IN (0, 1)),
    hours_json TEXT NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE catalog (
    brand TEXT NOT NULL PRIMARY KEY,
    family TEXT NOT NULL,
    position INTEGER NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('accepting', 'paused', 'stopped')),
    verification TEXT NOT NULL CHECK (verification IN ('issuer', 'manual')),
    info_json TEXT NOT NULL,
    form_json TEXT NOT NULL,
    version INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE catalog_versions (
    brand TEXT NOT NULL REFERENCES catalog (brand),
    version INTEGER NOT NULL,
    info_json TEXT NOT NULL,
    form_json TEXT NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (brand, version)
) STRICT;

CREATE TABLE rates (
    id BLOB NOT NULL PRIMARY KEY,
    brand TEXT NOT NULL REFERENCES catalog (brand),
    face_min INTEGER NOT NULL CHECK (face_min > 0),
    face_max INTEGER NOT NULL,
    basis_points INTEGER NOT NULL CHECK (basis_points > 0 AND basis_points <= 10000),
    effective_from INTEGER NOT NULL,
    author TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    CHECK (face_max >= face_min),
    UNIQUE (brand, effective_from, face_min)
) STRICT;

CREATE TABLE payout_fees (
    id BLOB NOT NULL PRIMARY KEY,
    speed TEXT NOT NULL CHECK (speed IN ('instant', 'next_morning')),
    fee INTEGER NOT NULL CHECK (fee >= 0),
    effective_from INTEGER NOT NULL,
    author TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (speed, effective_from)
) STRICT;

CREATE TABLE quotes (
    id BLOB NOT NULL PRIMARY KEY,
    speed TEXT NOT NULL CHECK (speed IN ('instant', 'next_morning')),
    lines_json TEXT NOT NULL,
    total_face_value INTEGER NOT NULL CHECK (total_face_value >= 0),
    fee INTEGER NOT NULL CHECK (fee >= 0),
    net INTEGER NOT NULL CHECK (net >= 0),
    priced_at INTEGER NOT NULL,
    valid_until INTEGER NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX quotes_valid_until ON quotes (valid_until);

CREATE TABLE sell_drafts (
    id BLOB NOT NULL PRIMARY KEY,
    token_hash BLOB NOT NULL UNIQUE,
    data_enc BLOB NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sell_drafts_expires ON sell_drafts (expires_at);

CREATE TABLE otp_challenges (
    id BLOB NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL CHECK (purpose IN ('sell', 'lookup')),
    phone_enc BLOB NOT NULL,
    phone_hmac BLOB NOT NULL,
    address_hmac BLOB NOT NULL,
    code_hmac BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'verified', 'used', 'failed', 'replaced')),
    tries INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    verified_at INTEGER,
    proof_hash BLOB UNIQUE,
    proof_expires_at INTEGER,
    used_at INTEGER
) STRICT;
CREATE INDEX otp_challenges_phone ON otp_challenges (phone_hmac, created_at);
CREATE INDEX otp_challenges_address ON otp_challenges (address_hmac, created_at);
CREATE INDEX otp_challenges_created ON otp_challenges (created_at);
-- One code at a time per phone and purpose.
CREATE UNIQUE INDEX otp_challenges_one_open ON otp_challenges (phone_hmac, purpose) WHERE state = 'open';

CREATE TABLE orders (
    id BLOB NOT NULL PRIMARY KEY,
    code TEXT NOT NULL UNIQUE,
    quote_id BLOB NOT NULL UNIQUE REFERENCES quotes (id),
    status TEXT NOT NULL CHECK (status IN ('submitted', 'verifying', 'locking', 'settled', 'paying', 'paid', 'rejected', 'cancelled', 'held')),
    held_from TEXT CHECK (held_from IN ('submitted', 'verifying', 'locking', 'settled', 'paying')),
    hold_reason TEXT,
    revision INTEGER NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('ko', 'en')),
    speed TEXT NOT NULL CHECK (speed IN ('instant', 'next_morning')),
    name_enc BLOB NOT NULL,
    phone_enc BLOB NOT NULL,
    phone_hmac BLOB NOT NULL,
    bank_code TEXT NOT NULL REFERENCES banks (bank_code),
    account_no_enc BLOB NOT NULL,
    account_no_hmac BLOB NOT NULL,
    holder_enc BLOB NOT NULL,
    holder_check TEXT NOT NULL CHECK (holder_check IN ('matched', 'differs', 'unknown')),
    fee INTEGER NOT NULL CHECK (fee >= 0),
    total_face_value INTEGER NOT NULL CHECK (total_face_value >= 0),
    total_payable INTEGER NOT NULL CHECK (total_payable >= 0),
    item_count INTEGER NOT NULL CHECK (item_count BETWEEN 1 AND 100),
    risk_score INTEGER NOT NULL,
    priced_at INTEGER NOT NULL,
    address_enc BLOB NOT NULL,
    address_hmac BLOB NOT NULL,
    agent TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    settled_at INTEGER,
    paid_at INTEGER,
    updated_at INTEGER NOT NULL,
    CHECK ((status = 'held') = (held_from IS NOT NULL))
) STRICT;
CREATE INDEX orders_status_created ON orders (status, created_at);
CREATE INDEX orders_phone_created ON orders (phone_hmac, created_at);
CREATE INDEX orders_account_created ON orders (account_no_hmac, created_at);

CREATE TABLE order_items (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    position INTEGER NOT NULL,
    brand TEXT NOT NULL REFERENCES catalog (brand),
    family TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('submitted', 'verifying', 'verified', 'locking', 'locked', 'settled', 'paid', 'rejected', 'unknown_verify', 'unknown_lock', 'manual', 'cancelled')),
    reason TEXT,
    revision INTEGER NOT NULL,
    pin_enc BLOB NOT NULL,
    pin_hmac BLOB NOT NULL,
    companion_enc BLOB,
    claimed_face INTEGER NOT NULL CHECK (claimed_face > 0),
    rate_bp INTEGER NOT NULL,
    face_value INTEGER,
    payable INTEGER,
    next_check_at INTEGER,
    issuer_ref TEXT,
    verified_at INTEGER,
    locked_at INTEGER,
    paid_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    UNIQUE (order_id, position)
) STRICT;
CREATE INDEX order_items_brand_status ON order_items (brand, status);
-- The rule that a voucher is taken once: one live item per PIN, over all orders.
CREATE UNIQUE INDEX order_items_live_pin ON order_items (family, pin_hmac) WHERE status NOT IN ('rejected', 'cancelled');

CREATE TABLE lock_attempts (
    id BLOB NOT NULL PRIMARY KEY,
    item_id BLOB NOT NULL REFERENCES order_items (id),
    attempt_no INTEGER NOT NULL,
    reference TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL CHECK (state IN ('attempted', 'accepted', 'rejected', 'unknown', 'not_sent')),
    code TEXT,
    face INTEGER,
    issuer_ref TEXT,
    inquiries INTEGER NOT NULL,
    not_found INTEGER NOT NULL,
    attempted_at INTEGER NOT NULL,
    finished_at INTEGER,
    UNIQUE (item_id, attempt_no)
) STRICT;
-- One attempt of an item may be open or done, never two.
CREATE UNIQUE INDEX lock_attempts_one_live ON lock_attempts (item_id) WHERE state IN ('attempted', 'unknown', 'accepted');

CREATE TABLE payouts (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL UNIQUE REFERENCES orders (id),
    amount INTEGER NOT NULL CHECK (amount > 0),
    fee INTEGER NOT NULL CHECK (fee >= 0),
    status TEXT NOT NULL CHECK (status IN ('ready', 'sending', 'unknown', 'paid', 'held', 'failed', 'returned', 'cancelled')),
    revision INTEGER NOT NULL,
    bank_code TEXT NOT NULL REFERENCES banks (bank_code),
    account_no_enc BLOB NOT NULL,
    account_no_hmac BLOB NOT NULL,
    holder_enc BLOB NOT NULL,
    hold_reason TEXT,
    not_before INTEGER NOT NULL,
    next_check_at INTEGER,
    created_at INTEGER NOT NULL,
    executed_at INTEGER,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX payouts_status_created ON payouts (status, created_at);

CREATE TABLE payout_attempts (
    id BLOB NOT NULL PRIMARY KEY,
    payout_id BLOB NOT NULL REFERENCES payouts (id),
    attempt_no INTEGER NOT NULL,
    bank_tran_id TEXT NOT NULL,
    tran_date TEXT NOT NULL,
    tran_dtime TEXT NOT NULL,
    amount INTEGER NOT NULL CHECK (amount > 0),
    state TEXT NOT NULL CHECK (state IN ('attempted', 'accepted', 'rejected', 'unknown', 'not_sent')),
    rsp_code TEXT,
    bank_rsp_code TEXT,
    inquiries INTEGER NOT NULL,
    not_found INTEGER NOT NULL,
    attempted_at INTEGER NOT NULL,
    finished_at INTEGER,
    UNIQUE (payout_id, attempt_no),
    UNIQUE (tran_date, bank_tran_id)
) STRICT;
-- A payout has at most one transfer that may have moved money.
CREATE UNIQUE INDEX payout_attempts_one_live ON payout_attempts (payout_id) WHERE state IN ('attempted', 'unknown', 'accepted');

CREATE TABLE messages (
    id BLOB NOT NULL PRIMARY KEY,
    client_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('otp', 'accepted', 'item_problem', 'paid', 'held')),
    subject_id BLOB NOT NULL,
    unique_key TEXT NOT NULL UNIQUE,
    channel TEXT NOT NULL CHECK (channel IN ('SMS', 'LMS', 'MMS')),
    phone_enc BLOB NOT NULL,
    phone_hmac BLOB NOT NULL,
    body_enc BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'handing', 'handed', 'delivered', 'failed', 'unknown', 'dropped')),
    done_code TEXT,
    created_at INTEGER NOT NULL,
    handed_at INTEGER,
    done_at INTEGER
) STRICT;
CREATE INDEX messages_state_created ON messages (state, created_at);
CREATE INDEX messages_subject ON messages (subject_id, created_at);

CREATE TABLE order_events (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    item_id BLOB REFERENCES order_items (id),
    kind TEXT NOT NULL,
    detail_json TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX order_events_order ON order_events (order_id, created_at);

CREATE TABLE partner_calls (
    id BLOB NOT NULL PRIMARY KEY,
    party TEXT NOT NULL,
    operation TEXT NOT NULL,
    reference TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT,
    started_at INTEGER NOT NULL,
    finished_at INTEGER NOT NULL
) STRICT;
CREATE INDEX partner_calls_subject ON partner_calls (subject_id, started_at);

CREATE TABLE outbox (
    id BLOB NOT NULL PRIMARY KEY,
    lane TEXT NOT NULL CHECK (lane IN ('verify', 'lock', 'settle', 'payout', 'message', 'housekeeping')),
    kind TEXT NOT NULL,
    subject_id BLOB NOT NULL,
    unique_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('ready', 'claimed', 'done', 'review')),
    claim_epoch INTEGER NOT NULL,
    claimed_by TEXT,
    lease_until INTEGER,
    attempts INTEGER NOT NULL,
    next_attempt_at INTEGER NOT NULL,
    last_error_code TEXT,
    created_at INTEGER NOT NULL,
    done_at INTEGER,
    UNIQUE (kind, unique_key)
) STRICT;
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE state = 'ready';
CREATE INDEX outbox_leases ON outbox (lease_until) WHERE state = 'claimed';
CREATE INDEX outbox_subject ON outbox (subject_id);
CREATE INDEX outbox_done ON outbox (done_at) WHERE state = 'done';

CREATE TABLE idempotency_keys (
    scope TEXT NOT NULL,
    key_hash BLOB NOT NULL,
    body_hash BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('started', 'finished')),
    subject_id BLOB,
    response_status INTEGER,
    response_json TEXT,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (scope, key_hash)
) STRICT;
CREATE INDEX idempotency_keys_expires ON idempotency_keys (expires_at);

CREATE TABLE web_sessions (
    id_hash BLOB NOT NULL PRIMARY KEY,
    user_id BLOB,
    data_enc BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    absolute_expires_at INTEGER NOT NULL,
    address_hmac BLOB,
    agent_hmac BLOB,
    step_up_at INTEGER
) STRICT;
CREATE INDEX web_sessions_expires ON web_sessions (expires_at);
CREATE INDEX web_sessions_user ON web_sessions (user_id) WHERE user_id IS NOT NULL;

CREATE TABLE live_feed (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL UNIQUE REFERENCES orders (id),
    brand TEXT NOT NULL,
    qty INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    masked TEXT NOT NULL,
    status TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX live_feed_created ON live_feed (created_at DESC);

CREATE TABLE announcements (
    id BLOB NOT NULL PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('notice', 'faq')),
    title_ko TEXT NOT NULL,
    title_en TEXT NOT NULL,
    body_ko TEXT NOT NULL,
    body_en TEXT NOT NULL,
    position INTEGER NOT NULL,
    published_at INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;
CREATE INDEX announcements_published ON announcements (kind, published_at DESC);

CREATE TABLE documents (
    kind TEXT NOT NULL CHECK (kind IN ('terms', 'privacy', 'consent_terms', 'consent_privacy', 'consent_own_voucher', 'consent_marketing', 'guide')),
    version INTEGER NOT NULL,
    title_ko TEXT NOT NULL,
    title_en TEXT NOT NULL,
    body_ko TEXT NOT NULL,
    body_en TEXT NOT NULL,
    hash_ko BLOB NOT NULL,
    hash_en BLOB NOT NULL,
    effective_from INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    PRIMARY KEY (kind, version)
) STRICT;

CREATE TABLE privacy_consents (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    phone_hmac BLOB NOT NULL,
    consent_type TEXT NOT NULL,
    document_version INTEGER NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('ko', 'en')),
    text_hash BLOB NOT NULL,
    granted INTEGER NOT NULL CHECK (granted IN (0, 1)),
    granted_at INTEGER NOT NULL,
    UNIQUE (order_id, consent_type),
    FOREIGN KEY (consent_type, document_version) REFERENCES documents (kind, version)
) STRICT;
CREATE INDEX privacy_consents_phone ON privacy_consents (phone_hmac, granted_at);

CREATE TABLE risk_flags (
    id BLOB NOT NULL PRIMARY KEY,
    order_id BLOB NOT NULL REFERENCES orders (id),
    reason TEXT NOT NULL,
    score INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (order_id, reason)
) STRICT;

CREATE TABLE audit_logs (
    id BLOB NOT NULL PRIMARY KEY,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    target_type TEXT NOT NULL,
    target_id TEXT NOT NULL,
    meta_json TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_logs_target ON audit_logs (target_type, target_id, created_at);
CREATE INDEX audit_logs_created ON audit_logs (created_at);

CREATE TABLE inquiries (
    id BLOB NOT NULL PRIMARY KEY,
    name_enc BLOB NOT NULL,
    phone_enc BLOB NOT NULL,
    phone_hmac BLOB NOT NULL,
    body_enc BLOB NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'closed')),
    address_hmac BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX inquiries_address ON inquiries (address_hmac, created_at);
