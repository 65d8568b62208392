-- People and access: roles with dates, graded cases and the second who agrees, other ways to sign in, second factors.

-- Roles of people in units. Rows are never removed: who had access when must be known afterwards.
CREATE TABLE memberships (
    id SEQUENCE,
    user_id BYTES NOT NULL REFERENCES users (id),
    -- The unit's name in the unit directory.
    unit TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('case_worker', 'secretary', 'leader', 'member', 'guest', 'coordinator',
        'directory_administrator', 'auditor', 'system_coordinator')),
    -- The one case that a guest is invited to; NULL for every other role.
    item BYTES,
    -- 1: may handle reports about people with a graded address.
    cleared BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    -- It holds until then, and no longer. NULL: until it is ended.
    valid_to BIGINT,
    CHECK ((role = 'guest') = (item IS NOT NULL))
);
CREATE INDEX memberships_user ON memberships (user_id);
CREATE INDEX memberships_unit ON memberships (unit, valid_to);

-- Everybody who could use an inbox so far worked with every case in it, graded ones too.
INSERT INTO memberships (user_id, unit, role, cleared, valid_from)
SELECT g.user_id, g.unit, 'case_worker', 1, u.created_at
FROM user_units AS g
INNER JOIN users AS u ON u.id = g.user_id;
DROP TABLE user_units;

-- Cases that have been lifted to the members of the unit's group.
CREATE TABLE lifts (
    item BYTES NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    -- Who lifted it, and that person's name at work.
    by_id BYTES NOT NULL,
    by_name TEXT NOT NULL
) CLUSTERED;

-- That somebody wants to open a graded case, and who agreed.
CREATE TABLE openings (
    item BYTES NOT NULL,
    user_id BYTES NOT NULL REFERENCES users (id),
    asked_at BIGINT NOT NULL,
    -- NULL: nobody has agreed yet.
    agreed_at BIGINT,
    agreed_id BYTES,
    agreed_name TEXT,
    PRIMARY KEY (item, user_id)
) CLUSTERED;
CREATE INDEX items_graded ON items (unit, state, received_at, id) WHERE protected = 1;

-- Who a person is at a provider of identities (OpenID Connect).
CREATE TABLE identities (
    -- The provider's name in the configuration.
    provider TEXT NOT NULL,
    -- Blind index of the subject: with some providers it is an identity number.
    subject_index BYTES NOT NULL,
    user_id BYTES NOT NULL REFERENCES users (id),
    added_at BIGINT NOT NULL,
    PRIMARY KEY (provider, subject_index)
) CLUSTERED;
CREATE INDEX identities_user ON identities (user_id);

-- Browsers that have been sent to a provider and are to come back.
CREATE TABLE attempts (
    -- Of the `state`.
    state_sha256 BYTES NOT NULL PRIMARY KEY,
    provider TEXT NOT NULL,
    nonce TEXT NOT NULL,
    -- PKCE.
    verifier TEXT NOT NULL,
    -- Of the cookie of the browser that was sent.
    browser_sha256 BYTES NOT NULL,
    -- Where in the inbox to go afterwards.
    back TEXT NOT NULL,
    -- Of the one-time link that is being used, when it is one.
    link_sha256 BYTES,
    -- Who must come back, when somebody proves anew who they are.
    user_id BYTES,
    -- Earliest moment of signing in that is enough.
    not_before BIGINT NOT NULL,
    expires BIGINT NOT NULL
) CLUSTERED;

-- password, oidc, passkey.
ALTER TABLE sessions ADD COLUMN method TEXT NOT NULL DEFAULT 'password';
-- whole: signed in. second: the second factor is still asked for. enrol: one must be chosen first.
ALTER TABLE sessions ADD COLUMN stage TEXT NOT NULL DEFAULT 'whole';
-- How many factors were shown.
ALTER TABLE sessions ADD COLUMN factors BIGINT NOT NULL DEFAULT 1;
-- The provider's name in the configuration; empty for local accounts.
ALTER TABLE sessions ADD COLUMN provider TEXT NOT NULL DEFAULT '';
-- The level of assurance as the provider calls it.
ALTER TABLE sessions ADD COLUMN level TEXT NOT NULL DEFAULT '';
-- When the person last proved who they are.
ALTER TABLE sessions ADD COLUMN proved_at BIGINT NOT NULL DEFAULT 0;
-- The provider's ID token, sealed: it is asked for when signing out there.
ALTER TABLE sessions ADD COLUMN id_token BYTES;

-- One-time codes by the clock (TOTP, RFC 6238).
CREATE TABLE authenticators (
    user_id BYTES NOT NULL PRIMARY KEY REFERENCES users (id),
    -- Sealed. NULL: none is in use.
    secret BYTES,
    -- Sealed: a new one that the person has not shown a code of yet.
    begun BYTES,
    confirmed_at BIGINT,
    -- The step of the newest code that was used: no code is used twice.
    last_step BIGINT NOT NULL
) CLUSTERED;

-- Codes for the day the telephone is lost, by their hash; each is used once.
CREATE TABLE recovery_codes (
    user_id BYTES NOT NULL REFERENCES users (id),
    code_sha256 BYTES NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (user_id, code_sha256)
) CLUSTERED;

-- Passkeys (WebAuthn).
CREATE TABLE passkeys (
    credential BYTES NOT NULL PRIMARY KEY,
    user_id BYTES NOT NULL REFERENCES users (id),
    -- What the person calls it.
    name TEXT NOT NULL,
    -- SubjectPublicKeyInfo, DER.
    public_key BYTES NOT NULL,
    -- COSE: -7 (ES256), -8 (EdDSA), -257 (RS256).
    algorithm BIGINT NOT NULL,
    -- The authenticator's counter; 0 when it does not count.
    signatures BIGINT NOT NULL,
    added_at BIGINT NOT NULL,
    used_at BIGINT
) CLUSTERED;
CREATE INDEX passkeys_user ON passkeys (user_id);

-- Failed attempts to sign in, by where they came from.
CREATE TABLE failed_addresses (
    id SEQUENCE,
    -- Blind index of the network address.
    address_index BYTES NOT NULL,
    at BIGINT NOT NULL
);
CREATE INDEX failed_addresses_address ON failed_addresses (address_index, at);
