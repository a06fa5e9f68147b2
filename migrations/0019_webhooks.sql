-- Outgoing webhooks: who wants to be told of changes, and the queue of what they have to be told. Publishing writes none of it: each
-- webhook has a place of its own in the feed, and whichever server comes first queues what was published after that place.

create table webhook (
    id uuid primary key,
    -- What colleagues call it.
    name text not null check (name <> ''),
    -- Where it is sent. It may hold a secret, as a chat's does: with the webhook it is removed, and its host alone stays.
    url text check (url <> ''),
    host text not null check (host <> ''),
    -- Which changes; null admits all.
    countries text[],
    kinds text[],
    development_kinds text[],
    status_changed boolean not null,
    -- Signs what is sent, so it can't be kept as a digest. The previous one signs too, for a time after a new one was made.
    secret bytea check (length(secret) between 24 and 64),
    previous_secret bytea check (length(previous_secret) between 24 and 64),
    previous_secret_until timestamptz,
    -- The last position of the feed of which it is queued what there was to tell.
    position bigint not null check (position >= 0),
    created_at timestamptz not null,
    -- When something was last delivered, and since when everything has failed.
    delivered_at timestamptz,
    failing_since timestamptz,
    -- The receiver asked to be left alone until then.
    not_before timestamptz,
    disabled_at timestamptz,
    disabled_because text check (disabled_because in ('ADMIN', 'GONE', 'FAILING')),
    removed_at timestamptz,
    check ((disabled_at is null) = (disabled_because is null)),
    check ((previous_secret is null) = (previous_secret_until is null)),
    check ((removed_at is null) = (url is not null)),
    check ((removed_at is null) = (secret is not null)),
    check (removed_at is null or (disabled_at is not null and previous_secret is null))
);

-- What is to be told or was told to whom: the queue and its log in one. Finished rows are deleted after some weeks.
create table webhook_delivery (
    -- The receiver gets it as `webhook-id`, the same at each attempt.
    id uuid primary key,
    -- The order in which they were queued.
    number bigint not null generated always as identity unique,
    webhook_id uuid not null references webhook,
    -- The change that it tells of. Null: a test.
    position bigint references change,
    state text not null check (state in ('WAITING', 'DELIVERED', 'FAILED')),
    created_at timestamptz not null,
    give_up_at timestamptz not null,
    -- When it is to be tried next. Null once it is finished.
    due_at timestamptz,
    -- A server has it in hand, and loses it then: it may have been killed.
    taken_until timestamptz,
    attempts integer not null default 0 check (attempts >= 0),
    attempted_at timestamptz,
    -- What came of the last attempt: the answer's status code, and in words what was wrong.
    status_code integer,
    error text check (error <> ''),
    finished_at timestamptz,
    unique (webhook_id, position),
    check ((state = 'WAITING') = (due_at is not null)),
    check ((state = 'WAITING') = (finished_at is null)),
    check (taken_until is null or state = 'WAITING')
);

-- Serves "what is due", and how many wait.
create index webhook_delivery_waiting on webhook_delivery (due_at, number) where state = 'WAITING';
-- Serves the log of a webhook, newest first.
create index webhook_delivery_of_webhook on webhook_delivery (webhook_id, number);
-- Serves the deletion of old ones.
create index webhook_delivery_finished on webhook_delivery (finished_at) where state <> 'WAITING';

alter table audit_entry add column webhook_id uuid references webhook;

-- Acts upon webhooks join those that there are, whichever earlier steps named.
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
        '''ADD_WEBHOOK'', ''REVISE_WEBHOOK'', ''REMOVE_WEBHOOK'', ''ROTATE_WEBHOOK_SECRET'', ''PING_WEBHOOK'', ''REDELIVER'', ''DISABLE_WEBHOOK'''
    );
end
$$;
