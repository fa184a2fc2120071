-- Signatures: papers that signing keeps, jobs, judgements, evidence, trust anchors. Bytes of PDFs lie in the document store. Times are UTC instants.

-- A paper of signing's own, never overwritten: a later version is another row, whose bytes begin with those of the one before.
CREATE TABLE signing_file (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  kind TEXT NOT NULL CHECK (kind IN ('agreement', 'handover', 'daily-list', 'report', 'form', 'declaration', 'other')),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  size INTEGER NOT NULL CHECK (size > 0),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  -- Of migration 12.
  issuance_id TEXT CHECK (length(issuance_id) = 36),
  dossier_id TEXT REFERENCES dossier (id),
  draft_id TEXT REFERENCES draft (id),
  -- A document of a dossier is frozen: what its signatures gain later is kept as such a copy.
  document_id TEXT REFERENCES document (id),
  level TEXT CHECK (level IN ('B-B', 'B-T', 'B-LT')),
  replaced_by TEXT UNIQUE REFERENCES signing_file (id) CHECK (replaced_by <> id),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX signing_file_at ON signing_file (at) WHERE replaced_by IS NULL;
CREATE INDEX signing_file_of_issuance ON signing_file (issuance_id) WHERE issuance_id IS NOT NULL;
CREATE INDEX signing_file_of_document ON signing_file (document_id) WHERE document_id IS NOT NULL;
CREATE INDEX signing_file_with_bytes ON signing_file (sha256);
CREATE TRIGGER signing_file_is_never_deleted BEFORE DELETE ON signing_file BEGIN SELECT RAISE(ABORT, 'a paper of signing is never deleted'); END;
CREATE TRIGGER signing_file_is_frozen BEFORE UPDATE ON signing_file
WHEN OLD.replaced_by IS NOT NULL OR NEW.replaced_by IS NULL OR NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.title <> OLD.title OR NEW.size <> OLD.size OR NEW.sha256 <> OLD.sha256
  OR NEW.issuance_id IS NOT OLD.issuance_id OR NEW.dossier_id IS NOT OLD.dossier_id OR NEW.draft_id IS NOT OLD.draft_id OR NEW.document_id IS NOT OLD.document_id
  OR NEW.level IS NOT OLD.level OR NEW.at <> OLD.at
BEGIN SELECT RAISE(ABORT, 'a paper of signing only gets a newer version, once'); END;
CREATE TRIGGER signing_file_grows BEFORE UPDATE OF replaced_by ON signing_file
WHEN (SELECT size FROM signing_file WHERE id = NEW.replaced_by) < OLD.size
BEGIN SELECT RAISE(ABORT, 'a newer version begins with the older one'); END;

-- Revocation lists, the newest of each issuer and those that a signature was made under (Circular 15/2025/TT-BKHCN).
CREATE TABLE kept_list (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  -- SHA-256 of the subject public key info of the issuer, which signed it.
  issuer_key TEXT NOT NULL CHECK (length(issuer_key) = 64),
  this_update TEXT NOT NULL CHECK (this_update GLOB '????-??-??T??:??:??.???Z'),
  next_update TEXT CHECK (next_update GLOB '????-??-??T??:??:??.???Z'),
  der BLOB NOT NULL,
  kept_at TEXT NOT NULL CHECK (kept_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX kept_list_of ON kept_list (issuer_key, this_update DESC);
CREATE TRIGGER kept_list_never_goes_back BEFORE INSERT ON kept_list
WHEN EXISTS (SELECT 1 FROM kept_list k WHERE k.issuer_key = NEW.issuer_key AND k.this_update > NEW.this_update)
BEGIN SELECT RAISE(ABORT, 'a newer list is kept'); END;
CREATE TRIGGER kept_list_no_update BEFORE UPDATE ON kept_list BEGIN SELECT RAISE(ABORT, 'a list is not changed'); END;
CREATE TRIGGER newest_list_stays BEFORE DELETE ON kept_list
WHEN NOT EXISTS (SELECT 1 FROM kept_list k WHERE k.issuer_key = OLD.issuer_key AND k.this_update > OLD.this_update)
BEGIN SELECT RAISE(ABORT, 'the newest list stays'); END;

-- The newest OCSP answer about a certificate.
CREATE TABLE kept_answer (
  certificate TEXT PRIMARY KEY CHECK (length(certificate) = 64),
  issuer_key TEXT NOT NULL CHECK (length(issuer_key) = 64),
  this_update TEXT NOT NULL CHECK (this_update GLOB '????-??-??T??:??:??.???Z'),
  der BLOB NOT NULL,
  kept_at TEXT NOT NULL CHECK (kept_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;
CREATE INDEX kept_answer_of ON kept_answer (issuer_key, kept_at DESC);
CREATE TRIGGER kept_answer_never_goes_back BEFORE UPDATE ON kept_answer WHEN NEW.certificate <> OLD.certificate OR NEW.this_update < OLD.this_update
BEGIN SELECT RAISE(ABORT, 'a newer answer is kept'); END;

-- Certificates of issuers that were fetched by the address in a certificate; trusted by nobody for that.
CREATE TABLE kept_issuer (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  der BLOB NOT NULL CHECK (length(der) <= 100000),
  kept_at TEXT NOT NULL CHECK (kept_at GLOB '????-??-??T??:??:??.???Z')
) STRICT;

-- Many documents, one key, one PIN.
CREATE TABLE signing_job (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  how TEXT NOT NULL CHECK (how IN ('token', 'remote', 'software')),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'signing', 'done', 'failed', 'refused', 'expired')),
  -- As the certificate has the name.
  signer TEXT NOT NULL CHECK (length(signer) BETWEEN 1 AND 400),
  certificate TEXT NOT NULL CHECK (length(certificate) = 64),
  -- Which way of signing was taken, for good.
  scheme TEXT NOT NULL CHECK (scheme IN ('rsa-pss', 'rsa-pkcs1', 'ecdsa-p256')),
  -- Remote: whose key, and by what its answer is asked for. A transaction there has the id of the job.
  issuance_id TEXT CHECK (length(issuance_id) = 36),
  ticket TEXT CHECK (length(ticket) BETWEEN 1 AND 2000),
  reason TEXT CHECK (length(reason) BETWEEN 1 AND 200),
  trouble TEXT CHECK (length(trouble) BETWEEN 5 AND 10),
  officer_id TEXT NOT NULL REFERENCES account (id),
  started_at TEXT NOT NULL CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
  ended_at TEXT CHECK (ended_at GLOB '????-??-??T??:??:??.???Z'),
  CHECK ((state IN ('waiting', 'signing')) = (ended_at IS NULL)),
  CHECK ((how = 'remote') = (issuance_id IS NOT NULL)),
  CHECK (how = 'remote' OR ticket IS NULL),
  CHECK (state <> 'failed' OR trouble IS NOT NULL)
) STRICT;
CREATE INDEX signing_job_open ON signing_job (started_at) WHERE ended_at IS NULL;
CREATE INDEX signing_job_started ON signing_job (started_at);
CREATE TRIGGER signing_job_is_never_deleted BEFORE DELETE ON signing_job BEGIN SELECT RAISE(ABORT, 'a job is never deleted'); END;
CREATE TRIGGER signing_job_ends_once BEFORE UPDATE ON signing_job
WHEN OLD.ended_at IS NOT NULL OR (OLD.state = 'signing' AND NEW.state = 'waiting')
  OR NEW.id <> OLD.id OR NEW.how <> OLD.how OR NEW.certificate <> OLD.certificate OR NEW.scheme <> OLD.scheme OR NEW.issuance_id IS NOT OLD.issuance_id
  OR NEW.officer_id <> OLD.officer_id OR NEW.started_at <> OLD.started_at
BEGIN SELECT RAISE(ABORT, 'a job goes forward only'); END;

CREATE TABLE signing_job_item (
  job_id TEXT NOT NULL REFERENCES signing_job (id),
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  -- A document, or a paper of signing. The unsigned document may be cleared away once the signed one stands in its place.
  target_kind TEXT NOT NULL CHECK (target_kind IN ('document', 'file')),
  target_id TEXT NOT NULL CHECK (length(target_id) = 36),
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 300),
  source_sha256 TEXT NOT NULL CHECK (length(source_sha256) = 64),
  -- Remote: the PDF with a place for the signature, and what is needed to put the answer into it.
  prepared_sha256 TEXT CHECK (length(prepared_sha256) = 64),
  prepared TEXT CHECK (json_valid(prepared)),
  result_document TEXT REFERENCES document (id),
  result_file TEXT REFERENCES signing_file (id),
  level TEXT CHECK (level IN ('B-B', 'B-T', 'B-LT')),
  -- The list that was the newest when it was signed.
  list_sha256 TEXT REFERENCES kept_list (sha256),
  code TEXT CHECK (length(code) BETWEEN 5 AND 10),
  PRIMARY KEY (job_id, ordinal),
  UNIQUE (job_id, target_kind, target_id),
  CHECK (result_document IS NULL OR result_file IS NULL),
  CHECK (code IS NULL OR (result_document IS NULL AND result_file IS NULL)),
  CHECK ((level IS NOT NULL) = (result_document IS NOT NULL OR result_file IS NOT NULL)),
  CHECK ((prepared IS NULL) = (prepared_sha256 IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX signing_job_item_prepared ON signing_job_item (prepared_sha256) WHERE prepared_sha256 IS NOT NULL;
CREATE INDEX signing_job_item_list ON signing_job_item (list_sha256) WHERE list_sha256 IS NOT NULL;
CREATE TRIGGER signing_job_item_is_never_deleted BEFORE DELETE ON signing_job_item BEGIN SELECT RAISE(ABORT, 'an item is never deleted'); END;
CREATE TRIGGER signing_job_item_is_signed_once BEFORE UPDATE ON signing_job_item
WHEN OLD.level IS NOT NULL AND (NEW.result_document IS NOT OLD.result_document OR NEW.result_file IS NOT OLD.result_file OR NEW.level IS NOT OLD.level OR NEW.code IS NOT OLD.code)
BEGIN SELECT RAISE(ABORT, 'a document is signed once a job'); END;
CREATE TRIGGER signing_job_ends_whole BEFORE UPDATE OF state ON signing_job
WHEN NEW.state = 'done' AND EXISTS (SELECT 1 FROM signing_job_item i WHERE i.job_id = NEW.id AND i.level IS NULL)
BEGIN SELECT RAISE(ABORT, 'a job is done when all of it is signed'); END;

-- Documents that were signed here: they stay as they are, byte for byte. Their pages, where they have any, are not bound anew.
CREATE TABLE signed_document (
  document_id TEXT PRIMARY KEY REFERENCES document (id),
  -- What it was before, and where that ended in bytes: it is an exact prefix.
  before_sha256 TEXT NOT NULL CHECK (length(before_sha256) = 64),
  before_size INTEGER NOT NULL CHECK (before_size > 0),
  level TEXT NOT NULL CHECK (level IN ('B-B', 'B-T', 'B-LT')),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;
CREATE TRIGGER signed_document_no_update BEFORE UPDATE ON signed_document BEGIN SELECT RAISE(ABORT, 'signed_document is append-only'); END;
CREATE TRIGGER signed_document_no_delete BEFORE DELETE ON signed_document BEGIN SELECT RAISE(ABORT, 'signed_document is append-only'); END;
CREATE TRIGGER signed_document_grows BEFORE INSERT ON signed_document
WHEN (SELECT size FROM document WHERE id = NEW.document_id) <= NEW.before_size
BEGIN SELECT RAISE(ABORT, 'a signature is added, nothing is taken away'); END;
CREATE TRIGGER signed_document_is_frozen BEFORE UPDATE OF sha256, size, media_type, draft_id ON document
WHEN EXISTS (SELECT 1 FROM signed_document s WHERE s.document_id = OLD.id)
BEGIN SELECT RAISE(ABORT, 'a signed document stays as it is'); END;

-- As in migration 5, but that signed ones do not count: beside them there may be a PDF with pages that came later.
DROP TRIGGER one_bound_document;
CREATE TRIGGER one_bound_document BEFORE INSERT ON bound_page WHEN EXISTS (
  SELECT 1 FROM document me JOIN document d ON d.draft_id = me.draft_id AND d.component = me.component AND d.id <> me.id AND d.removed = 0
  WHERE me.id = NEW.document_id AND NOT EXISTS (SELECT 1 FROM signed_document s WHERE s.document_id = me.id)
    AND EXISTS (SELECT 1 FROM bound_page b WHERE b.document_id = d.id) AND NOT EXISTS (SELECT 1 FROM signed_document s WHERE s.document_id = d.id))
BEGIN SELECT RAISE(ABORT, 'a component has one bound document'); END;
-- A page goes to the city once.
CREATE TRIGGER signed_page_is_bound_once BEFORE INSERT ON bound_page WHEN EXISTS (
  SELECT 1 FROM bound_page b JOIN signed_document s ON s.document_id = b.document_id JOIN document d ON d.id = b.document_id
  WHERE b.page_id = NEW.page_id AND b.document_id <> NEW.document_id AND d.removed = 0)
BEGIN SELECT RAISE(ABORT, 'a page is in a signed document'); END;
CREATE TRIGGER signed_page_stays BEFORE UPDATE OF component, turns, place, revision ON page
WHEN (NEW.component <> OLD.component OR NEW.turns <> OLD.turns OR NEW.place <> OLD.place OR NEW.revision <> OLD.revision) AND EXISTS (
  SELECT 1 FROM bound_page b JOIN signed_document s ON s.document_id = b.document_id JOIN document d ON d.id = b.document_id WHERE b.page_id = OLD.id AND d.removed = 0)
BEGIN SELECT RAISE(ABORT, 'a page is in a signed document'); END;

-- What a signature still gains when the line is there: a time stamp, then evidence. Gone when there is nothing left to gain.
CREATE TABLE signature_upgrade (
  target_kind TEXT NOT NULL CHECK (target_kind IN ('document', 'file')),
  target_id TEXT NOT NULL CHECK (length(target_id) = 36),
  level TEXT NOT NULL CHECK (level IN ('B-B', 'B-T')),
  -- Whose time stamps; null: those of the setting.
  stamp_url TEXT CHECK (length(stamp_url) <= 300),
  tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  next_at TEXT NOT NULL CHECK (next_at GLOB '????-??-??T??:??:??.???Z'),
  code TEXT CHECK (length(code) BETWEEN 5 AND 10),
  PRIMARY KEY (target_kind, target_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX signature_upgrade_due ON signature_upgrade (next_at);

-- How the signatures of a PDF were judged last; of one without signatures that it has none.
CREATE TABLE signature_check (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  verdict TEXT CHECK (verdict IN ('TOTAL-PASSED', 'INDETERMINATE', 'TOTAL-FAILED')),
  report TEXT NOT NULL CHECK (json_valid(report)),
  checked_at TEXT NOT NULL CHECK (checked_at GLOB '????-??-??T??:??:??.???Z'),
  anchors_issued TEXT NOT NULL CHECK (anchors_issued GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  online INTEGER NOT NULL CHECK (online IN (0, 1)),
  -- When it is worth asking again, and how often that was done; null: nothing more is to be learnt.
  again_at TEXT CHECK (again_at GLOB '????-??-??T??:??:??.???Z'),
  tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  -- Only what is undecided is asked again.
  CHECK (again_at IS NULL OR verdict = 'INDETERMINATE')
) STRICT;
CREATE INDEX signature_check_again ON signature_check (again_at) WHERE again_at IS NOT NULL;
CREATE TRIGGER signature_check_newest_counts BEFORE UPDATE ON signature_check WHEN NEW.sha256 <> OLD.sha256 OR NEW.checked_at < OLD.checked_at
BEGIN SELECT RAISE(ABORT, 'a newer judgement counts'); END;

-- Signed lists of trust anchors that were imported; the newest counts.
CREATE TABLE anchor_list (
  issued TEXT PRIMARY KEY CHECK (issued GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  bytes BLOB NOT NULL CHECK (length(bytes) <= 5000000),
  imported_at TEXT NOT NULL CHECK (imported_at GLOB '????-??-??T??:??:??.???Z'),
  imported_by TEXT NOT NULL CHECK (imported_by = 'system' OR length(imported_by) = 36)
) STRICT;
CREATE TRIGGER anchor_list_is_newer BEFORE INSERT ON anchor_list WHEN NEW.issued <= (SELECT max(issued) FROM anchor_list)
BEGIN SELECT RAISE(ABORT, 'a list of anchors is newer than the one before'); END;
CREATE TRIGGER anchor_list_no_update BEFORE UPDATE ON anchor_list BEGIN SELECT RAISE(ABORT, 'anchor_list is append-only'); END;
CREATE TRIGGER anchor_list_no_delete BEFORE DELETE ON anchor_list BEGIN SELECT RAISE(ABORT, 'anchor_list is append-only'); END;

-- Anchors that this counter does not trust, whatever a list says.
CREATE TABLE anchor_removed (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  by TEXT NOT NULL CHECK (length(by) = 36)
) STRICT, WITHOUT ROWID;

-- The declaration of a draft: which paper it is, and of what it was made.
CREATE TABLE declaration (
  draft_id TEXT PRIMARY KEY REFERENCES draft (id),
  target_kind TEXT NOT NULL CHECK (target_kind IN ('document', 'file')),
  target_id TEXT NOT NULL CHECK (length(target_id) = 36),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;

-- Trust anchors that the reference city brings with an enrolment, in practice mode only.
CREATE TABLE practice_anchor (
  sha256 TEXT PRIMARY KEY CHECK (length(sha256) = 64),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  kind TEXT NOT NULL CHECK (kind IN ('root', 'ca', 'tsa')),
  der BLOB NOT NULL CHECK (length(der) <= 50000),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;
