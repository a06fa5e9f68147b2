-- Brings a revision before readers, and tells what the rule of the status needs to know then. In one call, so that the feed's lock is held
-- for fewer journeys to the database; each statement of it sees what was committed while the lock was waited for.
create function bring_before_readers(
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
