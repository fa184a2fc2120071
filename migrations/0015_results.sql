-- Results handed over: who took it, how it was signed for. Times are UTC instants.
CREATE TABLE result_return (
  dossier_id TEXT PRIMARY KEY REFERENCES dossier (id),
  how TEXT NOT NULL CHECK (how IN ('owner', 'authorised', 'post')),
  collector_name TEXT NOT NULL CHECK (length(collector_name) BETWEEN 1 AND 200),
  collector_id_number TEXT,
  -- By what paper somebody else may take it.
  authority TEXT,
  -- Number of the parcel.
  tracking TEXT,
  -- How it was made sure who that is.
  checked TEXT NOT NULL CHECK (checked IN ('chip', 'card', 'receipt', 'known', 'post')),
  signed TEXT NOT NULL CHECK (signed IN ('pad', 'paper', 'post')),
  -- Strokes of the display, schema Signature of the contract.
  signature TEXT CHECK (signature IS NULL OR (json_valid(signature) AND length(signature) <= 8000000)),
  -- The page of the display it is the answer to.
  showing TEXT UNIQUE,
  note TEXT NOT NULL,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  officer_id TEXT NOT NULL REFERENCES account (id),
  CHECK ((signed = 'pad') = (signature IS NOT NULL)),
  CHECK ((showing IS NULL) = (signature IS NULL)),
  CHECK (how <> 'authorised' OR checked <> 'receipt'),
  CHECK ((how = 'authorised') = (authority IS NOT NULL)),
  CHECK ((how = 'post') = (signed = 'post') AND (how = 'post') = (checked = 'post')),
  CHECK (tracking IS NULL OR how = 'post')
) STRICT;
CREATE INDEX result_return_at ON result_return (at);
CREATE TRIGGER result_return_wants_a_result BEFORE INSERT ON result_return
WHEN (SELECT state FROM dossier WHERE id = NEW.dossier_id) IS NOT 9
  OR EXISTS (SELECT 1 FROM dossier_event WHERE dossier_id = NEW.dossier_id AND state = 8 AND origin = 'counter')
BEGIN SELECT RAISE(ABORT, 'nothing is handed over before there is a result, or after a stop'); END;
CREATE TRIGGER result_return_stays BEFORE UPDATE ON result_return BEGIN SELECT RAISE(ABORT, 'result_return is append-only'); END;
CREATE TRIGGER result_return_remains BEFORE DELETE ON result_return BEGIN SELECT RAISE(ABORT, 'result_return is append-only'); END;

-- What waits to be handed over, the longest first.
CREATE INDEX dossier_ready ON dossier (finished_at) WHERE state = 9;
