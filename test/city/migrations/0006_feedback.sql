-- Complaints and proposals. Letters and statuses are never changed or removed.
create table feedback (
  feedback_id uuid primary key,
  agency_code text not null references agencies,
  number text not null,
  version integer not null check (version >= 0),
  current_letter uuid,
  changed_at timestamptz not null
);
-- Not unique: a counter that begins anew on the same day may give a number again, and a citizen's complaint is not refused for that.
create index feedback_by_number on feedback (agency_code, number);

create table feedback_letters (
  letter_id uuid primary key,
  client_id uuid not null references clients,
  agency_code text not null references agencies,
  counter text not null,
  feedback_id uuid not null references feedback,
  version integer not null check (version >= 1),
  applied boolean not null,
  payload bytea not null,
  payload_sha256 text not null check (payload_sha256 = encode(sha256(payload), 'hex')),
  sequence bigint not null unique,
  receipt_number text not null unique,
  received_at timestamptz not null,
  unique (feedback_id, version)
);

create table feedback_statuses (
  sequence bigint primary key,
  agency_code text not null references agencies,
  feedback_id uuid not null references feedback,
  state integer not null check (state between 2 and 7),
  at timestamptz not null,
  note text,
  by_whom text
);
create index feedback_statuses_by_agency on feedback_statuses (agency_code, sequence);

create trigger feedback_letters_stay before update or delete or truncate on feedback_letters
  for each statement execute function refuse_change();
create trigger feedback_statuses_stay before update or delete or truncate on feedback_statuses
  for each statement execute function refuse_change();
