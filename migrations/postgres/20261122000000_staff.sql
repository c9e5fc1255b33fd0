-- The back office: who works here and with which rights, how they sign in, and a log of what they did that can't be changed unseen.

CREATE TABLE users (
    id UUID NOT NULL PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    password_hash TEXT,
    password_changed_at BIGINT,
    totp_enc BYTEA,
    totp_confirmed_at BIGINT,
    totp_last_step BIGINT NOT NULL,
    session_epoch BIGINT NOT NULL,
    revision BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    last_sign_in_at BIGINT,
    CHECK (state <> 'active' OR password_hash IS NOT NULL)
);

CREATE TABLE user_roles (
    user_id UUID NOT NULL REFERENCES users (id),
    role TEXT NOT NULL CHECK (role IN ('owner', 'operator', 'finance_maker', 'finance_approver', 'marketer', 'campaign_approver', 'content', 'auditor')),
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (user_id, role)
);

-- Who was given or lost what, by whom and why: kept for years, whatever becomes of the rows above.
CREATE TABLE role_changes (
    id UUID NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    role TEXT NOT NULL,
    change TEXT NOT NULL CHECK (change IN ('granted', 'revoked')),
    actor TEXT NOT NULL,
    reason TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX role_changes_user ON role_changes (user_id, created_at);

CREATE TABLE recovery_codes (
    user_id UUID NOT NULL REFERENCES users (id),
    code_hash BYTEA NOT NULL,
    created_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (user_id, code_hash)
);

-- A link to choose a password by, once. Only the hash of its token is here.
CREATE TABLE invitations (
    token_hash BYTEA NOT NULL PRIMARY KEY,
    user_id UUID NOT NULL REFERENCES users (id),
    purpose TEXT NOT NULL CHECK (purpose IN ('invite', 'reset')),
    actor TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE INDEX invitations_user ON invitations (user_id, created_at);

-- Every try to sign in or to show the second factor; counted to slow guessing down.
CREATE TABLE sign_in_tries (
    id UUID NOT NULL PRIMARY KEY,
    login_hmac BYTEA NOT NULL,
    address_hmac BYTEA NOT NULL,
    factor TEXT NOT NULL CHECK (factor IN ('password', 'code')),
    success BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX sign_in_tries_login ON sign_in_tries (login_hmac, created_at);
CREATE INDEX sign_in_tries_address ON sign_in_tries (address_hmac, created_at);
CREATE INDEX sign_in_tries_created ON sign_in_tries (created_at);

-- A session of the desk is none of the shop and the other way round; it names the epoch of its user's sessions.
ALTER TABLE web_sessions ADD COLUMN kind TEXT NOT NULL DEFAULT 'shop' CHECK (kind IN ('shop', 'desk'));
ALTER TABLE web_sessions ADD COLUMN epoch BIGINT;

-- Who, when, where, what and why; reading personal data is told of too.
ALTER TABLE audit_logs ADD COLUMN kind TEXT NOT NULL DEFAULT 'change' CHECK (kind IN ('change', 'view', 'export', 'sign_in'));
ALTER TABLE audit_logs ADD COLUMN user_id UUID;
ALTER TABLE audit_logs ADD COLUMN session TEXT;
ALTER TABLE audit_logs ADD COLUMN address TEXT;
ALTER TABLE audit_logs ADD COLUMN reason TEXT;
CREATE INDEX audit_logs_user ON audit_logs (user_id, created_at) WHERE user_id IS NOT NULL;
CREATE INDEX audit_logs_kind ON audit_logs (kind, created_at);

-- Lines that no link of the chain holds yet; written with the line, taken away with its link.
CREATE TABLE audit_unsealed (
    audit_id UUID NOT NULL PRIMARY KEY REFERENCES audit_logs (id),
    created_at BIGINT NOT NULL
);
CREATE INDEX audit_unsealed_created ON audit_unsealed (created_at);
INSERT INTO audit_unsealed (audit_id, created_at) SELECT id, created_at FROM audit_logs;

-- Each link hashes its line and the link before.
CREATE TABLE audit_chain (
    audit_id UUID NOT NULL PRIMARY KEY REFERENCES audit_logs (id),
    seq BIGINT NOT NULL UNIQUE CHECK (seq > 0),
    previous BYTEA NOT NULL,
    hash BYTEA NOT NULL UNIQUE,
    sealed_at BIGINT NOT NULL
);

CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is only added to', TG_TABLE_NAME;
END $$;
CREATE TRIGGER audit_logs_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_logs FOR EACH STATEMENT EXECUTE FUNCTION only_added_to();
CREATE TRIGGER audit_chain_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_chain FOR EACH STATEMENT EXECUTE FUNCTION only_added_to();
