-- What citizens think of how they were served, and what they complain about or propose. Times are UTC instants.

-- Append-only. A refusal has no stars; a dossier is rated once.
CREATE TABLE rating (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  channel TEXT NOT NULL CHECK (channel IN ('display', 'slip', 'counter')),
  dossier_id TEXT REFERENCES dossier (id),
  ticket_label TEXT CHECK (length(ticket_label) BETWEEN 1 AND 20),
  refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
  stars INTEGER CHECK (stars BETWEEN 1 AND 5),
  reasons TEXT NOT NULL CHECK (json_valid(reasons) AND json_type(reasons) = 'array'),
  comment TEXT NOT NULL CHECK (length(comment) <= 1000),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  CHECK ((refused = 1) = (stars IS NULL)),
  CHECK (refused = 0 OR (comment = '' AND reasons = '[]'))
) STRICT, WITHOUT ROWID;
CREATE INDEX rating_at ON rating (at);
CREATE UNIQUE INDEX rating_once ON rating (dossier_id) WHERE refused = 0 AND dossier_id IS NOT NULL;
CREATE UNIQUE INDEX rating_refused_once ON rating (dossier_id) WHERE refused = 1 AND dossier_id IS NOT NULL;
CREATE TRIGGER rating_no_update BEFORE UPDATE ON rating BEGIN SELECT RAISE(ABORT, 'rating is append-only'); END;
CREATE TRIGGER rating_no_delete BEFORE DELETE ON rating BEGIN SELECT RAISE(ABORT, 'rating is append-only'); END;

CREATE TABLE rating_slip (
  token TEXT PRIMARY KEY CHECK (length(token) = 20),
  dossier_id TEXT NOT NULL UNIQUE REFERENCES dossier (id),
  made_at TEXT NOT NULL CHECK (made_at GLOB '????-??-??T??:??:??.???Z'),
  used_at TEXT CHECK (used_at GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;
CREATE TRIGGER rating_slip_is_used_once BEFORE UPDATE ON rating_slip
WHEN OLD.used_at IS NOT NULL OR NEW.used_at IS NULL OR NEW.token <> OLD.token OR NEW.dossier_id <> OLD.dossier_id OR NEW.made_at <> OLD.made_at
BEGIN SELECT RAISE(ABORT, 'a slip is used once'); END;
CREATE TRIGGER rating_slip_no_delete BEFORE DELETE ON rating_slip BEGIN SELECT RAISE(ABORT, 'a slip is not deleted'); END;

-- Complaints and proposals: 0 draft, 1 taken, 2 received by the city, 3 being handled, 4 needs a supplement, 5 answered, 6 refused, 7 closed, 8 withdrawn.
CREATE TABLE feedback (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  officer_id TEXT NOT NULL REFERENCES account (id),
  officer_name TEXT NOT NULL,
  state INTEGER NOT NULL DEFAULT 0 CHECK (state BETWEEN 0 AND 8),
  revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
  content TEXT NOT NULL CHECK (json_valid(content) AND length(content) <= 60000),
  kind TEXT NOT NULL GENERATED ALWAYS AS (json_extract(content, '$.kind')) VIRTUAL CHECK (kind IN ('complaint', 'proposal', 'praise')),
  dossier_id TEXT REFERENCES dossier (id),
  started_at TEXT NOT NULL CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
  saved_at TEXT NOT NULL CHECK (saved_at GLOB '????-??-??T??:??:??.???Z'),
  number TEXT UNIQUE CHECK (number GLOB 'PA-*'),
  agency TEXT,
  counter TEXT,
  -- the running number of a civil day of this counter
  day TEXT CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  running INTEGER CHECK (running >= 1),
  taken_at TEXT CHECK (taken_at GLOB '????-??-??T??:??:??.???Z'),
  refuse_by TEXT CHECK (refuse_by GLOB '????-??-??T??:??:??.???Z'),
  supplement_by TEXT CHECK (supplement_by GLOB '????-??-??T??:??:??.???Z'),
  answer_by TEXT CHECK (answer_by GLOB '????-??-??T??:??:??.???Z'),
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  UNIQUE (day, running),
  CHECK ((state = 0) = (number IS NULL)),
  CHECK ((number IS NULL) = (taken_at IS NULL) AND (number IS NULL) = (day IS NULL) AND (number IS NULL) = (running IS NULL)
    AND (number IS NULL) = (agency IS NULL) AND (number IS NULL) = (counter IS NULL))
) STRICT;
CREATE INDEX feedback_drafts ON feedback (officer_id, started_at) WHERE state = 0;
CREATE INDEX feedback_taken ON feedback (taken_at) WHERE state > 0;
CREATE TRIGGER feedback_is_kept BEFORE DELETE ON feedback WHEN OLD.state > 0 BEGIN SELECT RAISE(ABORT, 'what was taken is not deleted'); END;
CREATE TRIGGER feedback_is_frozen BEFORE UPDATE OF id, officer_id, officer_name, content, dossier_id, number, agency, counter, day, running, taken_at, simulated ON feedback
WHEN OLD.state > 0 BEGIN SELECT RAISE(ABORT, 'what was taken never changes'); END;
CREATE TRIGGER feedback_is_no_draft_again BEFORE UPDATE OF state ON feedback WHEN OLD.state > 0 AND NEW.state = 0
BEGIN SELECT RAISE(ABORT, 'what was taken is no draft again'); END;
CREATE TRIGGER feedback_withdrawn_is_final BEFORE UPDATE OF state ON feedback WHEN OLD.state = 8 AND NEW.state <> 8
BEGIN SELECT RAISE(ABORT, 'what was withdrawn stays withdrawn'); END;

CREATE TABLE feedback_event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  feedback_id TEXT NOT NULL REFERENCES feedback (id),
  kind TEXT NOT NULL CHECK (kind IN ('state', 'note', 'supplement', 'received')),
  state INTEGER CHECK (state BETWEEN 1 AND 8),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  by_name TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('counter', 'city')),
  note TEXT,
  city_sequence INTEGER UNIQUE,
  CHECK ((kind = 'state') = (state IS NOT NULL))
) STRICT;
CREATE INDEX feedback_event_of ON feedback_event (feedback_id, sequence);
CREATE TRIGGER feedback_event_no_update BEFORE UPDATE ON feedback_event BEGIN SELECT RAISE(ABORT, 'feedback_event is append-only'); END;
CREATE TRIGGER feedback_event_no_delete BEFORE DELETE ON feedback_event BEGIN SELECT RAISE(ABORT, 'feedback_event is append-only'); END;

-- The photo as it was taken in, and the copy that leaves: the same, or without what a camera writes beside the picture.
CREATE TABLE feedback_photo (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  feedback_id TEXT NOT NULL REFERENCES feedback (id),
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 255),
  media_type TEXT NOT NULL CHECK (media_type IN ('image/jpeg', 'image/png')),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 31457280),
  has_location INTEGER NOT NULL CHECK (has_location IN (0, 1)),
  copy_sha256 TEXT NOT NULL CHECK (length(copy_sha256) = 64),
  copy_size INTEGER NOT NULL CHECK (copy_size >= 1),
  added_at TEXT NOT NULL CHECK (added_at GLOB '????-??-??T??:??:??.???Z'),
  UNIQUE (feedback_id, ordinal)
) STRICT, WITHOUT ROWID;
-- Who still needs a file of the document store.
CREATE INDEX feedback_photo_with_file ON feedback_photo (sha256);
CREATE INDEX feedback_photo_with_copy ON feedback_photo (copy_sha256);
CREATE TRIGGER feedback_photo_limit BEFORE INSERT ON feedback_photo
WHEN (SELECT count(*) FROM feedback_photo WHERE feedback_id = NEW.feedback_id) >= 8 BEGIN SELECT RAISE(ABORT, 'eight photos at most'); END;
CREATE TRIGGER feedback_photo_of_draft BEFORE INSERT ON feedback_photo
WHEN (SELECT state FROM feedback WHERE id = NEW.feedback_id) > 0 BEGIN SELECT RAISE(ABORT, 'what was taken never changes'); END;
CREATE TRIGGER feedback_photo_no_update BEFORE UPDATE ON feedback_photo BEGIN SELECT RAISE(ABORT, 'a photo never changes'); END;
CREATE TRIGGER feedback_photo_is_kept BEFORE DELETE ON feedback_photo
WHEN (SELECT state FROM feedback WHERE id = OLD.feedback_id) > 0 BEGIN SELECT RAISE(ABORT, 'what was taken is not deleted'); END;

-- Letters on their way to the city, driven like `submission` (migration 3). Payload bytes are frozen; the id is the idempotency key for ever.
CREATE TABLE feedback_letter (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  feedback_id TEXT NOT NULL REFERENCES feedback (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  payload_sha256 TEXT NOT NULL CHECK (length(payload_sha256) = 64),
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'sending', 'waiting', 'received', 'attention', 'superseded')),
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  troubles INTEGER NOT NULL DEFAULT 0 CHECK (troubles >= 0),
  in_doubt INTEGER NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1)),
  next_try_at TEXT,
  error_code TEXT,
  city_words TEXT,
  acknowledgement TEXT CHECK (acknowledgement IS NULL OR json_valid(acknowledgement)),
  received_at TEXT,
  superseded_by INTEGER,
  payload BLOB NOT NULL,
  UNIQUE (feedback_id, version),
  CHECK ((state = 'received') = (acknowledgement IS NOT NULL)),
  CHECK ((state = 'superseded') = (superseded_by IS NOT NULL)),
  CHECK ((state = 'waiting') = (next_try_at IS NOT NULL)),
  CHECK (state <> 'received' OR in_doubt = 0)
) STRICT;
CREATE INDEX feedback_letter_by_state ON feedback_letter (state, created_at);
CREATE INDEX feedback_letter_in_doubt ON feedback_letter (created_at) WHERE in_doubt = 1;
CREATE TRIGGER feedback_letter_is_never_deleted BEFORE DELETE ON feedback_letter BEGIN SELECT RAISE(ABORT, 'a letter is never deleted'); END;
CREATE TRIGGER feedback_letter_payload_is_frozen BEFORE UPDATE OF id, feedback_id, version, payload, payload_sha256, created_at ON feedback_letter
BEGIN SELECT RAISE(ABORT, 'the payload of a letter is frozen'); END;
CREATE TRIGGER feedback_letter_received_is_final BEFORE UPDATE OF state ON feedback_letter WHEN OLD.state = 'received' AND NEW.state <> 'received'
BEGIN SELECT RAISE(ABORT, 'an acknowledged letter stays acknowledged'); END;

-- The copies that leave, one row a content, and how far the city has each.
CREATE TABLE photo_upload (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  photo_id TEXT NOT NULL REFERENCES feedback_photo (id),
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size > 0),
  upload_url TEXT,
  accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted BETWEEN 0 AND size),
  confirmed_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE letter_photo (
  letter_id TEXT NOT NULL REFERENCES feedback_letter (id),
  sha256 TEXT NOT NULL REFERENCES photo_upload (sha256),
  PRIMARY KEY (letter_id, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE letter_attempt (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  letter_id TEXT NOT NULL REFERENCES feedback_letter (id),
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('started', 'received', 'waiting', 'attention', 'superseded', 'interrupted', 'sent-again')),
  error_code TEXT,
  words TEXT
) STRICT;
CREATE INDEX letter_attempt_of ON letter_attempt (letter_id, sequence);

-- How far the city's feed of feedback statuses was read.
CREATE TABLE feedback_feed (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  cursor INTEGER NOT NULL CHECK (cursor >= 0)
) STRICT;
INSERT INTO feedback_feed (one, cursor) VALUES (1, 0);
