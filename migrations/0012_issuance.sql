-- Issuing a citizen's signature as a registration desk of licensed CAs. Every row says how far it came; what is begun outside (a key pair on a token,
-- a request to a CA) is written down before, so that it is found again after a power cut. Times are UTC instants.

-- CAs that the ward registers for, as the city gave them with the enrolment.
CREATE TABLE ca_provider (
  id TEXT PRIMARY KEY CHECK (length(id) BETWEEN 1 AND 40 AND id NOT GLOB '*[^a-z0-9-]*'),
  -- Schema CaProvider: what citizens are told.
  card TEXT NOT NULL CHECK (json_valid(card) AND json_extract(card, '$.id') = id),
  -- How it is reached, with secrets: never leaves the core.
  config TEXT NOT NULL CHECK (json_valid(config)),
  ordinal INTEGER NOT NULL CHECK (ordinal >= 0),
  updated_at TEXT NOT NULL CHECK (updated_at GLOB '????-??-??T??:??:??.???Z'),
  -- No longer among those of the newest enrolment; what was begun with it goes on.
  removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE TRIGGER ca_provider_no_delete BEFORE DELETE ON ca_provider BEGIN SELECT RAISE(ABORT, 'a CA is removed, not deleted'); END;

CREATE TABLE issuance (
  -- Also the id of the transaction at the CA, for ever.
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  subject TEXT NOT NULL CHECK (json_valid(subject)),
  id_number TEXT NOT NULL GENERATED ALWAYS AS (json_extract(subject, '$.idNumber')) VIRTUAL CHECK (length(id_number) = 12),
  -- Lower case, without marks: what a search looks in.
  name_folded TEXT NOT NULL,
  provider_id TEXT NOT NULL REFERENCES ca_provider (id),
  -- CaProvider as the citizen was told it.
  provider TEXT NOT NULL CHECK (json_valid(provider) AND json_extract(provider, '$.id') = provider_id),
  kind TEXT NOT NULL GENERATED ALWAYS AS (json_extract(provider, '$.kind')) VIRTUAL CHECK (kind IN ('token', 'remote')),
  dossier_id TEXT REFERENCES dossier (id),
  draft_id TEXT REFERENCES draft (id),
  renewal_of TEXT CHECK (length(renewal_of) BETWEEN 1 AND 80),
  officer_id TEXT NOT NULL REFERENCES account (id),
  officer_name TEXT NOT NULL,
  simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
  started_at TEXT NOT NULL CHECK (started_at GLOB '????-??-??T??:??:??.???Z'),
  ended_at TEXT CHECK (ended_at GLOB '????-??-??T??:??:??.???Z'),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'queued', 'waiting', 'done', 'stopped', 'refused')),
  -- Steps that are behind it: 1 consent, 2 identity, 3 person, 4 phone, 5 content, 6 pin, 7 key, 8 certificate, 9 trial, 10 handover.
  done INTEGER NOT NULL DEFAULT 0 CHECK (done BETWEEN 0 AND 10),
  consent_at TEXT CHECK (consent_at GLOB '????-??-??T??:??:??.???Z'),
  consent_how TEXT CHECK (consent_how IN ('display', 'paper')),
  consent_id TEXT REFERENCES consent_given (id),
  identity_how TEXT CHECK (identity_how IN ('chip', 'card')),
  identity_check TEXT REFERENCES identity_check (id),
  identity_officer TEXT REFERENCES account (id),
  -- Who confirmed the card beside the officer at the counter.
  second_officer TEXT REFERENCES account (id),
  person_how TEXT CHECK (person_how IN ('face', 'known')),
  phone TEXT CHECK (length(phone) = 10 AND phone GLOB '0[0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9][0-9]'),
  phone_how TEXT CHECK (phone_how IN ('code', 'rang')),
  content_how TEXT CHECK (content_how IN ('display', 'paper')),
  -- Token: the PIN was typed, or changed; remote: the account was registered.
  pin_how TEXT CHECK (pin_how IN ('entered', 'changed', 'registered')),
  token_id TEXT CHECK (length(token_id) BETWEEN 1 AND 200),
  token_label TEXT,
  token_serial TEXT,
  key_kind TEXT CHECK (key_kind IN ('rsa-2048', 'rsa-3072', 'p-256')),
  -- CKA_ID in hexadecimal digits, made before the key pair is.
  key_id TEXT CHECK (length(key_id) = 32 AND key_id NOT GLOB '*[^0-9a-f]*'),
  -- Which scheme the key signs with, by policy and by what the token can do.
  scheme TEXT CHECK (scheme IN ('rsa-pss', 'rsa-pkcs1', 'ecdsa-p256')),
  csr BLOB CHECK (length(csr) BETWEEN 100 AND 20000),
  key_ready INTEGER NOT NULL DEFAULT 0 CHECK (key_ready IN (0, 1)),
  -- When the request may first have reached the CA.
  sent_at TEXT CHECK (sent_at GLOB '????-??-??T??:??:??.???Z'),
  -- What the connector keeps to go on.
  ca_state TEXT CHECK (length(ca_state) <= 60000),
  next_try_at TEXT CHECK (next_try_at GLOB '????-??-??T??:??:??.???Z'),
  tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  certificate BLOB CHECK (length(certificate) BETWEEN 100 AND 20000),
  -- What issued it, without the root: JSON array of base64.
  chain TEXT CHECK (json_valid(chain) AND json_type(chain) = 'array'),
  not_after TEXT CHECK (not_after GLOB '????-??-??T??:??:??.???Z'),
  -- Seen on the token (read back), or with the CA that holds the key.
  stored_at TEXT CHECK (stored_at GLOB '????-??-??T??:??:??.???Z'),
  trial_at TEXT CHECK (trial_at GLOB '????-??-??T??:??:??.???Z'),
  agreement TEXT REFERENCES signing_file (id),
  handover_how TEXT CHECK (handover_how IN ('display', 'paper')),
  handover TEXT REFERENCES signing_file (id),
  trouble TEXT CHECK (trouble GLOB '[A-Z]*-[0-9]*'),
  trouble_text TEXT CHECK (length(trouble_text) <= 500),
  -- The order of the steps: each left what it had to, and nothing is there before its step was done.
  CHECK ((done >= 1) = (consent_how IS NOT NULL) AND (consent_how IS NULL) = (consent_at IS NULL) AND (consent_how IS 'display') = (consent_id IS NOT NULL)),
  CHECK ((done >= 2) = (identity_how IS NOT NULL)),
  CHECK ((identity_how IS 'chip') = (identity_check IS NOT NULL)),
  CHECK ((identity_how IS 'card') = (second_officer IS NOT NULL)),
  CHECK ((done >= 3) = (person_how IS NOT NULL)),
  CHECK ((done >= 4) = (phone_how IS NOT NULL) AND (phone_how IS NULL OR phone IS NOT NULL)),
  CHECK ((done >= 5) = (content_how IS NOT NULL)),
  CHECK ((done >= 6) = (pin_how IS NOT NULL)),
  CHECK (pin_how IS NULL OR (kind = 'remote') = (pin_how = 'registered')),
  CHECK (key_id IS NULL OR (done >= 6 AND kind = 'token' AND token_id IS NOT NULL AND key_kind IS NOT NULL)),
  CHECK ((done >= 7) = (key_ready = 1)),
  CHECK (key_ready = 0 OR (kind = 'token') = (csr IS NOT NULL)),
  CHECK (csr IS NULL OR (key_id IS NOT NULL AND key_ready = 1)),
  CHECK (sent_at IS NULL OR done >= 7 OR (kind = 'remote' AND done >= 5)),
  CHECK (certificate IS NULL OR sent_at IS NOT NULL),
  CHECK ((certificate IS NULL) = (chain IS NULL) AND (certificate IS NULL) = (not_after IS NULL)),
  CHECK ((done >= 8) = (stored_at IS NOT NULL) AND (stored_at IS NULL OR (certificate IS NOT NULL AND scheme IS NOT NULL))),
  CHECK ((done >= 9) = (trial_at IS NOT NULL) AND (trial_at IS NULL OR agreement IS NOT NULL)),
  CHECK ((done = 10) = (state = 'done') AND (done = 10) = (handover_how IS NOT NULL) AND (handover_how IS NULL OR handover IS NOT NULL)),
  CHECK ((state IN ('done', 'stopped', 'refused')) = (ended_at IS NOT NULL)),
  -- Who waits for the line or for the CA stands at the certificate (remote: or at the activation before it).
  CHECK (state NOT IN ('queued', 'waiting') OR done = 7 OR (kind = 'remote' AND done IN (5, 6, 8))),
  CHECK (state <> 'queued' OR next_try_at IS NOT NULL),
  CHECK (state <> 'waiting' OR next_try_at IS NOT NULL),
  CHECK (state NOT IN ('done', 'stopped', 'refused') OR next_try_at IS NULL),
  -- Nobody vouches beside themselves.
  CHECK ((identity_how IS NULL) = (identity_officer IS NULL) AND (second_officer IS NULL OR second_officer <> identity_officer))
) STRICT;
CREATE UNIQUE INDEX issuance_one_open ON issuance (id_number) WHERE state IN ('open', 'queued', 'waiting');
CREATE UNIQUE INDEX issuance_key ON issuance (token_id, key_id) WHERE key_id IS NOT NULL;
CREATE UNIQUE INDEX issuance_certificate ON issuance (certificate) WHERE certificate IS NOT NULL;
CREATE INDEX issuance_by_state ON issuance (state, started_at);
CREATE INDEX issuance_by_time ON issuance (started_at, id);
CREATE INDEX issuance_due ON issuance (next_try_at) WHERE next_try_at IS NOT NULL;
CREATE INDEX issuance_ended ON issuance (ended_at) WHERE state = 'done';

CREATE TRIGGER issuance_no_delete BEFORE DELETE ON issuance BEGIN SELECT RAISE(ABORT, 'an issuance is not deleted'); END;
CREATE TRIGGER issuance_finished_is_final BEFORE UPDATE ON issuance WHEN OLD.state IN ('done', 'stopped', 'refused')
BEGIN SELECT RAISE(ABORT, 'a finished issuance never changes'); END;
CREATE TRIGGER issuance_keeps_person BEFORE UPDATE OF id, subject, dossier_id, draft_id, renewal_of, simulated, started_at ON issuance
WHEN NEW.id <> OLD.id OR NEW.subject <> OLD.subject OR NEW.started_at <> OLD.started_at OR NEW.simulated <> OLD.simulated OR NEW.renewal_of IS NOT OLD.renewal_of
  OR NEW.dossier_id IS NOT OLD.dossier_id OR NEW.draft_id IS NOT OLD.draft_id
BEGIN SELECT RAISE(ABORT, 'an issuance keeps its person'); END;
CREATE TRIGGER issuance_goes_forward BEFORE UPDATE OF done ON issuance
WHEN NEW.done > OLD.done + 1 OR (NEW.done < OLD.done AND (OLD.key_id IS NOT NULL OR OLD.key_ready = 1))
BEGIN SELECT RAISE(ABORT, 'one step after the other, and none back once there is a key'); END;
CREATE TRIGGER issuance_keeps_provider BEFORE UPDATE OF provider_id, provider ON issuance
WHEN (NEW.provider_id <> OLD.provider_id OR NEW.provider <> OLD.provider) AND (OLD.key_id IS NOT NULL OR OLD.key_ready = 1)
BEGIN SELECT RAISE(ABORT, 'a key pair belongs to one CA'); END;
-- A key that was begun and never made may be begun anew; one that a request names stays.
CREATE TRIGGER issuance_request_is_frozen BEFORE UPDATE OF csr, key_id, token_id, key_kind ON issuance
WHEN OLD.csr IS NOT NULL AND (NEW.csr IS NOT OLD.csr OR NEW.key_id IS NOT OLD.key_id OR NEW.token_id IS NOT OLD.token_id OR NEW.key_kind IS NOT OLD.key_kind)
BEGIN SELECT RAISE(ABORT, 'a request never changes'); END;
CREATE TRIGGER issuance_sent_stays_sent BEFORE UPDATE OF sent_at ON issuance WHEN OLD.sent_at IS NOT NULL AND NEW.sent_at IS NOT OLD.sent_at
BEGIN SELECT RAISE(ABORT, 'what was sent stays sent'); END;
CREATE TRIGGER issuance_certificate_once BEFORE UPDATE OF certificate, chain, not_after ON issuance
WHEN OLD.certificate IS NOT NULL AND (NEW.certificate IS NOT OLD.certificate OR NEW.chain IS NOT OLD.chain OR NEW.not_after IS NOT OLD.not_after)
BEGIN SELECT RAISE(ABORT, 'a certificate is stored once'); END;

-- What happened, step by step; what each step left is read from here.
CREATE TABLE issuance_event (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  issuance_id TEXT NOT NULL REFERENCES issuance (id),
  kind TEXT NOT NULL CHECK (length(kind) BETWEEN 1 AND 40),
  -- The step it ended, where it ended one.
  step TEXT CHECK (step IN ('consent', 'identity', 'person', 'phone', 'content', 'pin', 'key', 'certificate', 'trial', 'handover')),
  how TEXT CHECK (length(how) <= 60),
  code TEXT CHECK (length(code) <= 10),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  by_name TEXT NOT NULL
) STRICT;
CREATE INDEX issuance_event_of ON issuance_event (issuance_id, sequence);
CREATE TRIGGER issuance_event_no_update BEFORE UPDATE ON issuance_event BEGIN SELECT RAISE(ABORT, 'issuance_event is append-only'); END;
CREATE TRIGGER issuance_event_no_delete BEFORE DELETE ON issuance_event BEGIN SELECT RAISE(ABORT, 'issuance_event is append-only'); END;

-- What the CA must still be told of a certificate: taken, or turned down. Written with the decision, told when the line is up, told once.
CREATE TABLE ca_word (
  issuance_id TEXT PRIMARY KEY REFERENCES issuance (id),
  accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
  why TEXT CHECK (length(why) <= 500),
  -- The certificate that is spoken of; null while one that nobody wants any more may still come.
  certificate BLOB,
  ca_state TEXT,
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  next_try_at TEXT CHECK (next_try_at GLOB '????-??-??T??:??:??.???Z'),
  tries INTEGER NOT NULL DEFAULT 0 CHECK (tries >= 0),
  told_at TEXT CHECK (told_at GLOB '????-??-??T??:??:??.???Z'),
  CHECK (accepted = 0 OR certificate IS NOT NULL),
  CHECK ((told_at IS NULL) = (next_try_at IS NOT NULL)),
  CHECK ((accepted = 1) = (why IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX ca_word_due ON ca_word (next_try_at) WHERE told_at IS NULL;
CREATE TRIGGER ca_word_is_kept BEFORE UPDATE ON ca_word WHEN OLD.told_at IS NOT NULL OR NEW.issuance_id <> OLD.issuance_id
BEGIN SELECT RAISE(ABORT, 'what the CA was told stays told'); END;
CREATE TRIGGER ca_word_no_delete BEFORE DELETE ON ca_word BEGIN SELECT RAISE(ABORT, 'a word to the CA is not deleted'); END;
-- Only what was stored is taken, and what was taken is not turned down any more.
CREATE TRIGGER ca_word_after_storing BEFORE INSERT ON ca_word
WHEN NEW.accepted = 1 AND NOT EXISTS (SELECT 1 FROM issuance i WHERE i.id = NEW.issuance_id AND i.stored_at IS NOT NULL AND i.certificate = NEW.certificate)
BEGIN SELECT RAISE(ABORT, 'a certificate is taken only after it was stored'); END;
CREATE TRIGGER ca_word_keeps_sense BEFORE UPDATE OF accepted ON ca_word WHEN NEW.accepted <> OLD.accepted
BEGIN SELECT RAISE(ABORT, 'what was decided of a certificate stays decided'); END;

-- What citizens confirmed of an issuance on their display: the contents of the certificate, the hand-over. Append-only.
CREATE TABLE issuance_confirmation (
  id TEXT PRIMARY KEY CHECK (length(id) = 36),
  issuance_id TEXT NOT NULL REFERENCES issuance (id),
  purpose TEXT NOT NULL CHECK (purpose IN ('content', 'handover')),
  showing TEXT NOT NULL UNIQUE CHECK (length(showing) = 32),
  confirmed INTEGER NOT NULL CHECK (confirmed IN (0, 1)),
  -- What stood on the display.
  facts TEXT NOT NULL CHECK (json_valid(facts) AND json_type(facts) = 'array'),
  signature TEXT CHECK (signature IS NULL OR (json_valid(signature) AND length(signature) <= 8000000)),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z'),
  officer_id TEXT NOT NULL REFERENCES account (id),
  CHECK (confirmed = 1 OR signature IS NULL)
) STRICT;
CREATE INDEX issuance_confirmation_of ON issuance_confirmation (issuance_id, at);
CREATE TRIGGER issuance_confirmation_no_update BEFORE UPDATE ON issuance_confirmation BEGIN SELECT RAISE(ABORT, 'issuance_confirmation is append-only'); END;
CREATE TRIGGER issuance_confirmation_no_delete BEFORE DELETE ON issuance_confirmation BEGIN SELECT RAISE(ABORT, 'issuance_confirmation is append-only'); END;

-- Remote signing: the agreement that waits for its signature, as it was prepared. The citizen confirms on the phone, also while this machine is off.
CREATE TABLE issuance_trial (
  issuance_id TEXT PRIMARY KEY REFERENCES issuance (id),
  -- Of the transaction at the service, made before it is submitted; a new try is a new one.
  transaction_id TEXT NOT NULL UNIQUE CHECK (length(transaction_id) = 36),
  -- The PDF with room for its signature, and schema KeptTrial: what is needed to put the signature in.
  prepared BLOB NOT NULL,
  detail TEXT NOT NULL CHECK (json_valid(detail)),
  -- SHA-256 of the DER SET of the signed attributes: what is sent.
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  -- What the service is asked by; null until it answered.
  ticket TEXT CHECK (length(ticket) <= 20000),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.???Z')
) STRICT, WITHOUT ROWID;
