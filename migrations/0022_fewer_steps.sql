-- A publication takes fewer statements: each costs more for being begun and ended than for what it does, and all others wait meanwhile.

-- As before, with what it has to know read in one go.
create or replace function count_change() returns trigger
language plpgsql as $$
declare
    step constant integer := case when new.kind = 'PUBLISHED' then 1 else 0 end;
begin
    if new.development_id is null then
        return new;
    end if;
    select
        shown.kind,
        coalesce(of_all.published, 0) + step,
        coalesce(of_country.published_of_country, 0) + step,
        coalesce(of_kind.published_of_kind, 0) + step,
        coalesce(of_both.published_of_both, 0) + step,
        greatest(of_all.latest_day, shown.effective_day)
    into new.development_kind, new.published, new.published_of_country, new.published_of_kind, new.published_of_both, new.latest_day
    from development_revision shown
    left join lateral (
        select published, latest_day from change
        where development_id is not null
        order by position desc
        limit 1
    ) of_all on true
    left join lateral (
        select published_of_country from change
        where country_code = new.country_code and development_id is not null
        order by position desc
        limit 1
    ) of_country on true
    left join lateral (
        select published_of_kind from change
        where development_kind = shown.kind and development_id is not null
        order by position desc
        limit 1
    ) of_kind on true
    left join lateral (
        select published_of_both from change
        where country_code = new.country_code and development_kind = shown.kind and development_id is not null
        order by position desc
        limit 1
    ) of_both on true
    where shown.development_id = new.development_id and shown.revision = new.revision;
    return new;
end
$$;

-- Brings a revision before readers, derives where its country then stands, and appends the change: in one call, so that the feed's lock is held
-- for one journey to the database. Each statement of it sees what was committed while the lock was waited for. It takes the place of
-- bring_before_readers(), which the program before this one calls.
create function publish(
    wanted_development uuid,
    wanted_revision integer,
    wanted_country text,
    change_kind text,
    -- The kinds of developments that set a status, and the status that each of them sets.
    setting_kinds text[],
    set_statuses text[],
    out next_position bigint,
    out next_at timestamptz,
    out status_before text,
    out status_after text
)
-- Plans are made once a connection, and not for each value again.
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
    earlier_position bigint;
    claim record;
begin
    select turn.next_position, turn.next_at into next_position, next_at from take_turn() turn;

    -- In the place of the one before.
    if wanted_revision > 1 then
        update development_revision r
        set visible = int8range(lower(r.visible), next_position)
        where r.development_id = wanted_development and upper_inf(r.visible);

        select min(earlier.first_position) into earlier_position
        from development_revision earlier
        where earlier.development_id = wanted_development;
    end if;

    update development_revision r
    set visible = int8range(next_position, null),
        first_position = coalesce(earlier_position, next_position),
        state = 'PUBLISHED',
        publish_at = null
    where r.development_id = wanted_development and r.revision = wanted_revision;

    -- With the sources that it is the first to cite.
    update source_version v
    set visible = int8range(next_position, null)
    where v.visible is null
        and v.source_id in (
            select c.source_id from citation c where c.development_id = wanted_development and c.revision = wanted_revision
        )
        and not exists (
            select from source_version other
            where other.source_id = v.source_id and (other.version > v.version or other.visible is not null)
        );

    -- Of those that set a status, the one with the latest effective day, then the later in the feed.
    select r.development_id, set_statuses[array_position(setting_kinds, r.kind)] as status into claim
    from development_revision r
    where r.country_code = wanted_country
        and upper_inf(r.visible)
        and r.affects_status
        and not r.retracted
        and r.kind in ('ASK', 'REFUSAL', 'AGREEMENT', 'TERMINATION')
    order by r.effective_day desc, r.first_position desc
    limit 1;
    status_after := claim.status;

    -- The state before ends first: at no moment may both be seen.
    update country_state
    set visible = int8range(lower(visible), next_position)
    where country_code = wanted_country and upper_inf(visible)
    returning status into status_before;

    insert into country_state (country_code, visible, status, status_development_id, disputed, latest_development_id)
    values (
        wanted_country,
        int8range(next_position, null),
        status_after,
        claim.development_id,
        exists (
            select from development_revision denial
            join development_revision disputed on disputed.development_id = denial.disputes_id and upper_inf(disputed.visible)
            where denial.country_code = wanted_country
                and denial.disputes_id is not null
                and upper_inf(denial.visible)
                and not denial.retracted
                and not disputed.retracted
        ),
        (
            select development_id
            from development_revision
            where country_code = wanted_country and visible is not null and upper_inf(visible) and not retracted
            order by effective_day desc, first_position desc
            limit 1
        )
    );

    insert into change (position, at, kind, country_code, development_id, revision, status_before, status_after)
    values (
        next_position, next_at, change_kind, wanted_country, wanted_development, wanted_revision, publish.status_before, publish.status_after
    );
    perform pg_notify('tracker_feed', '');
end
$$;

-- Waits for any other transaction that holds the same key, then reads what it answered: all of it here, as the statement that calls this began
-- before the wait and does not see what was committed meanwhile.
create function claim_key(
    wanted_actor uuid,
    wanted_key text,
    out input_digest bytea,
    out development_id uuid,
    out revision integer,
    out country_code text,
    out "position" bigint
)
returns setof record
language plpgsql rows 1 as $$
begin
    perform pg_advisory_xact_lock(hashtextextended(wanted_actor::text || wanted_key, 0));
    return query
    select k.input_digest, k.development_id, k.revision, d.country_code, k.position
    from idempotency_key k
    join development d on d.id = k.development_id
    where k.actor_id = wanted_actor and k.key = wanted_key;
end
$$;

-- As the others since 0013: what no reader has seen is not in it, and none is tempted to look a source up among ranges that the primary key finds
-- sooner.
alter table source_version
    drop constraint source_version_source_id_visible_excl,
    add constraint source_version_shown_once
        exclude using gist (source_id with =, visible with &&) where (not isempty(visible));

-- Its statement was planned anew for each page of countries.
alter function states_left_since(bigint) set plan_cache_mode = force_generic_plan;
