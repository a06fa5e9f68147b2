-- Who did what, when, from where. Written in the transaction of the act, never rewritten.

create table audit_entry (
    id bigint generated always as identity primary key,
    at timestamptz not null,
    -- Null for an act at the command line.
    token_id uuid references api_token,
    -- The actor's name at the time.
    actor text not null,
    act text not null check (act in ('RECORD', 'IMPORT', 'CREATE_TOKEN', 'REVOKE_TOKEN')),
    address inet,
    development_id uuid references development,
    revision integer,
    -- The position of the change that it made, where it made one.
    position bigint,
    -- The token that was created or revoked.
    subject_token_id uuid references api_token
);

create trigger audit_entries_stay
before update or delete or truncate on audit_entry
for each statement execute function refuse_rewriting();
