-- Every job that went to a printer, and what became of it: "printed on … by …".
CREATE TABLE print_job (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  kind TEXT NOT NULL CHECK (kind IN ('receipt', 'report', 'ticket')),
  -- What it is, in words of the program ("mau-01", "report.daily", "test-page"); never a person.
  title TEXT NOT NULL CHECK (length(title) BETWEEN 1 AND 80),
  subject_type TEXT,
  subject_id TEXT,
  -- NULL: the computer's default printer, or the one chosen in the print dialog.
  printer TEXT,
  paper TEXT NOT NULL CHECK (paper IN ('A4', 'A5', 'T80')),
  copies INTEGER NOT NULL CHECK (copies BETWEEN 1 AND 20),
  sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  -- "system": the program itself, such as for a number taken at the kiosk.
  by TEXT NOT NULL CHECK (by = 'system' OR length(by) = 36),
  by_name TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('sending', 'sent', 'printed', 'waiting', 'failed', 'cancelled')),
  error_code TEXT,
  -- Why it waits or has failed, as far as the queue says.
  reason TEXT CHECK (reason IN ('paper-out', 'paper-jam', 'cover-open', 'toner-out', 'offline', 'stopped', 'held', 'gone', 'silent', 'other')),
  -- The queue's own name of the job.
  queue_job TEXT,
  -- The job that this one tries again.
  retries TEXT REFERENCES print_job (id),
  changed_at TEXT NOT NULL CHECK (changed_at GLOB '????-??-??T??:??:??.???Z'),
  CHECK ((subject_type IS NULL) = (subject_id IS NULL)),
  CHECK ((state = 'failed') = (error_code IS NOT NULL)),
  CHECK (reason IS NULL OR state IN ('sent', 'waiting', 'failed'))
) STRICT;
CREATE INDEX print_job_at ON print_job (at DESC);
CREATE INDEX print_job_of ON print_job (subject_type, subject_id, at);
CREATE INDEX print_job_under_way ON print_job (at) WHERE state IN ('sending', 'sent', 'waiting');
CREATE TRIGGER print_job_remains BEFORE DELETE ON print_job BEGIN SELECT RAISE(ABORT, 'a print job is never deleted'); END;
CREATE TRIGGER print_job_keeps BEFORE UPDATE ON print_job
WHEN NEW.id <> OLD.id OR NEW.kind <> OLD.kind OR NEW.title <> OLD.title OR NEW.sha256 <> OLD.sha256 OR NEW.at <> OLD.at OR NEW.by <> OLD.by OR NEW.by_name <> OLD.by_name
  OR NEW.subject_id IS NOT OLD.subject_id OR NEW.paper <> OLD.paper OR NEW.copies <> OLD.copies OR NEW.retries IS NOT OLD.retries
BEGIN SELECT RAISE(ABORT, 'only what became of a print job changes'); END;
-- What is on paper, refused or called off stays so: a late word of the queue changes nothing.
CREATE TRIGGER print_job_ends BEFORE UPDATE OF state ON print_job
WHEN OLD.state IN ('printed', 'failed', 'cancelled') AND NEW.state <> OLD.state
BEGIN SELECT RAISE(ABORT, 'a print job that has ended begins again as another'); END;
CREATE TRIGGER print_job_begins_sending BEFORE INSERT ON print_job
WHEN NEW.state <> 'sending' BEGIN SELECT RAISE(ABORT, 'a print job is written down before it is handed over'); END;
