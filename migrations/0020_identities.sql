-- Single sign-on: who somebody is at a provider of identities, as the account that they are here.

create table identity (
    id uuid primary key,
    account_id uuid not null references account,
    -- The provider, by its address.
    issuer text not null check (issuer <> ''),
    -- What it calls the person: never given to anybody else there, as an e-mail address may be.
    subject text not null check (subject <> ''),
    linked_at timestamptz not null,
    last_used_at timestamptz not null,
    unique (issuer, subject),
    -- Whoever gets a former colleague's address at the provider does not get their account.
    unique (account_id, issuer)
);

-- Null where a password was given. Who is unlinked is signed out wherever they came in by it.
alter table session add column identity_id uuid references identity on delete cascade;

create index session_by_identity on session (identity_id) where identity_id is not null;

-- Sign-ins that are under way at a provider. A browser has the secret in a cookie, of which all that the provider gets to see is derived; the row is
-- taken by whichever server it comes back to, once.
create table sign_on (
    secret_digest bytea primary key check (length(secret_digest) = 32),
    -- Where the browser wants to go.
    next text not null check (next like '/%'),
    -- The session that the browser had, which ends when the next one begins.
    previous_digest bytea check (length(previous_digest) = 32),
    address inet,
    begun_at timestamptz not null
);

-- Serves the deletion of those that nobody finished.
create index sign_on_by_age on sign_on (begun_at);
-- Serves the question how many one address has begun.
create index sign_on_by_address on sign_on (address, begun_at);

-- An admin who can sign in, whichever way, other than one. The rows are locked, so that two who go at once do not both go.
create function another_admin_can_sign_in(than uuid) returns boolean
language plpgsql as $$
begin
    perform from account a
    where a.role = 'ADMIN' and a.deactivated_at is null and a.id <> than
        and (a.password_hash is not null or exists (select from identity i where i.account_id = a.id))
    for update of a;
    return found;
end
$$;

create or replace function keep_an_admin() returns trigger
language plpgsql as $$
begin
    if (old.password_hash is not null or exists (select from identity i where i.account_id = old.id))
        and not another_admin_can_sign_in(old.id) then
        raise exception 'the last admin stays' using errcode = 'restrict_violation', constraint = 'account_keeps_an_admin';
    end if;
    return new;
end
$$;

create or replace trigger account_keeps_an_admin
before update of role, deactivated_at on account
for each row
when (old.role = 'ADMIN' and old.deactivated_at is null and (new.role <> 'ADMIN' or new.deactivated_at is not null))
execute function keep_an_admin();

create function keep_an_identity() returns trigger
language plpgsql as $$
begin
    perform from account a
    where a.id = old.account_id and a.role = 'ADMIN' and a.deactivated_at is null and a.password_hash is null
        and not exists (select from identity i where i.account_id = a.id and i.id <> old.id)
    for update of a;
    if found and not another_admin_can_sign_in(old.account_id) then
        raise exception 'the last admin stays' using errcode = 'restrict_violation', constraint = 'account_keeps_an_admin';
    end if;
    return old;
end
$$;

create trigger identity_keeps_an_admin
before delete on identity
for each row execute function keep_an_identity();

create function refuse_changing_identities() returns trigger
language plpgsql as $$
begin
    raise exception 'identities are unlinked, not changed' using errcode = 'restrict_violation';
end
$$;

create trigger identities_stay_as_they_are
before update of id, account_id, issuer, subject, linked_at or truncate on identity
for each statement execute function refuse_changing_identities();

-- Acts of single sign-on join those that there are, whichever earlier steps named.
do $$
declare
    admitted text;
begin
    select pg_get_expr(conbin, conrelid) into strict admitted
    from pg_constraint
    where conrelid = 'audit_entry'::regclass and conname = 'audit_entry_act_check';
    execute format(
        'alter table audit_entry drop constraint audit_entry_act_check, add constraint audit_entry_act_check check (%s or act in (%s))',
        admitted,
        '''SINGLE_SIGN_ON'', ''JOIN'', ''LINK_IDENTITY'', ''UNLINK_IDENTITY'', ''KEEP_ROLE'''
    );
end
$$;
