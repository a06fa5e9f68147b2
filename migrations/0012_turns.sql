-- A change is dated by the database's own clock, read under the feed's lock, so that the answer for a past instant is final: whoever
-- reads as of an instant that has come waits until no change is under way, and every later change has a later date.

-- The number of the advisory lock that a change holds from its turn to its commit.
create function feed_lock_number() returns bigint
language sql immutable
return 7310868735955429;

-- Waits for the feed's lock, and gives out the next position.
create function take_turn(out next_position bigint, out next_at timestamptz)
language plpgsql as $$
begin
    perform pg_advisory_xact_lock(feed_lock_number());
    update feed
    set position = position + 1, last_at = greatest(last_at + interval '1 microsecond', clock_timestamp())
    returning position, last_at
    into next_position, next_at;
end
$$;
