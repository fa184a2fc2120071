-- Pages of paper, one by one, until they are bound into the one PDF of their component. Bytes lie in the document store.
CREATE TABLE page (
  id TEXT PRIMARY KEY,
  draft_id TEXT NOT NULL REFERENCES draft (id),
  component TEXT NOT NULL CHECK (length(component) BETWEEN 1 AND 80),
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  -- Pages of one scan or file, in the order in which they came: a separator sheet moves those behind it.
  job_id TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1),
  origin TEXT NOT NULL CHECK (origin IN ('sane', 'escl', 'wia', 'camera', 'import', 'simulator')),
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  -- The picture as it came; gone after the commit, when only what was made of it is kept.
  original_sha256 TEXT CHECK (length(original_sha256) = 64),
  -- Which picture of a TIFF, from 0.
  original_page INTEGER NOT NULL CHECK (original_page >= 0),
  original_dpi INTEGER CHECK (original_dpi > 0),
  paper TEXT NOT NULL CHECK (paper IN ('A4', 'A5', 'A3', 'Letter', 'Legal', 'card', 'whole')),
  skip_blank INTEGER NOT NULL CHECK (skip_blank IN (0, 1)),
  wishes TEXT NOT NULL CHECK (json_valid(wishes)),
  state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'ready', 'failed')),
  place TEXT NOT NULL DEFAULT 'kept' CHECK (place IN ('kept', 'blank', 'separator', 'removed')),
  -- code and params of what is wrong with it
  problem TEXT CHECK (json_valid(problem)),
  turns INTEGER NOT NULL DEFAULT 0 CHECK (turns BETWEEN 0 AND 3),
  sha256 TEXT CHECK (length(sha256) = 64),
  media_type TEXT CHECK (media_type IN ('image/jpeg', 'image/png', 'image/tiff')),
  size INTEGER CHECK (size > 0),
  width INTEGER CHECK (width > 0),
  height INTEGER CHECK (height > 0),
  dpi INTEGER CHECK (dpi > 0),
  colour TEXT CHECK (colour IN ('colour', 'grey', 'black')),
  kept_original TEXT CHECK (kept_original IN ('less-legible', 'smaller')),
  findings TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(findings)),
  fingerprint TEXT,
  -- an earlier page of the draft that is the same sheet
  twin_of TEXT REFERENCES page (id),
  text_state TEXT NOT NULL DEFAULT 'waiting' CHECK (text_state IN ('waiting', 'read', 'none', 'failed')),
  revision INTEGER NOT NULL DEFAULT 1 CHECK (revision >= 1),
  added_at TEXT NOT NULL,
  UNIQUE (job_id, number),
  CHECK ((state = 'failed') = (problem IS NOT NULL)),
  CHECK (state <> 'ready' OR (media_type IS NOT NULL AND width IS NOT NULL AND height IS NOT NULL AND dpi IS NOT NULL AND colour IS NOT NULL)),
  CHECK (state <> 'waiting' OR original_sha256 IS NOT NULL OR place = 'removed')
) STRICT;
CREATE INDEX page_of_draft ON page (draft_id, component, ordinal);
-- Who still needs a file of the document store, and what a commit has left to clear away.
CREATE INDEX page_with_original ON page (original_sha256) WHERE original_sha256 IS NOT NULL;
CREATE INDEX page_with_file ON page (sha256) WHERE sha256 IS NOT NULL;
CREATE INDEX document_with_file ON document (sha256);
-- What is still to be read, and what an earlier run could not read; pages that are read and those set aside are not in it.
CREATE INDEX page_to_read ON page (text_state, added_at) WHERE state = 'ready' AND place = 'kept' AND text_state <> 'read';
CREATE TRIGGER page_is_never_deleted BEFORE DELETE ON page BEGIN SELECT RAISE(ABORT, 'a page is taken off, not deleted'); END;

CREATE TABLE page_thumbnail (
  page_id TEXT PRIMARY KEY REFERENCES page (id),
  jpeg BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- What a PDF of the counter's own holds: which pages, in which order, turned how, as they were at that time.
CREATE TABLE bound_page (
  document_id TEXT NOT NULL REFERENCES document (id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  page_id TEXT NOT NULL REFERENCES page (id),
  turns INTEGER NOT NULL CHECK (turns BETWEEN 0 AND 3),
  revision INTEGER NOT NULL,
  with_text INTEGER NOT NULL CHECK (with_text IN (0, 1)),
  PRIMARY KEY (document_id, ordinal),
  UNIQUE (document_id, page_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX bound_page_of ON bound_page (page_id);

-- Pages go to the city once: a component has one PDF of the counter's own, and one that was made anew stays off.
CREATE TRIGGER one_bound_document BEFORE INSERT ON bound_page WHEN EXISTS (
  SELECT 1 FROM document me JOIN document d ON d.draft_id = me.draft_id AND d.component = me.component AND d.id <> me.id AND d.removed = 0
  WHERE me.id = NEW.document_id AND EXISTS (SELECT 1 FROM bound_page b WHERE b.document_id = d.id))
BEGIN SELECT RAISE(ABORT, 'a component has one bound document'); END;
CREATE TRIGGER bound_document_stays_off BEFORE UPDATE OF removed ON document
WHEN OLD.removed = 1 AND NEW.removed = 0 AND EXISTS (SELECT 1 FROM bound_page b WHERE b.document_id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'a bound document that was taken off stays off'); END;

-- A dossier is not received while a page that was taken in is in none of its documents, as it looks now.
CREATE TRIGGER draft_commits_every_page BEFORE UPDATE OF state ON draft WHEN NEW.state = 'committed' AND EXISTS (
  SELECT 1 FROM page p WHERE p.draft_id = NEW.id AND p.place = 'kept' AND NOT EXISTS (
    SELECT 1 FROM bound_page b JOIN document d ON d.id = b.document_id
    WHERE b.page_id = p.id AND b.turns = p.turns AND b.revision = p.revision AND d.removed = 0 AND d.component = p.component))
BEGIN SELECT RAISE(ABORT, 'a page is in no document'); END;

-- What was read on a page. Words with their places are kept for the text layer and for the officer's look.
CREATE TABLE page_text (
  page_id TEXT PRIMARY KEY REFERENCES page (id),
  engine TEXT NOT NULL CHECK (engine IN ('system', 'packaged')),
  language TEXT NOT NULL CHECK (length(language) BETWEEN 1 AND 20),
  confidence REAL NOT NULL CHECK (confidence BETWEEN 0 AND 1),
  -- lines with words and boxes, in pixels of a page of this size, which is the page as it was turned when it was read
  width INTEGER NOT NULL CHECK (width > 0),
  height INTEGER NOT NULL CHECK (height > 0),
  dpi INTEGER NOT NULL CHECK (dpi > 0),
  lines TEXT NOT NULL CHECK (json_valid(lines)),
  -- of the page that was read
  revision INTEGER NOT NULL,
  read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Words on the papers of dossiers, beside `dossier_search`; rowid is the dossier's. The text itself is not kept here.
CREATE VIRTUAL TABLE paper_search USING fts5 (
  exact, folded, content = '', contentless_delete = 1,
  tokenize = 'unicode61 remove_diacritics 0', prefix = '3'
);

-- Dossiers whose papers are to be indexed anew: received or corrected since, or more of their pages were read.
CREATE TABLE paper_search_due (
  dossier_id TEXT PRIMARY KEY REFERENCES dossier (id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER dossier_with_papers_is_indexed AFTER UPDATE OF state ON draft WHEN NEW.state = 'committed'
BEGIN
  INSERT OR IGNORE INTO paper_search_due
    SELECT d.id FROM dossier d WHERE d.id = NEW.corrects
    UNION SELECT d.id FROM dossier d WHERE d.draft_id = NEW.id AND EXISTS (SELECT 1 FROM dossier_document x WHERE x.dossier_id = d.id);
END;

-- Scanners that were used, so that a scan begins without a search.
CREATE TABLE scan_device (
  id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 500),
  kind TEXT NOT NULL CHECK (kind IN ('sane', 'escl', 'wia', 'camera', 'import', 'simulator')),
  name TEXT NOT NULL,
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  used_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- How an officer scans a component; component '' is the way for all others.
CREATE TABLE scan_profile (
  officer_id TEXT NOT NULL REFERENCES account (id),
  component TEXT NOT NULL CHECK (length(component) <= 80),
  profile TEXT NOT NULL CHECK (json_valid(profile)),
  PRIMARY KEY (officer_id, component)
) STRICT, WITHOUT ROWID;
