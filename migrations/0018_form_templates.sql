-- Wordings of the official forms that the ward keeps itself. The official ones lie in resources/forms; the newest row of a form that has begun counts.
CREATE TABLE form_template (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  form TEXT NOT NULL CHECK (form IN ('mau-01', 'mau-02', 'mau-03', 'mau-04', 'mau-05', 'mau-06', 'mau-07')),
  -- Counts the ward's own versions of the form.
  edition INTEGER NOT NULL CHECK (edition >= 1),
  effective_from TEXT NOT NULL CHECK (effective_from GLOB '????-??-??'),
  -- The official version that it was made from.
  official_version INTEGER NOT NULL CHECK (official_version >= 1),
  -- The whole template; null: back to the official text.
  body TEXT CHECK (body IS NULL OR (json_valid(body) AND json_extract(body, '$.formId') IS form AND json_extract(body, '$.edition') IS edition)),
  -- What was changed of the official words (schema FormChange of the contract), for the next who edits.
  change TEXT CHECK (change IS NULL OR json_valid(change)),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  by TEXT NOT NULL REFERENCES account (id),
  UNIQUE (form, edition),
  CHECK ((body IS NULL) = (change IS NULL))
) STRICT;
CREATE TRIGGER form_template_follows BEFORE INSERT ON form_template
WHEN NEW.edition <> (SELECT coalesce(max(edition), 0) + 1 FROM form_template WHERE form = NEW.form)
BEGIN SELECT RAISE(ABORT, 'editions of a form follow each other'); END;
-- The day of the ward, seven hours before UTC: what was printed yesterday stays as it was.
CREATE TRIGGER form_template_begins_later BEFORE INSERT ON form_template
WHEN NEW.effective_from < date(NEW.at, '+7 hours')
BEGIN SELECT RAISE(ABORT, 'a wording begins on the day it is kept, or later'); END;
CREATE TRIGGER form_template_stays BEFORE UPDATE ON form_template BEGIN SELECT RAISE(ABORT, 'form_template is append-only'); END;
CREATE TRIGGER form_template_remains BEFORE DELETE ON form_template BEGIN SELECT RAISE(ABORT, 'form_template is append-only'); END;
