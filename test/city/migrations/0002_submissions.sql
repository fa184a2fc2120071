-- What has arrived. Submissions, acknowledgements and documents are never changed or removed.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'table % is append-only', tg_table_name using errcode = 'integrity_constraint_violation';
end
$$;

create table documents (
  agency_code text not null references agencies,
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint not null check (size >= 0),
  media_type text not null,
  confirmed_at timestamptz not null,
  primary key (agency_code, sha256)
);

create table dossiers (
  dossier_id uuid primary key,
  agency_code text not null references agencies,
  code text not null unique,
  version integer not null check (version >= 0),
  current_submission uuid,
  changed_at timestamptz not null
);

create table submissions (
  submission_id uuid primary key,
  client_id uuid not null references clients,
  agency_code text not null references agencies,
  counter text not null,
  dossier_id uuid not null references dossiers,
  dossier_version integer not null check (dossier_version >= 1),
  applied boolean not null,
  payload bytea not null,
  payload_sha256 text not null check (payload_sha256 = encode(sha256(payload), 'hex')),
  unique (dossier_id, dossier_version)
);

create table acknowledgements (
  submission_id uuid primary key references submissions,
  sequence bigint not null unique,
  receipt_number text not null unique,
  received_at timestamptz not null,
  assigned_code text
);

create trigger documents_stay before update or delete or truncate on documents
  for each statement execute function refuse_change();
create trigger submissions_stay before update or delete or truncate on submissions
  for each statement execute function refuse_change();
create trigger acknowledgements_stay before update or delete or truncate on acknowledgements
  for each statement execute function refuse_change();
