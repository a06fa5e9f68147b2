-- People, who sign in with a password. Whoever acts, a person by an account or a program by an API token, is an actor: what was done refers to
-- the actor, whichever it is.

create table actor (
    id uuid primary key
);

insert into actor (id)
select id from api_token;

alter table api_token
    add foreign key (id) references actor;

alter table development_revision
    drop constraint development_revision_author_token_id_fkey;
alter table development_revision
    rename column author_token_id to author_id;
alter table development_revision
    add foreign key (author_id) references actor;

alter table audit_entry
    drop constraint audit_entry_token_id_fkey,
    drop constraint audit_entry_subject_token_id_fkey;
alter table audit_entry
    rename column token_id to actor_id;
-- Who was invited, whose token was made.
alter table audit_entry
    rename column subject_token_id to subject_id;
alter table audit_entry
    add foreign key (actor_id) references actor,
    add foreign key (subject_id) references actor,
    drop constraint audit_entry_act_check,
    add constraint audit_entry_act_check check (act in (
        'RECORD', 'SAVE', 'SUBMIT', 'RETURN', 'PUBLISH', 'SCHEDULE', 'UNSCHEDULE', 'CORRECT', 'RETRACT', 'DISCARD', 'COMMENT',
        'ADD_SOURCE', 'REVISE_SOURCE', 'IMPORT', 'CREATE_TOKEN', 'REVOKE_TOKEN', 'INVITE', 'MAKE_LINK', 'SET_ROLE', 'DEACTIVATE',
        'REACTIVATE', 'SIGN_IN', 'SIGN_OUT', 'SET_PASSWORD'
    ));

alter table idempotency_key
    drop constraint idempotency_key_token_id_fkey;
alter table idempotency_key
    rename column token_id to actor_id;
alter table idempotency_key
    add foreign key (actor_id) references actor;

create table account (
    id uuid primary key references actor,
    email text not null check (email <> ''),
    name text not null check (name <> ''),
    role text not null check (role in ('REPORTER', 'EDITOR', 'ADMIN')),
    -- Argon2id, as a PHC string. Null until the invitation has been taken.
    password_hash text check (password_hash <> ''),
    created_at timestamptz not null,
    -- Null: may sign in.
    deactivated_at timestamptz
);

-- One account for an address, however it is written.
create unique index account_email on account (lower(email));

-- Someone must be left who can manage people. The other admins' rows are locked, so that two who go at once do not both go.
create function keep_an_admin() returns trigger
language plpgsql as $$
begin
    perform from account
    where role = 'ADMIN' and deactivated_at is null and password_hash is not null and id <> old.id
    for update;
    if not found then
        raise exception 'the last admin stays' using errcode = 'restrict_violation', constraint = 'account_keeps_an_admin';
    end if;
    return new;
end
$$;

create trigger account_keeps_an_admin
before update of role, deactivated_at on account
for each row
when (
    old.role = 'ADMIN' and old.deactivated_at is null and old.password_hash is not null
    and (new.role <> 'ADMIN' or new.deactivated_at is not null)
)
execute function keep_an_admin();

create function refuse_deleting_people() returns trigger
language plpgsql as $$
begin
    raise exception 'accounts are deactivated, not deleted' using errcode = 'restrict_violation';
end
$$;

create trigger accounts_stay
before delete or truncate on account
for each statement execute function refuse_deleting_people();

-- Browsers in which someone is signed in. The secret is kept as a SHA-256 digest, as a token's is.
create table session (
    secret_digest bytea primary key check (length(secret_digest) = 32),
    account_id uuid not null references account,
    address inet,
    created_at timestamptz not null,
    last_used_at timestamptz not null,
    -- Whatever happens, it ends then.
    expires_at timestamptz not null
);

create index session_by_account on session (account_id);

-- Where a password may be set: an invitation, or a way back in. One for an account; a new one takes its place.
create table account_link (
    account_id uuid primary key references account,
    secret_digest bytea not null unique check (length(secret_digest) = 32),
    expires_at timestamptz not null
);

-- Attempts to sign in that failed or are under way, so that passwords can't be guessed at any server.
create table sign_in_attempt (
    id uuid primary key,
    -- SHA-256 of the address as it was typed, in small letters: it may be nobody's.
    email_digest bytea not null check (length(email_digest) = 32),
    address inet,
    at timestamptz not null
);

create index sign_in_attempt_by_email on sign_in_attempt (email_digest, at);
create index sign_in_attempt_by_address on sign_in_attempt (address, at);

-- Serves the question whether somebody has signed in from an address before.
create index audit_entry_of_sign_in on audit_entry (actor_id, address) where act = 'SIGN_IN';
