-- The form /meld: who may use it, what is being written, and what its senders may see afterwards.

-- One-time links that an operator has given to organisations without a system of their own, by the hash of their token.
CREATE TABLE form_invites (
    token_sha256 BYTES NOT NULL PRIMARY KEY,
    -- Organisation number, and what the organisation is called.
    organisation TEXT NOT NULL,
    organisation_name TEXT NOT NULL,
    -- Code of the kind of reporter (melderkategori).
    category TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    -- It can be used until then.
    expires BIGINT NOT NULL,
    -- NULL: it can still be used.
    used_at BIGINT
);

-- Reports that are being written. Each is reached only by its token, and is gone when it is sent, thrown away or expired.
CREATE TABLE form_drafts (
    id BYTES NOT NULL PRIMARY KEY,
    token_sha256 BYTES NOT NULL UNIQUE,
    -- organisation: came by a link. private: a private person. staff: a signed-in person.
    holder TEXT NOT NULL CHECK (holder IN ('organisation', 'private', 'staff')),
    -- Set when the holder is an organisation.
    organisation TEXT,
    organisation_name TEXT,
    category TEXT,
    -- Set when the holder is staff.
    user_id BYTES REFERENCES users (id),
    -- What every form of the draft carries.
    form_secret TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires BIGINT NOT NULL,
    -- The draft's own key and the key-encryption key that wraps it; NULL when sealing is off.
    key_id TEXT,
    wrapped BYTES,
    -- JSON: what has been filled in; sealed.
    body BYTES NOT NULL
) CLUSTERED;
CREATE INDEX form_drafts_expires ON form_drafts (expires);
CREATE INDEX form_drafts_holder ON form_drafts (holder, created_at);

-- Reports that came through the form: how, who wrote them, and what their senders may see. Nothing about the person.
CREATE TABLE form_reports (
    message BYTES NOT NULL PRIMARY KEY REFERENCES messages (id),
    -- SHA-256 of the secret code by which the sender sees what has become of it.
    code_sha256 BYTES NOT NULL UNIQUE,
    holder TEXT NOT NULL CHECK (holder IN ('organisation', 'private', 'staff')),
    -- form: the sender wrote it. telephone, meeting, post: somebody at the unit wrote down what came.
    source TEXT NOT NULL CHECK (source IN ('form', 'telephone', 'meeting', 'post')),
    -- Organisation number, when the holder is an organisation.
    organisation TEXT,
    -- Name at work of the one who wrote it, when the holder is staff.
    written_by TEXT,
    -- 1: the consent lets the sender see what has become of it. 0: only that it has been received.
    feedback BIGINT NOT NULL,
    -- Name of the version of the declaration of consent that was accepted; empty when none was asked for.
    consent_version TEXT NOT NULL,
    sent_at BIGINT NOT NULL
) CLUSTERED;
CREATE INDEX form_reports_organisation ON form_reports (organisation, sent_at) WHERE organisation IS NOT NULL;
