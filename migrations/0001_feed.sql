-- The public feed. Everything that readers can see is versioned by the position at which it was shown, so that an answer
-- can be read as of any position, and a position is given out under a row lock, inside the transaction that makes the change:
-- commit order is feed order, and there are no gaps.

-- Lets an exclusion constraint compare a key for equality beside a range for overlap.
create extension if not exists btree_gist;

-- One row: its lock is the feed's lock.
create table feed (
    only_row boolean primary key default true check (only_row),
    -- Tells this feed from another database's: a cursor from elsewhere is refused instead of misread.
    id uuid not null default gen_random_uuid(),
    -- The last position given out; 0 before the first change.
    position bigint not null default 0 check (position >= 0),
    -- When that was. Each change is later than the one before, even where two servers' clocks differ: the answer for an instant is one.
    last_at timestamptz not null default '-infinity'
);

insert into feed default values;

-- What must never be rewritten refuses it, whoever asks.
create function refuse_rewriting() returns trigger
language plpgsql as $$
begin
    raise exception 'rows of % are never changed or deleted', tg_table_name using errcode = 'restrict_violation';
end
$$;

create trigger feed_is_never_deleted
before delete or truncate on feed
for each statement execute function refuse_rewriting();

-- Positions only grow.
create function refuse_going_back() returns trigger
language plpgsql as $$
begin
    if new.position < old.position or new.last_at < old.last_at or new.id <> old.id then
        raise exception 'the feed only goes forward' using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;

create trigger feed_only_goes_forward
before update on feed
for each row execute function refuse_going_back();
