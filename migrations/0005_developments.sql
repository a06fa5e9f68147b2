-- The ledger. A development is one dated, sourced thing that happened to a country; nothing is ever deleted from it. Its content
-- is in revisions, of which readers see at most one at a position.

create table development (
    id uuid primary key,
    country_code text not null references country,
    kind text not null check (kind in (
        'ASK', 'TALKS', 'REFUSAL', 'AGREEMENT', 'PAYMENT', 'TRANSFER', 'COURT_ORDER', 'DENIAL', 'TERMINATION'
    )),
    created_at timestamptz not null,
    -- The key under which a file brought it, so that importing the file again adds nothing.
    import_key text unique check (import_key <> ''),
    -- What a denial and a revision refer to, so that neither can change country or kind.
    unique (id, country_code),
    unique (id, country_code, kind)
);

create table development_revision (
    development_id uuid not null,
    revision integer not null check (revision > 0),
    country_code text not null,
    kind text not null,
    state text not null check (state in ('DRAFT', 'PUBLISHED')),
    -- The positions in which readers see it; null for what is not published.
    visible int8range check (not isempty(visible)),
    -- Where in the feed the development was first published: the later wins where effective days are equal.
    first_position bigint check (first_position > 0),
    created_at timestamptz not null,

    -- EDTF (ISO 8601-2) with the first and last day of its interval; all null when unknown.
    occurred text check (occurred <> ''),
    occurred_earliest date,
    occurred_latest date,
    -- The last day on which it can have happened.
    effective_day date not null,
    summary text not null check (summary <> ''),
    affects_status boolean not null,
    retracted boolean not null default false,

    stage text check (stage in ('ASKED', 'TO_BE_ASKED')),
    people_exactly integer check (people_exactly > 0),
    people_about integer check (people_about > 0),
    people_at_least integer check (people_at_least > 0),
    people_at_most integer check (people_at_most > 0),
    people_in_words text check (people_in_words <> ''),
    amount numeric(24, 4) check (amount > 0),
    currency text check (currency ~ '^[A-Z]{3}$'),
    terms text check (terms <> ''),
    form text check (form in ('TREATY', 'MEMORANDUM', 'EXCHANGE_OF_NOTES', 'ORAL')),
    court text check (court <> ''),
    disputes_id uuid check (disputes_id <> development_id),
    denied_by text check (denied_by <> ''),
    ended_by text check (ended_by <> ''),

    primary key (development_id, revision),
    foreign key (development_id, country_code, kind) references development (id, country_code, kind),
    -- A denial disputes a development of its own country.
    foreign key (disputes_id, country_code) references development (id, country_code),
    -- One revision at a position; also serves reads of one development.
    exclude using gist (development_id with =, visible with &&),

    check ((state = 'PUBLISHED') = (visible is not null)),
    check ((visible is null) = (first_position is null)),
    check (occurred is not null or (occurred_earliest is null and occurred_latest is null)),
    check (occurred_earliest <= occurred_latest),
    check (people_at_least < people_at_most),
    -- A number of people is said in one way; "at least" and "at most" together are a range.
    check (num_nonnulls(people_exactly, people_about, people_in_words, coalesce(people_at_least, people_at_most)) <= 1),
    check ((amount is null) = (currency is null)),
    -- Each kind says only what is its own.
    check (kind = 'ASK' or stage is null),
    check (kind in ('ASK', 'AGREEMENT', 'PAYMENT', 'TRANSFER')
        or num_nonnulls(people_exactly, people_about, people_at_least, people_at_most, people_in_words) = 0),
    check (kind = 'PAYMENT' or amount is null),
    check (kind = 'AGREEMENT' or (terms is null and form is null)),
    check (kind = 'COURT_ORDER' or court is null),
    check ((kind = 'DENIAL') = (disputes_id is not null)),
    check ((kind = 'DENIAL') = (denied_by is not null)),
    check (kind = 'TERMINATION' or ended_by is null)
);

-- Serves the ledger across countries, newest first.
create index development_revision_ledger
on development_revision (effective_day desc, first_position desc)
where visible is not null;

-- Serves a country's timeline, and the derivation of its status.
create index development_revision_timeline
on development_revision (country_code, effective_day desc, first_position desc)
where visible is not null;

-- Serves "is this disputed, and by what".
create index development_revision_denials
on development_revision (disputes_id)
where disputes_id is not null;

-- The citizenships of the people who were moved or paid for.
create table development_nationality (
    development_id uuid not null,
    revision integer not null,
    ordinal integer not null check (ordinal >= 0),
    country_code text not null references country,
    primary key (development_id, revision, country_code),
    foreign key (development_id, revision) references development_revision
);

create table citation (
    development_id uuid not null,
    revision integer not null,
    ordinal integer not null check (ordinal >= 0),
    source_id uuid not null references source,
    -- Where in the source.
    locator text check (locator <> ''),
    -- The source's own words.
    quote text check (quote <> ''),
    primary key (development_id, revision, ordinal),
    foreign key (development_id, revision) references development_revision
);

-- Serves "what does this source stand behind".
create index citation_by_source on citation (source_id);

-- Developments and revisions stay. A revision's content never changes once it is written: what may change is whether
-- readers see it.
create function refuse_changed_content() returns trigger
language plpgsql as $$
begin
    if (to_jsonb(new) - array['state', 'visible', 'first_position']) <> (to_jsonb(old) - array['state', 'visible', 'first_position'])
        or (old.first_position is not null and new.first_position is distinct from old.first_position)
        or (old.visible is not null and (new.visible is null or lower(new.visible) <> lower(old.visible)))
        or (not upper_inf(old.visible) and new.visible is distinct from old.visible)
    then
        raise exception 'the content of a revision never changes: write a new revision' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger revisions_keep_their_content
before update on development_revision
for each row execute function refuse_changed_content();

create trigger developments_stay
before update or delete or truncate on development
for each statement execute function refuse_rewriting();

create trigger revisions_stay
before delete or truncate on development_revision
for each statement execute function refuse_rewriting();

create trigger nationalities_stay
before update or delete or truncate on development_nationality
for each statement execute function refuse_rewriting();

create trigger citations_stay
before update or delete or truncate on citation
for each statement execute function refuse_rewriting();
