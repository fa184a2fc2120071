-- A helper (Tổ công nghệ số cộng đồng) fills in drafts beside the citizen. Times are UTC instants.

-- The roles are named in a CHECK, which SQLite cannot change: the table is made anew with one more, all else word for word.
-- References of other tables name `account` and find it again; they are checked before the migration commits.
CREATE TABLE account_anew (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  login_name TEXT NOT NULL CHECK (length(login_name) BETWEEN 2 AND 60),
  -- Lower case, without marks, đ as d: what two accounts may not share.
  login_folded TEXT NOT NULL UNIQUE CHECK (length(login_folded) BETWEEN 2 AND 60),
  full_name TEXT NOT NULL CHECK (length(full_name) BETWEEN 1 AND 200),
  title TEXT NOT NULL CHECK (length(title) <= 200),
  role TEXT NOT NULL CHECK (role IN ('officer', 'supervisor', 'administrator', 'helper')),
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

INSERT INTO account_anew
  (id, login_name, login_folded, full_name, title, role, disabled, must_change, secret_hash, secret_id, failures, last_failure_at, created_at, created_by)
SELECT id, login_name, login_folded, full_name, title, role, disabled, must_change, secret_hash, secret_id, failures, last_failure_at, created_at, created_by
FROM account;
DROP TABLE account;
ALTER TABLE account_anew RENAME TO account;

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

-- With the helper until it is handed over, with the officers from then on, and one officer's from the acceptance on.
-- Until then `draft.officer_id` is the helper.
CREATE TABLE assisted_draft (
  draft_id TEXT PRIMARY KEY REFERENCES draft (id),
  helper_id TEXT NOT NULL REFERENCES account (id),
  -- When the citizen agreed; nothing about them is typed before.
  consent_at TEXT NOT NULL CHECK (consent_at GLOB '????-??-??T??:??:??.???Z'),
  -- The number that is told to the citizen, and its day in Asia/Ho_Chi_Minh; kept when the draft is sent back.
  day TEXT CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  number INTEGER CHECK (number >= 1),
  handed_at TEXT CHECK (handed_at GLOB '????-??-??T??:??:??.???Z'),
  -- What the helper wants the officer to know.
  note TEXT NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
  sent_back_at TEXT CHECK (sent_back_at GLOB '????-??-??T??:??:??.???Z'),
  sent_back_note TEXT NOT NULL DEFAULT '' CHECK (length(sent_back_note) <= 1000),
  accepted_at TEXT CHECK (accepted_at GLOB '????-??-??T??:??:??.???Z'),
  accepted_by TEXT REFERENCES account (id),
  UNIQUE (day, number),
  CHECK ((day IS NULL) = (number IS NULL)),
  CHECK (handed_at IS NULL OR number IS NOT NULL),
  CHECK (accepted_at IS NULL OR handed_at IS NOT NULL),
  CHECK ((accepted_at IS NULL) = (accepted_by IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX assisted_draft_waiting ON assisted_draft (handed_at) WHERE accepted_at IS NULL;
CREATE INDEX assisted_draft_of_helper ON assisted_draft (helper_id, handed_at);

CREATE TRIGGER assisted_draft_keeps_consent BEFORE UPDATE OF draft_id, helper_id, consent_at ON assisted_draft
WHEN NEW.draft_id <> OLD.draft_id OR NEW.helper_id <> OLD.helper_id OR NEW.consent_at <> OLD.consent_at
BEGIN
  SELECT RAISE(ABORT, 'an assisted draft keeps its helper and the consent');
END;

CREATE TRIGGER assisted_draft_keeps_number BEFORE UPDATE OF day, number ON assisted_draft
WHEN OLD.number IS NOT NULL AND (NEW.day IS NOT OLD.day OR NEW.number IS NOT OLD.number)
BEGIN
  SELECT RAISE(ABORT, 'an assisted draft keeps its number');
END;

CREATE TRIGGER assisted_draft_stays_accepted BEFORE UPDATE ON assisted_draft WHEN OLD.accepted_at IS NOT NULL
BEGIN
  SELECT RAISE(ABORT, 'an accepted draft stays accepted');
END;

CREATE TRIGGER assisted_draft_remains BEFORE DELETE ON assisted_draft
BEGIN
  SELECT RAISE(ABORT, 'assisted drafts are not deleted');
END;

CREATE TRIGGER draft_is_accepted_before_its_commit BEFORE UPDATE OF state ON draft WHEN NEW.state = 'committed' AND EXISTS (
  SELECT 1 FROM assisted_draft a WHERE a.draft_id = NEW.id AND a.accepted_at IS NULL)
BEGIN
  SELECT RAISE(ABORT, 'a helper''s draft is accepted before it is committed');
END;

CREATE TRIGGER draft_of_a_helper_stays_theirs BEFORE UPDATE OF officer_id ON draft WHEN NEW.officer_id <> OLD.officer_id AND EXISTS (
  SELECT 1 FROM assisted_draft a WHERE a.draft_id = NEW.id AND a.accepted_by IS NOT NEW.officer_id)
BEGIN
  SELECT RAISE(ABORT, 'a helper''s draft goes to the officer who accepted it');
END;
