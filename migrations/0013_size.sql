-- Reading stays as fast as it was however long the ledger grows, now and as of any position: what is read is found in order instead of
-- among ranges, and what would have to be counted is counted as it is published.

-- Serves every read of a state: the last that began by a position is the one at it, as each state follows on the one before.
create index country_state_in_order
on country_state (country_code, lower(visible) desc);

-- Serves reads of the states of now, which stand close together.
create index country_state_now
on country_state (country_code)
where upper_inf(visible);

-- Where a country stood at a position. Mostly that is where it stands now, which is found sooner. Postgres takes it apart into the statement
-- that asks.
create function state_at(code text, at bigint) returns setof country_state
language sql stable
as $$
    select *
    from (
        (
            select *
            from country_state
            where country_code = code and upper_inf(visible) and lower(visible) <= at
        )
        union all
        (
            select *
            from country_state
            where country_code = code and lower(visible) <= at
            order by lower(visible) desc
            limit 1
        )
        limit 1
    ) found
    where visible @> at
$$;

-- Whether something is seen at a position. Of this Postgres expects, rightly, to find a page soon when it walks a list in order; of the
-- operator @> it expects that next to nothing is, and sorts everything first.
create function seen_at(visible int8range, at bigint) returns boolean
language sql immutable
return lower(visible) <= at and (upper_inf(visible) or upper(visible) > at);

-- The tally goes through the countries, too.
drop index country_state_visible;

-- These hold one wording at a position, as before. Their condition is always met where readers see anything; as no statement says so, none
-- is tempted to look a row up among ranges that the primary key finds sooner.
alter table development_revision
    drop constraint development_revision_development_id_visible_excl,
    add constraint development_revision_shown_once
        exclude using gist (development_id with =, visible with &&) where (not isempty(visible));

alter table country_state
    drop constraint country_state_country_code_visible_excl,
    add constraint country_state_shown_once
        exclude using gist (country_code with =, visible with &&) where (not isempty(visible));

-- Running counts of the published ledger. A development once published stays in the record, so that the number of them only grows,
-- and its kind and country never change: the newest entry by a position says how many there were at it.
alter table change
    add column development_kind text,
    -- How many developments had been published: of all, of the country, of the kind, and of the kind in the country.
    add column published bigint check (published > 0),
    add column published_of_country bigint check (published_of_country > 0),
    add column published_of_kind bigint check (published_of_kind > 0),
    add column published_of_both bigint check (published_of_both > 0),
    -- The latest effective day of what had been before readers until then: a list as of then need not look at later days.
    add column latest_day date;

alter table change disable trigger changes_stay;

update change
set (development_kind, published, published_of_country, published_of_kind, published_of_both, latest_day) = (
    counted.kind, counted.published, counted.of_country, counted.of_kind, counted.of_both, counted.latest_day
)
from (
    select
        c.position,
        r.kind,
        count(*) filter (where c.kind = 'PUBLISHED') over (order by c.position) as published,
        count(*) filter (where c.kind = 'PUBLISHED') over (partition by c.country_code order by c.position) as of_country,
        count(*) filter (where c.kind = 'PUBLISHED') over (partition by r.kind order by c.position) as of_kind,
        count(*) filter (where c.kind = 'PUBLISHED') over (partition by c.country_code, r.kind order by c.position) as of_both,
        max(r.effective_day) over (order by c.position) as latest_day
    from change c
    join development_revision r using (development_id, revision)
) counted
where counted.position = change.position;

alter table change enable trigger changes_stay;

alter table change
    add constraint change_counts check (
        num_nonnulls(development_kind, published, published_of_country, published_of_kind, published_of_both, latest_day)
        = case when development_id is null then 0 else 6 end
    );

-- Each serves a running count; the primary key serves that of all.
create index change_counts_of_country on change (country_code, position) where development_id is not null;
create index change_counts_of_kind on change (development_kind, position) where development_id is not null;
create index change_counts_of_both on change (country_code, development_kind, position) where development_id is not null;

-- Counts on, under the feed's lock that whoever appends a change holds.
create function count_change() returns trigger
language plpgsql as $$
declare
    step constant integer := case when new.kind = 'PUBLISHED' then 1 else 0 end;
    shown constant development_revision := (
        select r from development_revision r where r.development_id = new.development_id and r.revision = new.revision
    );
begin
    if new.development_id is null then
        return new;
    end if;
    new.development_kind := shown.kind;
    select coalesce(max(c.published), 0) + step, greatest(max(c.latest_day), shown.effective_day)
    into new.published, new.latest_day
    from (
        select published, latest_day from change
        where development_id is not null
        order by position desc
        limit 1
    ) c;
    select coalesce(max(c.published_of_country), 0) + step
    into new.published_of_country
    from (
        select published_of_country from change
        where country_code = new.country_code and development_id is not null
        order by position desc
        limit 1
    ) c;
    select coalesce(max(c.published_of_kind), 0) + step
    into new.published_of_kind
    from (
        select published_of_kind from change
        where development_kind = shown.kind and development_id is not null
        order by position desc
        limit 1
    ) c;
    select coalesce(max(c.published_of_both), 0) + step
    into new.published_of_both
    from (
        select published_of_both from change
        where country_code = new.country_code and development_kind = shown.kind and development_id is not null
        order by position desc
        limit 1
    ) c;
    return new;
end
$$;

create trigger changes_are_counted
before insert on change
for each row execute function count_change();
