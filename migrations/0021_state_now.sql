-- Where a country stands now is found by its code. Since 0016 there is a second index of the states that hold, by when they began, and Postgres, which
-- expects hundreds of them a country, went through that one: asked whether a state spans the position, it can't.
create or replace function state_at(code text, at bigint) returns setof country_state
language sql stable
as $$
    select *
    from (
        (
            select *
            from country_state
            where country_code = code and upper_inf(visible) and visible @> at
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
