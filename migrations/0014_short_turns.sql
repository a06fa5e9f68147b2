-- A publication holds the feed's lock to its commit, and all others wait: what happens under it is kept short.

-- Serves "which development sets the status" and "is anything of the country disputed", under the lock.
create index development_revision_setting_status
on development_revision (country_code, effective_day desc, first_position desc)
where upper_inf(visible) and affects_status and not retracted and kind in ('ASK', 'REFUSAL', 'AGREEMENT', 'TERMINATION');

create index development_revision_denials_of_country
on development_revision (country_code)
where disputes_id is not null and upper_inf(visible) and not retracted;

-- As before, without turning the rows into JSON: they are compared as they are stored.
create or replace function refuse_changed_content() returns trigger
language plpgsql as $$
declare
    -- The new row, but for what may change.
    kept development_revision := new;
begin
    kept.state := old.state;
    kept.visible := old.visible;
    kept.first_position := old.first_position;
    kept.publish_at := old.publish_at;
    if kept *<> old
        or (old.first_position is not null and new.first_position is distinct from old.first_position)
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

create or replace function refuse_changed_wording() returns trigger
language plpgsql as $$
declare
    kept source_version := new;
begin
    kept.visible := old.visible;
    -- What is generated is not there yet when this runs.
    kept.search_text := old.search_text;
    if kept *<> old
        or (old.visible is not null and (new.visible is null or lower(new.visible) <> lower(old.visible)))
        or (not upper_inf(old.visible) and new.visible is distinct from old.visible)
    then
        raise exception 'the wording of a source never changes: write a new version' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
