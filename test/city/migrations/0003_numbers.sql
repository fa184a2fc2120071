-- Blocks of dossier numbers. The exclusion constraint, not the program, keeps two blocks of one agency and day apart.
create table number_days (
  agency_code text not null references agencies,
  day date not null,
  last_number integer not null check (last_number between 0 and 9999),
  primary key (agency_code, day)
);

create table number_leases (
  lease_id uuid primary key,
  request_id uuid not null unique,
  client_id uuid not null references clients,
  agency_code text not null,
  day date not null,
  first_number integer not null check (first_number >= 1),
  last_number integer not null check (last_number between first_number and 9999),
  size integer not null check (size between 1 and 200),
  leased_at timestamptz not null,
  foreign key (agency_code, day) references number_days,
  constraint leases_never_overlap exclude using gist
    (agency_code with =, day with =, int4range(first_number, last_number, '[]') with &&)
);

create trigger number_leases_stay before update or delete or truncate on number_leases
  for each statement execute function refuse_change();
