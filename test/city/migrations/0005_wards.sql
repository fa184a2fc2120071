-- What the counters of one agency have in common, by which they share a queue without the city: a secret that each of them gets with
-- its enrolment, and a number of its own. A counter is known by its name, so that it keeps its number when it enrols again.
create table ward_secrets (
  agency_code text primary key references agencies,
  -- 32 bytes, base64url
  secret text not null check (secret ~ '^[A-Za-z0-9_-]{43}$'),
  made_at timestamptz not null
);

create table ward_counters (
  agency_code text not null references agencies,
  counter text not null,
  number integer not null check (number between 1 and 99),
  primary key (agency_code, counter),
  unique (agency_code, number)
);
