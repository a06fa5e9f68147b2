-- What every list of countries or developments shows is kept where it is read, instead of being looked up for each row of a page.

-- When a revision's development was first published: the time of its first position.
alter table development_revision
    add column published_at timestamptz;

-- When the development that sets the status occurred, in the revision that is seen together with the state.
alter table country_state
    add column status_occurred text,
    add column status_effective_day date;

alter table development_revision disable trigger revisions_keep_their_content;
update development_revision r
set published_at = c.at
from change c
where c.position = r.first_position;
alter table development_revision enable trigger revisions_keep_their_content;

update country_state s
set status_occurred = r.occurred, status_effective_day = r.effective_day
from development_revision r
where r.development_id = s.status_development_id and r.visible @> lower(s.visible);

alter table development_revision
    add constraint development_revision_published_at_check check ((first_position is null) = (published_at is null));

alter table country_state
    add constraint country_state_status_since_check check ((status is null) = (status_effective_day is null)),
    add constraint country_state_status_occurred_check check (status is not null or status_occurred is null);

-- As before, with the time of the first publication, which is set once.
create or replace function refuse_changed_content() returns trigger
language plpgsql as $$
declare
    -- The new row, but for what may change.
    kept development_revision := new;
begin
    kept.state := old.state;
    kept.visible := old.visible;
    kept.first_position := old.first_position;
    kept.published_at := old.published_at;
    kept.publish_at := old.publish_at;
    if kept *<> old
        or (
            old.first_position is not null
            and (new.first_position, new.published_at) is distinct from (old.first_position, old.published_at)
        )
        or (old.visible is not null and (new.visible is null or lower(new.visible) <> lower(old.visible)))
        or (not upper_inf(old.visible) and new.visible is distinct from old.visible)
    then
        raise exception 'the content of a revision never changes: write a new revision' using errcode = 'restrict_violation';
    end if;
    if old.state in ('PUBLISHED', 'SUPERSEDED', 'DISCARDED') and new.state <> old.state then
        raise exception 'a revision that is % stays so', lower(old.state) using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

-- As before, and keeps both.
create or replace function publish(
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
    earlier_at timestamptz;
    claim record;
begin
    select turn.next_position, turn.next_at into next_position, next_at from take_turn() turn;

    -- In the place of the one before.
    if wanted_revision > 1 then
        update development_revision r
        set visible = int8range(lower(r.visible), next_position)
        where r.development_id = wanted_development and upper_inf(r.visible);


        select min(earlier.first_position), min(earlier.published_at) into earlier_position, earlier_at
        from development_revision earlier
        where earlier.development_id = wanted_development;
    end if;

    update development_revision r
    set visible = int8range(next_position, null),
        first_position = coalesce(earlier_position, next_position),
        published_at = coalesce(earlier_at, next_at),
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
    select r.development_id, r.occurred, r.effective_day, set_statuses[array_position(setting_kinds, r.kind)] as status into claim
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

    insert into country_state (
        country_code, visible, status, status_development_id, status_occurred, status_effective_day, disputed, latest_development_id
    )
    values (
        wanted_country,
        int8range(next_position, null),
        status_after,
        claim.development_id,
        claim.occurred,
        claim.effective_day,
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

-- The program before 0022 calls this, and writes the state itself.
create or replace function bring_before_readers(
    wanted_development uuid,
    wanted_revision integer,
    wanted_country text,
    out next_position bigint,
    out next_at timestamptz,
    -- The status that the country has before.
    out status_before text,
    -- Of its developments that may set the status, the newest by effective day and then by first publication.
    out claim_development uuid,
    out claim_kind text,
    out claim_day date,
    out claim_position bigint
)
language plpgsql as $$
begin
    select turn.next_position, turn.next_at into next_position, next_at from take_turn() turn;

    -- In the place of the one before.
    update development_revision r
    set visible = int8range(lower(r.visible), next_position)
    where r.development_id = wanted_development and upper_inf(r.visible);

    update development_revision r
    set visible = int8range(next_position, null),
        first_position = coalesce(
            (select min(earlier.first_position) from development_revision earlier where earlier.development_id = wanted_development),
            next_position
        ),
        published_at = coalesce(
            (select min(earlier.published_at) from development_revision earlier where earlier.development_id = wanted_development),
            next_at
        ),
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

    select s.status into status_before
    from country_state s
    where s.country_code = wanted_country and upper_inf(s.visible);

    select r.development_id, r.kind, r.effective_day, r.first_position
    into claim_development, claim_kind, claim_day, claim_position
    from development_revision r
    where r.country_code = wanted_country
        and upper_inf(r.visible)
        and r.affects_status
        and not r.retracted
        and r.kind in ('ASK', 'REFUSAL', 'AGREEMENT', 'TERMINATION')
    order by r.effective_day desc, r.first_position desc
    limit 1;
end
$$;

create function fill_status_since() returns trigger
language plpgsql as $$
begin
    select r.occurred, r.effective_day into new.status_occurred, new.status_effective_day
    from development_revision r
    where r.development_id = new.status_development_id and upper_inf(r.visible);
    return new;
end
$$;

create trigger states_say_since_when
before insert on country_state
for each row when (new.status is not null and new.status_effective_day is null)
execute function fill_status_since();
