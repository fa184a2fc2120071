-- Feeds are read by cursor, so a lower number must never become visible after a higher one. A plain sequence gives
-- numbers out before commit and cannot promise that; a row that is locked until commit can, and leaves no gaps.
create table counters (
  name text primary key,
  value bigint not null
);

create table statuses (
  sequence bigint primary key,
  agency_code text not null references agencies,
  dossier_id uuid not null references dossiers,
  state integer not null check (state between 1 and 10),
  at timestamptz not null,
  note text,
  by_whom text
);
create index statuses_by_agency on statuses (agency_code, sequence);

create table audit_heads (
  agency_code text not null references agencies,
  counter text not null,
  client_id uuid not null references clients,
  sequence bigint not null check (sequence >= 0),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  witnessed_at timestamptz not null,
  primary key (client_id, sequence)
);

create index submissions_by_counter on submissions (agency_code, counter);

create trigger statuses_stay before update or delete or truncate on statuses
  for each statement execute function refuse_change();
create trigger audit_heads_stay before update or delete or truncate on audit_heads
  for each statement execute function refuse_change();
