-- The reference city's certification authority (for demonstration): its own keys, who may ask, what was asked and issued.
create table ca_roles (
  role text primary key check (role in ('root', 'issuing', 'ocsp', 'tsa', 'cmp')),
  certificate bytea not null,
  private_key bytea not null,
  made_at timestamptz not null
);

-- Registration desks that prove themselves with a shared secret. Those with a certificate are known by it (ca_certificates.usage).
create table ca_desks (
  reference text primary key check (reference <> ''),
  secret text not null check (length(secret) >= 16),
  made_at timestamptz not null
);

create table ca_requests (
  transaction_id bytea primary key check (length(transaction_id) between 8 and 64),
  public_key_sha256 text not null check (public_key_sha256 ~ '^[0-9a-f]{64}$'),
  request bytea not null,
  asked_at timestamptz not null,
  release_at timestamptz not null,
  refusal text,
  failure integer check (failure between 0 and 26),
  check ((refusal is null) = (failure is null))
);

create table ca_certificates (
  serial text primary key check (serial ~ '^[0-9a-f]+$'),
  usage text not null check (usage in ('person', 'desk')),
  -- One key, one certificate: however often it is asked for.
  public_key_sha256 text not null unique check (public_key_sha256 ~ '^[0-9a-f]{64}$'),
  certificate bytea not null,
  common_name text not null,
  uid text,
  issued_at timestamptz not null
);

create table ca_confirmations (
  serial text primary key references ca_certificates,
  accepted boolean not null,
  reason text,
  at timestamptz not null
);

create table ca_revocations (
  serial text primary key references ca_certificates,
  reason integer not null check (reason in (0, 1, 3, 4, 5, 6, 9)),
  at timestamptz not null
);

-- One-time codes: in this city nobody sends an SMS, a page shows them.
create table ca_phone_codes (
  id text primary key check (id <> ''),
  phone text not null check (phone ~ '^0\d{9}$'),
  code text not null check (code ~ '^\d{6}$'),
  sent_at timestamptz not null,
  sent integer not null default 1 check (sent between 1 and 5),
  tries integer not null default 0 check (tries between 0 and 5),
  confirmed_at timestamptz
);

create trigger ca_roles_stay before update or delete or truncate on ca_roles for each statement execute function refuse_change();
create trigger ca_requests_stay before update or delete or truncate on ca_requests for each statement execute function refuse_change();
create trigger ca_certificates_stay before update or delete or truncate on ca_certificates for each statement execute function refuse_change();
create trigger ca_confirmations_stay before update or delete or truncate on ca_confirmations for each statement execute function refuse_change();
create trigger ca_revocations_stay before update or delete or truncate on ca_revocations for each statement execute function refuse_change();
