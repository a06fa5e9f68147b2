-- API tokens. The secret is shown once and kept as a SHA-256 digest: it has 256 random bits, so a slow hash would add nothing.

create table api_token (
    id uuid primary key,
    name text not null check (name <> ''),
    role text not null check (role in ('REPORTER', 'EDITOR', 'ADMIN')),
    secret_digest bytea not null unique check (length(secret_digest) = 32),
    created_at timestamptz not null,
    -- Null: does not expire.
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
);

-- What a mutation with an idempotency key answered, so that the same call again answers the same and writes nothing.
create table idempotency_key (
    token_id uuid not null references api_token,
    key text not null check (key <> ''),
    -- SHA-256 of the input: the same key with another input is refused.
    input_digest bytea not null check (length(input_digest) = 32),
    development_id uuid not null references development,
    -- The position at which the answer is read.
    position bigint not null,
    created_at timestamptz not null,
    primary key (token_id, key)
);
