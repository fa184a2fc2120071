-- Money taken for dossiers, in whole đồng. Times are UTC instants.

-- End of a shift: what should be in the drawer and what was counted. The data of a counter know one drawer, whatever the counter is called.
CREATE TABLE cash_count (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  counter TEXT NOT NULL,
  since TEXT,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  officer_id TEXT NOT NULL REFERENCES account (id),
  expected INTEGER NOT NULL,
  counted INTEGER NOT NULL CHECK (counted >= 0),
  -- Pieces by denomination, {"500000": 2, …}.
  pieces TEXT NOT NULL CHECK (json_valid(pieces) AND json_type(pieces) = 'object'),
  explanation TEXT,
  CHECK (counted = expected OR coalesce(length(explanation), 0) > 0)
) STRICT;
CREATE INDEX cash_count_at ON cash_count (at);
CREATE TRIGGER cash_count_stays BEFORE UPDATE ON cash_count BEGIN SELECT RAISE(ABORT, 'cash_count is append-only'); END;
CREATE TRIGGER cash_count_remains BEFORE DELETE ON cash_count BEGIN SELECT RAISE(ABORT, 'cash_count is append-only'); END;

CREATE TABLE payment (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  dossier_id TEXT NOT NULL REFERENCES dossier (id),
  method TEXT NOT NULL CHECK (method IN ('cash', 'transfer', 'exempt')),
  -- Of an exemption: what is let off.
  amount INTEGER NOT NULL CHECK (amount > 0),
  ground TEXT,
  -- Number of the slip, without gaps by year and counter.
  year INTEGER NOT NULL,
  counter TEXT NOT NULL,
  number INTEGER NOT NULL CHECK (number >= 1),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  officer_id TEXT NOT NULL REFERENCES account (id),
  voided_at TEXT CHECK (voided_at GLOB '????-??-??T??:??:??.???Z'),
  voided_by TEXT REFERENCES account (id),
  -- Another person than the one who voids.
  void_second TEXT REFERENCES account (id),
  void_reason TEXT CHECK (length(void_reason) > 0),
  prints INTEGER NOT NULL DEFAULT 0 CHECK (prints >= 0),
  -- 0: taken before there was a drawer to count, and in none of its counts.
  in_drawer INTEGER NOT NULL DEFAULT 1 CHECK (in_drawer IN (0, 1)),
  -- The counts that it was part of, each for good: a clock that is set back counts nothing twice and loses nothing.
  taken_in TEXT REFERENCES cash_count (id),
  voided_in TEXT REFERENCES cash_count (id),
  UNIQUE (year, counter, number),
  CHECK ((method = 'exempt') = (ground IS NOT NULL)),
  CHECK ((voided_at IS NULL) = (voided_by IS NULL) AND (voided_at IS NULL) = (void_second IS NULL) AND (voided_at IS NULL) = (void_reason IS NULL)),
  CHECK (void_second IS NULL OR void_second <> voided_by),
  CHECK (voided_in IS NULL OR voided_at IS NOT NULL)
) STRICT;
CREATE INDEX payment_of ON payment (dossier_id);
CREATE INDEX payment_at ON payment (at);
CREATE INDEX payment_voided ON payment (voided_at) WHERE voided_at IS NOT NULL;
CREATE INDEX payment_uncounted ON payment (method) WHERE taken_in IS NULL AND in_drawer = 1;
CREATE INDEX payment_void_uncounted ON payment (method) WHERE voided_at IS NOT NULL AND voided_in IS NULL;
CREATE TRIGGER payment_has_no_gap BEFORE INSERT ON payment
WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM payment WHERE year = NEW.year AND counter = NEW.counter)
BEGIN SELECT RAISE(ABORT, 'numbers of slips follow each other'); END;
CREATE TRIGGER payment_is_voided_once BEFORE UPDATE ON payment
WHEN OLD.voided_at IS NOT NULL AND (NEW.voided_at IS NOT OLD.voided_at OR NEW.voided_by IS NOT OLD.voided_by OR NEW.void_reason IS NOT OLD.void_reason OR NEW.void_second IS NOT OLD.void_second)
  OR OLD.taken_in IS NOT NULL AND NEW.taken_in IS NOT OLD.taken_in OR OLD.voided_in IS NOT NULL AND NEW.voided_in IS NOT OLD.voided_in
  OR NEW.id <> OLD.id OR NEW.dossier_id <> OLD.dossier_id OR NEW.method <> OLD.method OR NEW.amount <> OLD.amount OR NEW.ground IS NOT OLD.ground OR NEW.in_drawer <> OLD.in_drawer
  OR NEW.year <> OLD.year OR NEW.counter <> OLD.counter OR NEW.number <> OLD.number OR NEW.at <> OLD.at OR NEW.officer_id <> OLD.officer_id OR NEW.prints < OLD.prints
BEGIN SELECT RAISE(ABORT, 'a payment is only ever voided, and counted, once'); END;
CREATE TRIGGER payment_remains BEFORE DELETE ON payment BEGIN SELECT RAISE(ABORT, 'a payment is never deleted'); END;

-- What was taken before payments had rows of their own: handed over long ago.
INSERT INTO payment (id, dossier_id, method, amount, year, counter, number, at, officer_id, in_drawer)
  SELECT id, id, body ->> '$.payment', body ->> '$.fee.total', CAST(strftime('%Y', received_at, '+7 hours') AS INTEGER), counter,
    row_number() OVER (PARTITION BY strftime('%Y', received_at, '+7 hours'), counter ORDER BY received_at, rowid), received_at, officer_id, 0
  FROM dossier WHERE body ->> '$.payment' IN ('cash', 'transfer') AND body ->> '$.fee.total' > 0
  ORDER BY received_at, rowid;
