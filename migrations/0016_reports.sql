-- What the reports read, and which were made.

-- All that a count of a period wants to know of a dossier: the table, with its long rows, is left alone.
CREATE INDEX dossier_flow ON dossier (finished_at, received_at, due_at, state, procedure_code, procedure_version, officer_id, id);
-- It tells all that the index of ends alone told.
DROP INDEX dossier_finished;
-- Ended before they came, by a clock that was wrong: none of them may be left out, and there are next to none.
CREATE INDEX dossier_ended_before ON dossier (received_at) WHERE finished_at < received_at;
-- How often supplements were asked for.
CREATE INDEX dossier_event_supplement ON dossier_event (dossier_id, at) WHERE state = 5;
-- Papers that were printed in a period.
CREATE INDEX dossier_event_print ON dossier_event (at, dossier_id) WHERE kind = 'print';

-- A report that left the screen as paper or file: by its digest a print is known again. `prepared` and `put-off` are of the daily sheet.
CREATE TABLE report_made (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  kind TEXT NOT NULL CHECK (kind IN ('daily', 'monthly', 'ii06a', 'overdue', 'due-soon', 'refused', 'place-independent', 'fees', 'register', 'quality', 'staff', 'procedures')),
  period_from TEXT NOT NULL CHECK (period_from GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  period_to TEXT NOT NULL CHECK (period_to GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' AND period_to >= period_from),
  digest TEXT NOT NULL CHECK (length(digest) = 64 AND digest NOT GLOB '*[^0-9a-f]*'),
  way TEXT NOT NULL CHECK (way IN ('printed', 'pdf', 'xlsx', 'signed', 'prepared', 'put-off')),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  by TEXT NOT NULL CHECK (by = 'system' OR length(by) = 36),
  CHECK (way NOT IN ('prepared', 'put-off') OR (kind = 'daily' AND period_from = period_to)),
  CHECK (by <> 'system' OR way = 'prepared')
) STRICT;
CREATE INDEX report_made_of ON report_made (kind, period_from, at);
CREATE INDEX report_made_at ON report_made (at);
CREATE INDEX report_made_digest ON report_made (digest);
-- A day prepares its sheet once.
CREATE UNIQUE INDEX report_prepared_once ON report_made (period_from) WHERE way = 'prepared';
CREATE TRIGGER report_made_stays BEFORE UPDATE ON report_made BEGIN SELECT RAISE(ABORT, 'report_made is append-only'); END;
CREATE TRIGGER report_made_remains BEFORE DELETE ON report_made BEGIN SELECT RAISE(ABORT, 'report_made is append-only'); END;
