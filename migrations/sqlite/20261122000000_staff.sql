-- The back office: who works here and with which rights, how they sign in, and a log of what they did that can't be changed unseen.

CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    password_hash TEXT,
    password_changed_at INTEGER,
    totp_enc BLOB,
    totp_confirmed_at INTEGER,
    totp_last_step INTEGER NOT NULL,
    session_epoch INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    last_sign_in_at INTEGER,
    CHECK (state <> 'active' OR password_hash IS NOT NULL)
) STRICT;

CREATE TABLE user_roles (
    user_id BLOB NOT NULL REFERENCES users (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'operator', 'finance_maker', 'finance_approver', 'marketer', 'campaign_approver', 'content', 'auditor')),
    granted_at INTEGER NOT NULL,
    PRIMARY KEY (user_id, role)
) STRICT;

-- Who was given or lost what, by whom and why: kept for years, whatever becomes of the rows above.
CREATE TABLE role_changes (
    id BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('granted', 'revoked')),
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX role_changes_user ON role_changes (user_id, created_at);

CREATE TABLE recovery_codes (
    user_id BLOB NOT NULL REFERENCES users (id),
    code_hash BLOB NOT NULL,
    created_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (user_id, code_hash)
) STRICT;

-- A link to choose a password by, once. Only the hash of its token is here.
CREATE TABLE invitations (
    token_hash BLOB NOT NULL PRIMARY KEY,
    user_id BLOB NOT NULL REFERENCES users (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('invite', 'reset')),
    actor TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    used_at INTEGER
) STRICT;
CREATE INDEX invitations_user ON invitations (user_id, created_at);

-- Every try to sign in or to show the second factor; counted to slow guessing down.
CREATE TABLE sign_in_tries (
    id BLOB NOT NULL PRIMARY KEY,
    login_hmac BLOB NOT NULL,
    address_hmac BLOB NOT NULL,
    factor TEXT NOT NULL CHECK (factor IN ('password', 'code')),
    success INTEGER NOT NULL CHECK (success IN (0, 1)),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX sign_in_tries_login ON sign_in_tries (login_hmac, created_at);
CREATE INDEX sign_in_tries_address ON sign_in_tries (address_hmac, created_at);
CREATE INDEX sign_in_tries_created ON sign_in_tries (created_at);

-- A session of the desk is none of the shop and the other way round; it names the epoch of its user's sessions.
ALTER TABLE web_sessions ADD COLUMN kind TEXT NOT NULL DEFAULT 'shop' CHECK (kind IN ('shop', 'desk'));
ALTER TABLE web_sessions ADD COLUMN epoch INTEGER;

-- Who, when, where, what and why; reading personal data is told of too.
ALTER TABLE audit_logs ADD COLUMN kind TEXT NOT NULL DEFAULT 'change' CHECK (kind IN ('change', 'view', 'export', 'sign_in'));
ALTER TABLE audit_logs ADD COLUMN user_id BLOB;
ALTER TABLE audit_logs ADD COLUMN session TEXT;
ALTER TABLE audit_logs ADD COLUMN address TEXT;
ALTER TABLE audit_logs ADD COLUMN reason TEXT;
CREATE INDEX audit_logs_user ON audit_logs (user_id, created_at) WHERE user_id IS NOT NULL;
CREATE INDEX audit_logs_kind ON audit_logs (kind, created_at);

-- Lines that no link of the chain holds yet; written with the line, taken away with its link.
CREATE TABLE audit_unsealed (
    audit_id BLOB NOT NULL PRIMARY KEY REFERENCES audit_logs (id),
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX audit_unsealed_created ON audit_unsealed (created_at);
INSERT INTO audit_unsealed (audit_id, created_at) SELECT id, created_at FROM audit_logs;

-- Each link hashes its line and the link before.
CREATE TABLE audit_chain (
    audit_id BLOB NOT NULL PRIMARY KEY REFERENCES audit_logs (id),
    seq INTEGER NOT NULL UNIQUE CHECK (seq > 0),
    previous BLOB NOT NULL,
    hash BLOB NOT NULL UNIQUE,
    sealed_at INTEGER NOT NULL
) STRICT;

CREATE TRIGGER audit_logs_no_update BEFORE UPDATE ON audit_logs BEGIN SELECT RAISE(ABORT, 'audit_logs is only added to'); END;
CREATE TRIGGER audit_logs_no_delete BEFORE DELETE ON audit_logs BEGIN SELECT RAISE(ABORT, 'audit_logs is only added to'); END;
CREATE TRIGGER audit_chain_no_update BEFORE UPDATE ON audit_chain BEGIN SELECT RAISE(ABORT, 'audit_chain is only added to'); END;
CREATE TRIGGER audit_chain_no_delete BEFORE DELETE ON audit_chain BEGIN SELECT RAISE(ABORT, 'audit_chain is only added to'); END;
