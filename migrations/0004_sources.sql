-- Where facts come from. A source becomes visible with the first published development that cites it.

create table source (
    id uuid primary key,
    created_at timestamptz not null
);

create table source_version (
    source_id uuid not null references source,
    version integer not null check (version > 0),
    -- The positions in which readers see it; null while nothing published cites it.
    visible int8range check (not isempty(visible)),
    kind text not null check (kind in (
        'CABLE', 'DOCUMENT', 'COURT_FILING', 'STATEMENT', 'INTERVIEW', 'NEWS_REPORT', 'OTHER'
    )),
    publisher text check (publisher <> ''),
    title text not null check (title <> ''),
    url text check (url ~ '^https?://'),
    archived_url text check (archived_url ~ '^https?://'),
    -- How readers are told where it comes from, where publisher and title do not say it.
    attribution text check (attribution <> ''),
    -- EDTF (ISO 8601-2).
    published_on text check (published_on <> ''),
    primary key (source_id, version),
    -- One wording at a position.
    exclude using gist (source_id with =, visible with &&)
);

-- Serves the search for an equal source when an editor gives one inline.
create index source_version_by_title on source_version (md5(title));
