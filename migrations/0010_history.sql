-- The audit log as the history that staff read: numbered without gaps in the order of commits, so that it can be followed live, and
-- with what each act said.

alter table audit_entry
    drop constraint audit_entry_act_check,
    add constraint audit_entry_act_check check (act in (
        'RECORD', 'SAVE', 'SUBMIT', 'RETURN', 'PUBLISH', 'SCHEDULE', 'UNSCHEDULE', 'CORRECT', 'RETRACT', 'DISCARD', 'COMMENT',
        'ADD_SOURCE', 'REVISE_SOURCE', 'IMPORT', 'CREATE_TOKEN', 'REVOKE_TOKEN'
    )),
    -- The revision that was there before the act; null where there was none.
    add column revision_before integer check (revision_before > 0),
    -- What the actor said to colleagues: why something is returned, a comment. Confidential.
    add column comment text check (comment <> ''),
    add column source_id uuid references source;

-- Serves the history of a development.
create index audit_entry_by_development on audit_entry (development_id, id) where development_id is not null;

-- One row: the last number given out, under whose lock entries are written.
create table audit_head (
    only_row boolean primary key default true check (only_row),
    number bigint not null check (number >= 0)
);

insert into audit_head (number)
select coalesce(max(id), 0) from audit_entry;

create function refuse_going_back_in_history() returns trigger
language plpgsql as $$
begin
    if new.number <= old.number then
        raise exception 'the history only goes forward' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger audit_head_only_goes_forward
before update on audit_head
for each row execute function refuse_going_back_in_history();

create trigger audit_head_stays
before delete or truncate on audit_head
for each statement execute function refuse_rewriting();

-- Numbers an entry, and wakes those who follow. An entry's number is given out under the head's lock, which lasts to the commit.
create function number_audit_entry() returns trigger
language plpgsql as $$
begin
    update audit_head set number = number + 1 returning number into new.id;
    perform pg_notify('tracker_history', '');
    return new;
end
$$;

create trigger audit_entries_are_numbered
before insert on audit_entry
for each row execute function number_audit_entry();

-- The revision that an answered call made or was about: a key may now belong to any act, not only to a recording.
alter table idempotency_key
    add column revision integer not null default 1 check (revision > 0);
