-- Submissions on their way to the city. Payload bytes are frozen; the id is the idempotency key for ever.
CREATE TABLE submission (
  id TEXT PRIMARY KEY,
  dossier_id TEXT NOT NULL REFERENCES dossier (id),
  version INTEGER NOT NULL CHECK (version >= 1),
  payload_sha256 TEXT NOT NULL CHECK (length(payload_sha256) = 64),
  simulated INTEGER NOT NULL DEFAULT 0 CHECK (simulated IN (0, 1)),
  state TEXT NOT NULL DEFAULT 'ready' CHECK (state IN ('ready', 'sending', 'waiting', 'received', 'attention', 'superseded')),
  created_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  -- failures of the city itself (not of the line) since somebody last put it back in line
  troubles INTEGER NOT NULL DEFAULT 0 CHECK (troubles >= 0),
  -- the last attempt may have reached the city: ask before anything else
  in_doubt INTEGER NOT NULL DEFAULT 0 CHECK (in_doubt IN (0, 1)),
  next_try_at TEXT,
  error_code TEXT,
  city_words TEXT,
  -- the city's stored acknowledgement, word for word; 'received' is impossible without it
  acknowledgement TEXT CHECK (acknowledgement IS NULL OR json_valid(acknowledgement)),
  received_at TEXT,
  superseded_by INTEGER,
  -- last, so that lists and counts do not read it
  payload BLOB NOT NULL,
  UNIQUE (dossier_id, version),
  CHECK ((state = 'received') = (acknowledgement IS NOT NULL)),
  CHECK ((state = 'superseded') = (superseded_by IS NOT NULL)),
  CHECK ((state = 'waiting') = (next_try_at IS NOT NULL)),
  CHECK (state <> 'received' OR in_doubt = 0)
) STRICT;
CREATE INDEX submission_by_state ON submission (state, created_at);
CREATE INDEX submission_waiting ON submission (next_try_at) WHERE state = 'waiting';
CREATE INDEX submission_in_doubt ON submission (created_at) WHERE in_doubt = 1;
CREATE TRIGGER submission_is_never_deleted BEFORE DELETE ON submission BEGIN SELECT RAISE(ABORT, 'a submission is never deleted'); END;
CREATE TRIGGER submission_payload_is_frozen BEFORE UPDATE OF id, dossier_id, version, payload, payload_sha256, created_at ON submission
BEGIN SELECT RAISE(ABORT, 'the payload of a submission is frozen'); END;
CREATE TRIGGER submission_received_is_final BEFORE UPDATE OF state ON submission WHEN OLD.state = 'received' AND NEW.state <> 'received'
BEGIN SELECT RAISE(ABORT, 'an acknowledged submission stays acknowledged'); END;

-- The documents a submission depends on and how far the city has each of them. One row a content, shared by versions.
CREATE TABLE document_upload (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  document_id TEXT NOT NULL REFERENCES document (id),
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size > 0),
  upload_url TEXT,
  accepted INTEGER NOT NULL DEFAULT 0 CHECK (accepted BETWEEN 0 AND size),
  confirmed_at TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE submission_document (
  submission_id TEXT NOT NULL REFERENCES submission (id),
  sha256 TEXT NOT NULL REFERENCES document_upload (sha256),
  PRIMARY KEY (submission_id, sha256)
) STRICT, WITHOUT ROWID;

CREATE TABLE submission_attempt (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  submission_id TEXT NOT NULL REFERENCES submission (id),
  at TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('started', 'received', 'waiting', 'attention', 'superseded', 'interrupted', 'sent-again')),
  error_code TEXT,
  words TEXT
) STRICT;
CREATE INDEX submission_attempt_of ON submission_attempt (submission_id, sequence);

-- One row: who this counter is to the city and how far it has read. The private key never leaves this encrypted file.
CREATE TABLE city_link (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  url TEXT NOT NULL,
  client_id TEXT NOT NULL,
  city_name TEXT NOT NULL,
  agency TEXT NOT NULL,
  counter TEXT NOT NULL,
  private_jwk TEXT NOT NULL CHECK (json_valid(private_jwk)),
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  enrolled_at TEXT NOT NULL,
  status_cursor INTEGER NOT NULL DEFAULT 0,
  receipt_cursor INTEGER NOT NULL DEFAULT 0,
  -- city time minus this machine's time
  clock_offset_ms INTEGER,
  last_contact_at TEXT,
  last_received_at TEXT
) STRICT;
