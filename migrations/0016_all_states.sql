-- Finds where all countries stood at a position in one go: next to always that is where they stand now, and those that have moved on since
-- are few.

-- Serves the states that began by a position and still hold.
create index country_state_now_in_order
on country_state (lower(visible))
where upper_inf(visible);

-- Where those countries stood at a position that stand elsewhere now. Postgres does not look into it when it plans a statement, and believes what it
-- is told here: else it would expect a third of all states to be past ones and plan anew each time.
create function states_left_since(at bigint) returns setof country_state
language plpgsql stable rows 1 cost 1
as $$
begin
    return query
    select past.*
    from country_state now
    cross join lateral (
        select *
        from country_state s
        where s.country_code = now.country_code and lower(s.visible) <= at
        order by lower(s.visible) desc
        limit 1
    ) past
    where upper_inf(now.visible) and lower(now.visible) > at;
end
$$;

-- Where every country stood at a position. Postgres takes it apart into the statement that asks.
create function states_at(at bigint) returns setof country_state
language sql stable
as $$
    select *
    from country_state
    where upper_inf(visible) and lower(visible) <= at
    union all
    select *
    from states_left_since(at)
$$;
