-- Who may talk to the city: agencies, their counters, one-time enrolment codes, spent client assertions.
create extension if not exists btree_gist;

create table settings (
  name text primary key,
  value text not null
);

create table agencies (
  code text primary key check (code ~ '^[GH][0-9]{2}([.][0-9]{2,3}){0,3}$'),
  name text not null,
  parent text not null,
  ward_code text not null
);

create table clients (
  client_id uuid primary key,
  agency_code text not null references agencies,
  counter text not null,
  public_key jsonb not null,
  thumbprint text not null,
  enrolled_at timestamptz not null
);

create table enrolment_codes (
  code text primary key,
  agency_code text not null references agencies,
  counter text not null,
  client_id uuid unique references clients,
  created_at timestamptz not null
);

-- A client assertion is good once (RFC 7523 §3, point 7): its jti stays here until it has expired.
create table used_assertions (
  client_id uuid not null references clients,
  jti text not null,
  expires_at timestamptz not null,
  primary key (client_id, jti)
);
create index used_assertions_by_expiry on used_assertions (expires_at);

insert into agencies (code, name, parent, ward_code)
values ('H29.900', 'Phường Tân Mỹ Hưng', 'TP. Hồ Chí Minh', '99001');
