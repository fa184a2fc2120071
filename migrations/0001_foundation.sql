-- Settings, accounts and the audit chain. Times are UTC instants 'YYYY-MM-DDTHH:MM:SS.sssZ'.

CREATE TABLE setting (
  key TEXT PRIMARY KEY CHECK (length(key) BETWEEN 1 AND 64),
  value TEXT NOT NULL CHECK (json_valid(value)),
  updated_at TEXT NOT NULL CHECK (updated_at GLOB '????-??-??T??:??:??.???Z'),
  updated_by TEXT NOT NULL CHECK (updated_by = 'system' OR length(updated_by) = 36)
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  login_name TEXT NOT NULL CHECK (length(login_name) BETWEEN 2 AND 60),
  -- Lower case, without marks, đ as d: what two accounts may not share.
  login_folded TEXT NOT NULL UNIQUE CHECK (length(login_folded) BETWEEN 2 AND 60),
  full_name TEXT NOT NULL CHECK (length(full_name) BETWEEN 1 AND 200),
  title TEXT NOT NULL CHECK (length(title) <= 200),
  role TEXT NOT NULL CHECK (role IN ('officer', 'supervisor', 'administrator')),
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  must_change INTEGER NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1)),
  -- Argon2id with its parameters; the envelope of the data key has a salt of its own.
  secret_hash TEXT NOT NULL CHECK (json_valid(secret_hash)),
  -- Names the secret that the officer's envelope in the key file must have been sealed under.
  secret_id TEXT NOT NULL CHECK (length(secret_id) = 32),
  failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
  last_failure_at TEXT CHECK (last_failure_at GLOB '????-??-??T??:??:??.???Z'),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.???Z'),
  created_by TEXT NOT NULL CHECK (created_by = 'system' OR length(created_by) = 36),
  CHECK ((failures = 0) = (last_failure_at IS NULL))
) STRICT, WITHOUT ROWID;

CREATE TRIGGER account_keeps_history BEFORE DELETE ON account
BEGIN
  SELECT RAISE(ABORT, 'accounts are disabled, not deleted');
END;

CREATE TRIGGER account_keeps_identity BEFORE UPDATE OF id, login_folded ON account
WHEN NEW.id <> OLD.id OR NEW.login_folded <> OLD.login_folded
BEGIN
  SELECT RAISE(ABORT, 'an account keeps its id and login name');
END;

CREATE TRIGGER account_keeps_administrator BEFORE UPDATE OF role, disabled ON account
WHEN OLD.role = 'administrator' AND OLD.disabled = 0 AND (NEW.role <> 'administrator' OR NEW.disabled = 1)
  AND (SELECT count(*) FROM account WHERE role = 'administrator' AND disabled = 0) = 1
BEGIN
  SELECT RAISE(ABORT, 'the last administrator stays');
END;

CREATE TABLE audit_entry (
  sequence INTEGER PRIMARY KEY CHECK (sequence > 0),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  actor TEXT NOT NULL CHECK (actor = 'system' OR length(actor) = 36),
  action TEXT NOT NULL CHECK (length(action) BETWEEN 3 AND 64),
  subject_type TEXT CHECK (length(subject_type) BETWEEN 1 AND 32),
  subject_id TEXT CHECK (length(subject_id) BETWEEN 1 AND 64),
  detail TEXT NOT NULL CHECK (json_valid(detail) AND json_type(detail) = 'object'),
  previous_hash TEXT NOT NULL CHECK (length(previous_hash) = 64),
  hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
  CHECK ((subject_type IS NULL) = (subject_id IS NULL))
) STRICT;

CREATE INDEX audit_entry_by_subject ON audit_entry (subject_type, subject_id, sequence);
CREATE INDEX audit_entry_by_actor ON audit_entry (actor, sequence);

CREATE TRIGGER audit_entry_follows BEFORE INSERT ON audit_entry
WHEN NEW.sequence IS NOT (SELECT coalesce(max(sequence), 0) + 1 FROM audit_entry)
  OR NEW.previous_hash IS NOT coalesce(
    (SELECT hash FROM audit_entry ORDER BY sequence DESC LIMIT 1),
    '0000000000000000000000000000000000000000000000000000000000000000')
BEGIN
  SELECT RAISE(ABORT, 'an audit entry follows the one before it');
END;

CREATE TRIGGER audit_entry_stays BEFORE UPDATE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit entries are not changed');
END;

CREATE TRIGGER audit_entry_remains BEFORE DELETE ON audit_entry
BEGIN
  SELECT RAISE(ABORT, 'audit entries are not deleted');
END;

-- The end of the chain under a key, so that cutting entries off the end shows.
CREATE TABLE audit_head (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  sequence INTEGER NOT NULL CHECK (sequence > 0),
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  mac TEXT NOT NULL CHECK (length(mac) = 64)
) STRICT;

CREATE TRIGGER audit_head_advances BEFORE UPDATE ON audit_head
WHEN NEW.id <> OLD.id OR NEW.sequence <= OLD.sequence
BEGIN
  SELECT RAISE(ABORT, 'the audit head only advances');
END;

CREATE TRIGGER audit_head_remains BEFORE DELETE ON audit_head
BEGIN
  SELECT RAISE(ABORT, 'the audit head is not deleted');
END;
