-- Remote signing: keys that the service holds for citizens, and what they were asked to sign on their phones.
create table remote_accounts (
  user_id text primary key check (user_id ~ '^\d{12}$'),
  full_name text not null check (full_name <> ''),
  phone text not null,
  province text not null,
  made_at timestamptz not null
);

create table remote_credentials (
  credential_id uuid primary key,
  user_id text not null references remote_accounts,
  serial text not null unique check (serial ~ '^[0-9a-f]+$'),
  key_kind text not null check (key_kind in ('rsa-2048', 'p-256')),
  private_key bytea not null,
  certificate bytea not null,
  chain text not null,
  made_at timestamptz not null
);
create index remote_credentials_by_user on remote_credentials (user_id, made_at);

create table remote_registrations (
  registration_id text primary key,
  user_id text not null references remote_accounts,
  state text not null check (state in ('waiting', 'ready', 'refused')),
  credential_id uuid unique references remote_credentials,
  made_at timestamptz not null,
  settled_at timestamptz,
  check ((state = 'ready') = (credential_id is not null)),
  check ((state = 'waiting') = (settled_at is null))
);

-- One row for a transaction, whichever way it came; asked twice with the same content it is the same.
create table remote_transactions (
  response_id uuid primary key,
  transaction_id text not null,
  dialect text not null check (dialect in ('gateway', 'csc')),
  credential_id uuid not null references remote_credentials,
  algorithm text not null check (algorithm in ('rsa-pkcs1', 'rsa-pss', 'ecdsa-p256')),
  title text not null,
  documents text not null,
  state text not null check (state in ('waiting', 'done', 'refused', 'failed')),
  signatures text,
  made_at timestamptz not null,
  expires_at timestamptz not null check (expires_at > made_at),
  settled_at timestamptz,
  unique (dialect, transaction_id),
  check ((state = 'done') = (signatures is not null)),
  check ((state = 'waiting') = (settled_at is null))
);

create function remote_transaction_settled() returns trigger language plpgsql as $$
begin
  if old.state <> 'waiting' then raise exception 'a settled transaction stays'; end if;
  if (new.response_id, new.transaction_id, new.dialect, new.credential_id, new.algorithm, new.documents, new.expires_at)
     is distinct from (old.response_id, old.transaction_id, old.dialect, old.credential_id, old.algorithm, old.documents, old.expires_at) then
    raise exception 'what was asked does not change';
  end if;
  return new;
end $$;
create trigger remote_transactions_settle_once before update on remote_transactions for each row execute function remote_transaction_settled();
create trigger remote_transactions_stay before delete or truncate on remote_transactions for each statement execute function refuse_change();
