-- What of a source is for staff only.

alter table source_version
    -- True: readers are told its attribution and nothing else.
    add column confidential boolean not null default false,
    add constraint source_version_attribution check (not confidential or attribution is not null),
    add column created_at timestamptz;

-- Notes to colleagues about a source: who it is, how it was checked. In a table of their own, so that no reading of a source can
-- bring one along. The newest counts.
create table source_note (
    source_id uuid not null references source,
    number integer not null check (number > 0),
    -- Null: the note before was taken back.
    note text check (note <> ''),
    created_at timestamptz not null,
    primary key (source_id, number)
);

create trigger source_notes_stay
before update or delete or truncate on source_note
for each statement execute function refuse_rewriting();

-- A wording of a source never changes once it is written: what may change is whether readers see it.
create function refuse_changed_wording() returns trigger
language plpgsql as $$
declare
    -- What is generated is not there yet when this runs.
    changeable constant text[] := array['visible', 'search_text'];
begin
    if (to_jsonb(new) - changeable) <> (to_jsonb(old) - changeable)
        or (old.visible is not null and (new.visible is null or lower(new.visible) <> lower(old.visible)))
        or (not upper_inf(old.visible) and new.visible is distinct from old.visible)
    then
        raise exception 'the wording of a source never changes: write a new version' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger source_versions_keep_their_wording
before update on source_version
for each row execute function refuse_changed_wording();

create trigger source_versions_stay
before delete or truncate on source_version
for each statement execute function refuse_rewriting();

create trigger sources_stay
before update or delete or truncate on source
for each statement execute function refuse_rewriting();

-- The search while typing: similar words, whatever their accents and case.
create extension if not exists pg_trgm;

-- A text without accents and case. Declared immutable, as its parts are in a database whose encoding is UTF-8.
create function folded(words text) returns text
language sql immutable strict parallel safe
return lower(regexp_replace(normalize(words, NFKD), '[\u0300-\u036f]', '', 'g'));

alter table source_version
    add column search_text text generated always as (
        folded(title || ' ' || coalesce(publisher, '') || ' ' || coalesce(url, '') || ' ' || coalesce(attribution, ''))
    ) stored;

-- Serves the search while typing, and the look for near-duplicates.
create index source_version_search on source_version using gin (search_text gin_trgm_ops);

-- An address without what does not tell two pages apart: scheme, "www.", parameters, fragment, a last slash, and case of the host.
create function bare_address(address text) returns text
language sql immutable strict parallel safe
return regexp_replace(
    regexp_replace(lower(address), '^https?://(www\.|m\.|amp\.)?', ''),
    '(/?[?#].*|/)$', ''
);

-- Serves the look for near-duplicates.
create index source_version_by_address on source_version (bare_address(url));
