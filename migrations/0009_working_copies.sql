-- Working copies: what staff write and review before readers see it. Each save is a revision of its own; of a development at most one
-- revision is being worked on.

alter table development_revision
    drop constraint development_revision_state_check,
    add constraint development_revision_state_check check (state in (
        'DRAFT', 'IN_REVIEW', 'SCHEDULED', 'PUBLISHED',
        -- Replaced by a later revision before it was published; given up.
        'SUPERSEDED', 'DISCARDED'
    )),
    -- Who wrote it; null at the command line and for what was written before this was kept.
    add column author_token_id uuid references api_token,
    add column author text check (author <> ''),
    -- When it is to be published.
    add column publish_at timestamptz,
    add constraint development_revision_schedule check ((state = 'SCHEDULED') = (publish_at is not null)),
    -- What a correction changed, or why a retraction, in words for readers.
    add column note text check (note <> ''),
    -- A correction of a trifle: no fact, name or number.
    add column minor boolean not null default false,
    -- Whether the content differs from what was first published.
    add column corrected boolean not null default false,
    add constraint development_revision_retraction check (not retracted or note is not null);

-- One working copy at a time. Also serves the lists of the desk.
create unique index development_revision_working
on development_revision (development_id)
where state in ('DRAFT', 'IN_REVIEW', 'SCHEDULED');

-- Serves "what is due".
create index development_revision_scheduled
on development_revision (publish_at)
where state = 'SCHEDULED';

-- Serves the list of corrections, newest first.
create index change_corrections
on change (position desc)
where kind in ('CORRECTED', 'RETRACTED');

-- As before, and: what is published, replaced or given up stays so, and of a working copy only the plan changes.
create or replace function refuse_changed_content() returns trigger
language plpgsql as $$
declare
    changeable constant text[] := array['state', 'visible', 'first_position', 'publish_at'];
begin
    if (to_jsonb(new) - changeable) <> (to_jsonb(old) - changeable)
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
