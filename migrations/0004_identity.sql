-- How the person of a draft was established. Holds what was proved and found, nothing that was read from the chip.
CREATE TABLE identity_check (
  id TEXT PRIMARY KEY,
  draft_id TEXT NOT NULL REFERENCES draft (id),
  who TEXT NOT NULL CHECK (who IN ('applicant', 'owner')),
  at TEXT NOT NULL,
  officer_id TEXT NOT NULL REFERENCES account (id),
  officer_name TEXT NOT NULL,
  purpose TEXT NOT NULL CHECK (purpose IN ('identify', 'identify-with-face')),
  method TEXT NOT NULL CHECK (method IN ('chip')),
  outcome TEXT NOT NULL CHECK (outcome IN ('same-person', 'another-person', 'card-expired', 'card-lost', 'undecided')),
  protocol TEXT NOT NULL CHECK (protocol IN ('BAC', 'PACE')),
  downgraded INTEGER NOT NULL CHECK (downgraded IN (0, 1)),
  contents TEXT NOT NULL CHECK (contents IN ('unchanged', 'changed', 'not-checked')),
  signature TEXT NOT NULL CHECK (signature IN ('valid', 'invalid', 'unsupported', 'not-checked')),
  chain TEXT NOT NULL CHECK (chain IN ('trusted', 'no-anchor', 'expired', 'revoked', 'invalid', 'not-checked')),
  copy TEXT NOT NULL CHECK (copy IN ('original', 'copied', 'not-offered', 'unsupported', 'not-checked')),
  signer TEXT,
  differences TEXT NOT NULL CHECK (json_valid(differences)),
  reader TEXT NOT NULL,
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  -- Three results, never blended: a chain without a signature, or a signature over other contents, cannot be.
  CHECK (chain <> 'trusted' OR signature = 'valid')
) STRICT;
CREATE INDEX identity_check_of_draft ON identity_check (draft_id, at);
CREATE TRIGGER identity_check_no_update BEFORE UPDATE ON identity_check BEGIN SELECT RAISE(ABORT, 'identity_check is append-only'); END;
CREATE TRIGGER identity_check_no_delete BEFORE DELETE ON identity_check BEGIN SELECT RAISE(ABORT, 'identity_check is append-only'); END;

-- CSCA certificates that an administrator trusts. A removed one stays, so that it is known what was trusted when.
CREATE TABLE trust_anchor (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  certificate BLOB NOT NULL,
  country TEXT,
  origin TEXT NOT NULL CHECK (origin IN ('certificate', 'master-list', 'link', 'practice')),
  source TEXT NOT NULL,
  imported_at TEXT NOT NULL,
  imported_by TEXT NOT NULL,
  removed_at TEXT
) STRICT;
CREATE TRIGGER trust_anchor_no_delete BEFORE DELETE ON trust_anchor BEGIN SELECT RAISE(ABORT, 'a trust anchor is removed, not deleted'); END;
CREATE TRIGGER trust_anchor_is_permanent BEFORE UPDATE OF sha256, certificate ON trust_anchor BEGIN SELECT RAISE(ABORT, 'a trust anchor never changes'); END;

-- The newest revocation list of each issuer (its name as DER, hashed).
CREATE TABLE revocation_list (
  issuer_sha256 TEXT PRIMARY KEY CHECK (length(issuer_sha256) = 64),
  list BLOB NOT NULL,
  this_update TEXT NOT NULL,
  imported_at TEXT NOT NULL
) STRICT;
CREATE TRIGGER revocation_list_only_newer BEFORE UPDATE ON revocation_list WHEN NEW.this_update < OLD.this_update
BEGIN SELECT RAISE(ABORT, 'a revocation list only gets newer'); END;
