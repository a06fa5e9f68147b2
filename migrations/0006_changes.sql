-- The entries of the feed, and where each country stood after each of them.

create table change (
    position bigint primary key check (position > 0),
    at timestamptz not null,
    kind text not null check (kind in (
        'PUBLISHED', 'CORRECTED', 'RETRACTED', 'COUNTRIES_REVISED', 'SOURCE_REVISED', 'STATUS_REVISED'
    )),
    -- Null where the change is not about one country.
    country_code text references country,
    development_id uuid,
    revision integer,
    status_before text check (status_before in ('ASKED', 'DECLINED', 'AGREED', 'ENDED')),
    status_after text check (status_after in ('ASKED', 'DECLINED', 'AGREED', 'ENDED')),
    foreign key (development_id, revision) references development_revision,
    check ((kind in ('PUBLISHED', 'CORRECTED', 'RETRACTED')) = (development_id is not null)),
    check ((development_id is null) = (revision is null)),
    check (development_id is null or country_code is not null)
);

-- Serves "which position had been reached at that instant".
create index change_by_time on change (at, position);

create trigger changes_stay
before update or delete or truncate on change
for each statement execute function refuse_rewriting();

-- Where a country stood, derived from its published developments by the transaction that publishes, under the feed's lock.
create table country_state (
    country_code text not null references country,
    visible int8range not null check (not isempty(visible)),
    -- Null where nothing published sets a status.
    status text check (status in ('ASKED', 'DECLINED', 'AGREED', 'ENDED')),
    -- The development that sets the status.
    status_development_id uuid,
    -- Whether a published denial disputes one of the country's developments.
    disputed boolean not null,
    -- The newest by effective day, then by position, that is not retracted.
    latest_development_id uuid,
    check ((status is null) = (status_development_id is null)),
    foreign key (status_development_id, country_code) references development (id, country_code),
    foreign key (latest_development_id, country_code) references development (id, country_code),
    -- One state at a position; also serves every read of a state.
    exclude using gist (country_code with =, visible with &&)
);

-- Serves the tally at a position.
create index country_state_visible on country_state using gist (visible);
