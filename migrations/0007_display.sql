-- What citizens confirmed on their display. Append-only: the newest of a draft counts, the earlier ones stay.
CREATE TABLE confirmation (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  draft_id TEXT NOT NULL REFERENCES draft (id),
  -- The one page it is the answer to: a page is confirmed once.
  showing TEXT NOT NULL UNIQUE CHECK (length(showing) = 32),
  -- SHA-256 of what was confirmed, unmasked (`hall/substance.ts`): tells whether the draft was changed afterwards.
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  -- What stood on the display, numbers masked.
  facts TEXT NOT NULL CHECK (json_valid(facts) AND json_type(facts) = 'array'),
  -- Strokes of schema Signature; null where somebody confirmed without signing.
  signature TEXT CHECK (signature IS NULL OR (json_valid(signature) AND length(signature) <= 8000000)),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  -- Whoever pushed it.
  officer_id TEXT NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX confirmation_of_draft ON confirmation (draft_id, at);
CREATE TRIGGER confirmation_no_update BEFORE UPDATE ON confirmation BEGIN SELECT RAISE(ABORT, 'confirmation is append-only'); END;
CREATE TRIGGER confirmation_no_delete BEFORE DELETE ON confirmation BEGIN SELECT RAISE(ABORT, 'confirmation is append-only'); END;

-- What citizens agreed or did not agree to: which sheet, and the digest of the very words that were shown.
CREATE TABLE consent_given (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  sheet TEXT NOT NULL CHECK (length(sheet) BETWEEN 1 AND 60),
  version INTEGER NOT NULL CHECK (version >= 1),
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  showing TEXT NOT NULL UNIQUE CHECK (length(showing) = 32),
  agreed INTEGER NOT NULL CHECK (agreed IN (0, 1)),
  signature TEXT CHECK (signature IS NULL OR (json_valid(signature) AND length(signature) <= 8000000)),
  draft_id TEXT REFERENCES draft (id),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  officer_id TEXT NOT NULL REFERENCES account (id),
  -- Nobody signs a refusal.
  CHECK (agreed = 1 OR signature IS NULL)
) STRICT;
CREATE INDEX consent_of_draft ON consent_given (draft_id, sheet, at);
CREATE TRIGGER consent_given_no_update BEFORE UPDATE ON consent_given BEGIN SELECT RAISE(ABORT, 'consent_given is append-only'); END;
CREATE TRIGGER consent_given_no_delete BEFORE DELETE ON consent_given BEGIN SELECT RAISE(ABORT, 'consent_given is append-only'); END;
