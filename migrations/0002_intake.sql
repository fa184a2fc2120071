-- The catalogue: a version once imported never changes; a dossier keeps the version it was received under.
CREATE TABLE procedure_version (
  code TEXT NOT NULL CHECK (length(code) BETWEEN 3 AND 40),
  version TEXT NOT NULL CHECK (length(version) BETWEEN 1 AND 40),
  effective_from TEXT NOT NULL CHECK (effective_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  effective_to TEXT CHECK (effective_to IS NULL OR effective_to >= effective_from),
  name TEXT NOT NULL,
  field TEXT NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  imported_at TEXT NOT NULL,
  PRIMARY KEY (code, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER procedure_version_is_permanent BEFORE DELETE ON procedure_version BEGIN SELECT RAISE(ABORT, 'procedure_version is append-only'); END;
CREATE TRIGGER procedure_version_body_is_permanent BEFORE UPDATE OF code, version, body, sha256, effective_from ON procedure_version
BEGIN SELECT RAISE(ABORT, 'a procedure version never changes'); END;

CREATE TABLE draft (
  id TEXT PRIMARY KEY,
  officer_id TEXT NOT NULL REFERENCES account (id),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'discarded', 'committed')),
  revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
  content TEXT NOT NULL CHECK (json_valid(content)),
  -- set while a received dossier is being corrected; the commit then makes its next version
  corrects TEXT REFERENCES dossier (id),
  created_at TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT;
CREATE INDEX draft_open ON draft (state, saved_at DESC);

-- A document belongs to the draft it was taken in for and, after the commit, to the dossier. Bytes lie in the document store.
CREATE TABLE document (
  id TEXT PRIMARY KEY,
  draft_id TEXT NOT NULL REFERENCES draft (id),
  component TEXT NOT NULL,
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  name TEXT NOT NULL,
  media_type TEXT NOT NULL CHECK (media_type IN ('application/pdf', 'image/jpeg', 'image/png', 'image/tiff')),
  size INTEGER NOT NULL CHECK (size > 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  pages INTEGER CHECK (pages IS NULL OR pages > 0),
  rotation INTEGER NOT NULL DEFAULT 0 CHECK (rotation IN (0, 90, 180, 270)),
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1)),
  added_at TEXT NOT NULL
) STRICT;
CREATE INDEX document_of_draft ON document (draft_id, component, ordinal);

-- Blocks of dossier numbers leased from the city, per agency and day. `next` only grows: a number is never printed twice.
CREATE TABLE number_lease (
  id TEXT PRIMARY KEY,
  agency TEXT NOT NULL,
  day TEXT NOT NULL,
  first INTEGER NOT NULL CHECK (first >= 1),
  last INTEGER NOT NULL CHECK (last >= first),
  next INTEGER NOT NULL CHECK (next >= first AND next <= last + 1),
  leased_at TEXT NOT NULL,
  UNIQUE (agency, day, first)
) STRICT;
CREATE TRIGGER number_lease_next_only_grows BEFORE UPDATE ON number_lease WHEN NEW.next < OLD.next OR NEW.first <> OLD.first OR NEW.last <> OLD.last
BEGIN SELECT RAISE(ABORT, 'a dossier number is never given twice'); END;

CREATE TABLE dossier (
  id TEXT PRIMARY KEY,
  draft_id TEXT NOT NULL UNIQUE REFERENCES draft (id),
  code TEXT NOT NULL UNIQUE,
  code_is_provisional INTEGER NOT NULL CHECK (code_is_provisional IN (0, 1)),
  provisional_code TEXT,
  version INTEGER NOT NULL CHECK (version >= 1),
  state INTEGER NOT NULL CHECK (state BETWEEN 1 AND 10),
  procedure_code TEXT NOT NULL,
  procedure_version TEXT NOT NULL,
  officer_id TEXT NOT NULL REFERENCES account (id),
  counter TEXT NOT NULL,
  received_at TEXT NOT NULL,
  due_at TEXT,
  finished_at TEXT,
  applicant_name TEXT NOT NULL,
  applicant_id_number TEXT,
  applicant_phone TEXT,
  -- everything else of the dossier, frozen JSON of schema DossierBody
  body TEXT NOT NULL CHECK (json_valid(body)),
  -- which scenario the facts came from: a dossier with simulated facts never goes to a real city
  simulated INTEGER NOT NULL DEFAULT 0 CHECK (simulated IN (0, 1)),
  prints INTEGER NOT NULL DEFAULT 0 CHECK (prints >= 0),
  FOREIGN KEY (procedure_code, procedure_version) REFERENCES procedure_version (code, version)
) STRICT;
CREATE INDEX dossier_received ON dossier (received_at DESC);
CREATE INDEX dossier_due ON dossier (due_at) WHERE finished_at IS NULL;
CREATE INDEX dossier_person ON dossier (applicant_id_number, received_at DESC);
CREATE TRIGGER dossier_is_never_deleted BEFORE DELETE ON dossier BEGIN SELECT RAISE(ABORT, 'a dossier is never deleted'); END;
CREATE TRIGGER dossier_version_only_grows BEFORE UPDATE OF version ON dossier WHEN NEW.version < OLD.version
BEGIN SELECT RAISE(ABORT, 'a dossier version only grows'); END;

CREATE TABLE dossier_document (
  dossier_id TEXT NOT NULL REFERENCES dossier (id),
  document_id TEXT NOT NULL REFERENCES document (id),
  PRIMARY KEY (dossier_id, document_id)
) STRICT, WITHOUT ROWID;

-- History may only grow (Phiếu kiểm soát, `domain.md` §2.7).
CREATE TABLE dossier_event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  dossier_id TEXT NOT NULL REFERENCES dossier (id),
  kind TEXT NOT NULL CHECK (kind IN ('state', 'sent', 'received', 'print', 'note')),
  state INTEGER CHECK (state IS NULL OR state BETWEEN 1 AND 10),
  at TEXT NOT NULL,
  by_name TEXT NOT NULL,
  origin TEXT NOT NULL CHECK (origin IN ('counter', 'city')),
  note TEXT,
  -- the city's sequence of a status, so that the feed can be read again without doubling anything
  city_sequence INTEGER UNIQUE,
  CHECK ((kind = 'state') = (state IS NOT NULL))
) STRICT;
CREATE INDEX dossier_event_of ON dossier_event (dossier_id, sequence);
CREATE TRIGGER dossier_event_no_update BEFORE UPDATE ON dossier_event BEGIN SELECT RAISE(ABORT, 'dossier_event is append-only'); END;
CREATE TRIGGER dossier_event_no_delete BEFORE DELETE ON dossier_event BEGIN SELECT RAISE(ABORT, 'dossier_event is append-only'); END;

-- Search: `folded` has no marks (đ → d), `exact` keeps them, `digits` has code, number and phone without separators.
CREATE VIRTUAL TABLE dossier_search USING fts5 (
  exact, folded, digits, dossier_id UNINDEXED,
  tokenize = 'unicode61 remove_diacritics 0', prefix = '1 2 3 4'
);
