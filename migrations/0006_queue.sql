-- The queue of the ward's counters: what this node has promised to the others, the secret by which counters know each other, and
-- which number an errand came with.
CREATE TABLE queue_line (
  id TEXT PRIMARY KEY,
  founder TEXT NOT NULL,
  prefix TEXT NOT NULL,
  generation INTEGER NOT NULL CHECK (generation >= 1),
  born INTEGER NOT NULL CHECK (born >= 1),
  day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  founded_at INTEGER NOT NULL,
  term INTEGER NOT NULL CHECK (term >= 0),
  voted_for TEXT,
  -- entries up to here are agreed by enough of the members
  agreed INTEGER NOT NULL DEFAULT 0 CHECK (agreed >= 0),
  -- this machine's clock when the last entry was kept
  kept_at INTEGER NOT NULL,
  UNIQUE (day, founder, generation)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER queue_line_is_founded_once BEFORE UPDATE OF id, founder, prefix, generation, born, day, founded_at ON queue_line
BEGIN SELECT RAISE(ABORT, 'how a line was founded does not change'); END;
CREATE TRIGGER queue_term_never_falls BEFORE UPDATE OF term ON queue_line WHEN NEW.term < OLD.term
BEGIN SELECT RAISE(ABORT, 'a term never falls'); END;
CREATE TRIGGER queue_vote_is_given_once BEFORE UPDATE OF term, voted_for ON queue_line
WHEN NEW.term = OLD.term AND OLD.voted_for IS NOT NULL AND NEW.voted_for IS NOT OLD.voted_for
BEGIN SELECT RAISE(ABORT, 'a vote is given once in a term'); END;
CREATE TRIGGER queue_agreement_never_falls BEFORE UPDATE OF agreed ON queue_line WHEN NEW.agreed < OLD.agreed
BEGIN SELECT RAISE(ABORT, 'what was agreed stays agreed'); END;

CREATE TABLE queue_entry (
  line_id TEXT NOT NULL REFERENCES queue_line (id),
  position INTEGER NOT NULL CHECK (position >= 1),
  term INTEGER NOT NULL CHECK (term >= 1),
  -- ms of the line's own clock
  stamp INTEGER NOT NULL,
  body TEXT NOT NULL CHECK (json_valid(body)),
  event_id TEXT GENERATED ALWAYS AS (body ->> '$.event.id') STORED,
  PRIMARY KEY (line_id, position)
) STRICT, WITHOUT ROWID;
-- an event is in a line once
CREATE UNIQUE INDEX queue_event_once ON queue_entry (line_id, event_id) WHERE event_id IS NOT NULL;
CREATE TRIGGER queue_entry_has_no_gap BEFORE INSERT ON queue_entry
WHEN NEW.position <> 1 + (SELECT coalesce(max(position), 0) FROM queue_entry WHERE line_id = NEW.line_id)
BEGIN SELECT RAISE(ABORT, 'the log of a line has no gap'); END;
CREATE TRIGGER queue_entry_is_never_changed BEFORE UPDATE ON queue_entry BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
CREATE TRIGGER queue_agreed_entry_stays BEFORE DELETE ON queue_entry
WHEN OLD.position <= (SELECT agreed FROM queue_line WHERE id = OLD.line_id)
BEGIN SELECT RAISE(ABORT, 'an agreed entry stays'); END;

-- Who this machine is in the queue, made once: a new enrolment must not turn it into somebody else in the middle of a day.
CREATE TABLE queue_node (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  node TEXT NOT NULL CHECK (length(node) BETWEEN 1 AND 64),
  since TEXT NOT NULL
) STRICT;
CREATE TRIGGER queue_node_stays BEFORE UPDATE ON queue_node BEGIN SELECT RAISE(ABORT, 'who a node is does not change'); END;
CREATE TRIGGER queue_node_is_never_removed BEFORE DELETE ON queue_node BEGIN SELECT RAISE(ABORT, 'who a node is does not change'); END;

-- What the counters of a ward have in common. `own`: nobody gave one yet, so that no other counter can join.
CREATE TABLE ward_secret (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  agency TEXT NOT NULL CHECK (agency <> ''),
  secret BLOB NOT NULL CHECK (length(secret) = 32),
  origin TEXT NOT NULL CHECK (origin IN ('city', 'own')),
  -- Which counter of the agency this is, counted by the city; what its numbers begin with follows from it.
  counter_number INTEGER CHECK (counter_number >= 1),
  since TEXT NOT NULL,
  CHECK ((origin = 'city') = (counter_number IS NOT NULL))
) STRICT;

-- Counters of the ward and what people call them, for boards and for reports of days on which they cannot be reached any more.
CREATE TABLE queue_counter (
  node TEXT PRIMARY KEY CHECK (length(node) BETWEEN 1 AND 64),
  name TEXT NOT NULL CHECK (name <> ''),
  seen_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The number with which the person of a draft came. Who and why are in the draft; a number is nobody's name.
CREATE TABLE draft_ticket (
  draft_id TEXT PRIMARY KEY REFERENCES draft (id),
  ticket_id TEXT NOT NULL CHECK (length(ticket_id) BETWEEN 1 AND 64),
  label TEXT NOT NULL CHECK (label <> ''),
  at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_ticket_by_ticket ON draft_ticket (ticket_id);
