-- Acts on a received dossier and the official forms that they make (Thông tư 03/2025/TT-VPCP, Phụ lục I). Times are UTC instants.

-- A form that was issued. Its number runs without gaps by form, year and counter; what it prints never changes.
CREATE TABLE issued_form (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  dossier_id TEXT NOT NULL REFERENCES dossier (id),
  form TEXT NOT NULL CHECK (form IN ('mau-02', 'mau-03', 'mau-04', 'mau-05', 'mau-06')),
  year INTEGER NOT NULL CHECK (year BETWEEN 2020 AND 2200),
  counter TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1),
  -- Schema OfficeForm of the contract. A control slip holds its head; its rows are those of `handover`.
  data TEXT NOT NULL CHECK (json_valid(data)),
  signer TEXT NOT NULL CHECK (signer IN ('officer', 'centre', 'head', 'deputy')),
  signer_name TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  officer_id TEXT NOT NULL REFERENCES account (id),
  -- The second person, where the act wants one.
  approved_by TEXT REFERENCES account (id),
  prints INTEGER NOT NULL DEFAULT 0 CHECK (prints >= 0),
  UNIQUE (form, year, counter, number)
) STRICT;
CREATE INDEX issued_form_of ON issued_form (dossier_id, at);
CREATE INDEX issued_form_at ON issued_form (at, form);
CREATE TRIGGER issued_form_has_no_gap BEFORE INSERT ON issued_form
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM issued_form WHERE form = NEW.form AND year = NEW.year AND counter = NEW.counter)
BEGIN SELECT RAISE(ABORT, 'numbers of forms follow each other'); END;
CREATE TRIGGER issued_form_stays BEFORE UPDATE ON issued_form
WHEN NEW.id <> OLD.id OR NEW.dossier_id <> OLD.dossier_id OR NEW.form <> OLD.form OR NEW.year <> OLD.year OR NEW.counter <> OLD.counter OR NEW.number <> OLD.number
  OR NEW.data <> OLD.data OR NEW.signer <> OLD.signer OR NEW.signer_name <> OLD.signer_name OR NEW.at <> OLD.at OR NEW.officer_id <> OLD.officer_id
  OR NEW.approved_by IS NOT OLD.approved_by OR NEW.prints < OLD.prints
BEGIN SELECT RAISE(ABORT, 'an issued form never changes'); END;
CREATE TRIGGER issued_form_remains BEFORE DELETE ON issued_form BEGIN SELECT RAISE(ABORT, 'an issued form is never deleted'); END;

-- One complete request at a time; the second of a dossier counts as overdue in the national score.
CREATE TABLE supplement_request (
  form_id TEXT PRIMARY KEY REFERENCES issued_form (id),
  dossier_id TEXT NOT NULL REFERENCES dossier (id),
  ordinal INTEGER NOT NULL CHECK (ordinal >= 1),
  items TEXT NOT NULL CHECK (json_valid(items) AND json_type(items) = 'array' AND json_array_length(items) >= 1),
  reason TEXT NOT NULL,
  asked_at TEXT NOT NULL,
  asked_by TEXT NOT NULL,
  completed_at TEXT,
  completed_by TEXT,
  received_note TEXT,
  previous_due_at TEXT,
  new_due_at TEXT,
  UNIQUE (dossier_id, ordinal),
  CHECK ((completed_at IS NULL) = (completed_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX supplement_request_open ON supplement_request (dossier_id) WHERE completed_at IS NULL;
CREATE TRIGGER supplement_request_completed_once BEFORE UPDATE ON supplement_request
WHEN OLD.completed_at IS NOT NULL OR NEW.items <> OLD.items OR NEW.reason <> OLD.reason OR NEW.asked_at <> OLD.asked_at OR NEW.ordinal <> OLD.ordinal OR NEW.dossier_id <> OLD.dossier_id
BEGIN SELECT RAISE(ABORT, 'a supplement request is answered once'); END;
CREATE TRIGGER supplement_request_remains BEFORE DELETE ON supplement_request BEGIN SELECT RAISE(ABORT, 'a supplement request is never deleted'); END;

CREATE TABLE refusal (
  dossier_id TEXT PRIMARY KEY REFERENCES dossier (id),
  form_id TEXT NOT NULL UNIQUE REFERENCES issued_form (id),
  -- Codes of `resources/forms/grounds.json`, at least one: a refusal has a legal reason.
  grounds TEXT NOT NULL CHECK (json_valid(grounds) AND json_type(grounds) = 'array' AND json_array_length(grounds) >= 1),
  detail TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Once per dossier: the key says so (Nghị định 61/2018 art. 19(9), kept in 118/2025).
CREATE TABLE extension (
  dossier_id TEXT PRIMARY KEY REFERENCES dossier (id),
  form_id TEXT NOT NULL UNIQUE REFERENCES issued_form (id),
  previous_due_at TEXT NOT NULL,
  due_at TEXT NOT NULL,
  reason TEXT NOT NULL,
  at TEXT NOT NULL,
  approved_by TEXT NOT NULL REFERENCES account (id),
  CHECK (due_at > previous_due_at),
  CHECK (at < previous_due_at)
) STRICT, WITHOUT ROWID;

CREATE TABLE stop_notice (
  dossier_id TEXT PRIMARY KEY REFERENCES dossier (id),
  form_id TEXT NOT NULL UNIQUE REFERENCES issued_form (id),
  requested_by TEXT NOT NULL CHECK (requested_by IN ('citizen', 'agency')),
  ground TEXT NOT NULL,
  detail TEXT NOT NULL,
  money TEXT NOT NULL,
  stage INTEGER NOT NULL CHECK (stage IN (2, 4, 5, 6)),
  at TEXT NOT NULL,
  approved_by TEXT NOT NULL REFERENCES account (id)
) STRICT, WITHOUT ROWID;

-- A stop is said only while no result was decided, and after it the counter makes none.
CREATE TRIGGER stop_notice_before_a_result BEFORE INSERT ON stop_notice
WHEN EXISTS (SELECT 1 FROM dossier_event WHERE dossier_id = NEW.dossier_id AND state IN (9, 10))
BEGIN SELECT RAISE(ABORT, 'nothing is stopped once a result was decided'); END;
CREATE TRIGGER no_result_after_a_stop BEFORE INSERT ON dossier_event
WHEN NEW.state IN (9, 10) AND NEW.origin = 'counter' AND EXISTS (SELECT 1 FROM stop_notice WHERE dossier_id = NEW.dossier_id)
BEGIN SELECT RAISE(ABORT, 'no result after a stop'); END;

-- From hand to hand (Mẫu 06). History only grows.
CREATE TABLE handover (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  dossier_id TEXT NOT NULL REFERENCES dossier (id),
  from_office TEXT NOT NULL CHECK (length(from_office) BETWEEN 1 AND 200),
  to_office TEXT NOT NULL CHECK (length(to_office) BETWEEN 1 AND 200),
  giver TEXT NOT NULL,
  receiver TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  -- How the work at `from_office` ended; null while it only travels.
  standing TEXT CHECK (standing IN ('early', 'on-time', 'overdue')),
  note TEXT NOT NULL
) STRICT;
CREATE INDEX handover_of ON handover (dossier_id, sequence);

-- Every move of an appointment after the reception: due at a past moment is told from here.
CREATE TABLE appointment_change (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  dossier_id TEXT NOT NULL REFERENCES dossier (id),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  previous_due_at TEXT,
  due_at TEXT,
  cause TEXT NOT NULL CHECK (cause IN ('supplement', 'extension', 'correction'))
) STRICT;
CREATE INDEX appointment_change_of ON appointment_change (dossier_id, at);

-- Sổ theo dõi hồ sơ (Mẫu 07) of this counter: opened per year, 1 … to the year's end without gaps (Thông tư 01/2018 art. 10(2)).
CREATE TABLE register_entry (
  dossier_id TEXT PRIMARY KEY REFERENCES dossier (id),
  year INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1),
  UNIQUE (year, number)
) STRICT, WITHOUT ROWID;
INSERT INTO register_entry (dossier_id, year, number)
  SELECT id, CAST(strftime('%Y', received_at, '+7 hours') AS INTEGER),
    row_number() OVER (PARTITION BY strftime('%Y', received_at, '+7 hours') ORDER BY received_at, rowid)
  FROM dossier;
CREATE TRIGGER register_entry_has_no_gap BEFORE INSERT ON register_entry
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM register_entry WHERE year = NEW.year)
BEGIN SELECT RAISE(ABORT, 'register numbers follow each other'); END;

CREATE TRIGGER refusal_stays BEFORE UPDATE ON refusal BEGIN SELECT RAISE(ABORT, 'refusal is append-only'); END;
CREATE TRIGGER refusal_remains BEFORE DELETE ON refusal BEGIN SELECT RAISE(ABORT, 'refusal is append-only'); END;
CREATE TRIGGER extension_stays BEFORE UPDATE ON extension BEGIN SELECT RAISE(ABORT, 'extension is append-only'); END;
CREATE TRIGGER extension_remains BEFORE DELETE ON extension BEGIN SELECT RAISE(ABORT, 'extension is append-only'); END;
CREATE TRIGGER stop_notice_stays BEFORE UPDATE ON stop_notice BEGIN SELECT RAISE(ABORT, 'stop_notice is append-only'); END;
CREATE TRIGGER stop_notice_remains BEFORE DELETE ON stop_notice BEGIN SELECT RAISE(ABORT, 'stop_notice is append-only'); END;
CREATE TRIGGER handover_stays BEFORE UPDATE ON handover BEGIN SELECT RAISE(ABORT, 'handover is append-only'); END;
CREATE TRIGGER handover_remains BEFORE DELETE ON handover BEGIN SELECT RAISE(ABORT, 'handover is append-only'); END;
CREATE TRIGGER appointment_change_stays BEFORE UPDATE ON appointment_change BEGIN SELECT RAISE(ABORT, 'appointment_change is append-only'); END;
CREATE TRIGGER appointment_change_remains BEFORE DELETE ON appointment_change BEGIN SELECT RAISE(ABORT, 'appointment_change is append-only'); END;
CREATE TRIGGER register_entry_stays BEFORE UPDATE ON register_entry BEGIN SELECT RAISE(ABORT, 'register_entry is append-only'); END;
CREATE TRIGGER register_entry_remains BEFORE DELETE ON register_entry BEGIN SELECT RAISE(ABORT, 'register_entry is append-only'); END;
