-- Fills a migrated database that holds the countries and the article with many more developments, as if a newsroom had recorded them one by
-- one since the article: published, some of them corrected or retracted, with sources, states, changes and audit entries as the program
-- would have written them. For measuring and trying out only: it dates back what is there, and so takes the triggers that guard the record
-- out of force for its own transaction. Constraints stay in force.
--
--     psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -c 'set seed.developments = 500000' -f benches/seed/seed.sql -c 'vacuum analyze'
--
-- Best while no server runs on the database: one that does has to read all of the new feed. The same number always gives the same developments; only the dates move with the day.

begin;

-- Of foreign keys and the guards of the record; only a superuser may.
set local session_replication_role = replica;
set local synchronous_commit = off;
set local work_mem = '256MB';

-- A number from 0 to 1 that depends on the development and on what it is for.
create function pg_temp.chance(n bigint, purpose integer) returns double precision
language sql immutable
return (hashint8extended(n, purpose) & 1073741823)::double precision / 1073741824;

-- The newsroom began with the article; the last change is an hour old.
create temporary table span on commit drop as
select
    current_setting('seed.developments')::bigint as developments,
    position as base,
    timestamptz '2025-06-25T12:00Z' as began_at,
    date_trunc('hour', now() - interval '1 hour') as ended_at
from feed;

-- What is there stood in the record when the newsroom began.
update change
set at = began_at - (base - position) * interval '1 millisecond'
from span;

update development_revision r
set published_at = c.at
from change c
where c.position = r.first_position;

update development set created_at = began_at - interval '1 hour' from span;

-- What there is to record: which country, what kind, from which source, when, and what becomes of it.

create temporary table place on commit drop as
select
    v.country_code,
    v.name,
    -- Those of the article come first, and have more happen to them.
    row_number() over (order by s.country_code is null, md5(v.country_code)) - 1 as ordinal
from country_version v
left join country_state s on s.country_code = v.country_code and upper_inf(s.visible)
where upper_inf(v.visible);

create temporary table wish on commit drop as
select
    n,
    md5('development ' || n)::uuid as id,
    country_code,
    name,
    case
        when dice < 0.30 then 'ASK'
        when dice < 0.45 then 'TALKS'
        when dice < 0.55 then 'REFUSAL'
        when dice < 0.65 then 'AGREEMENT'
        when dice < 0.73 then 'PAYMENT'
        when dice < 0.88 then 'TRANSFER'
        when dice < 0.94 then 'COURT_ORDER'
        when dice < 0.98 and lag(n) over timeline is not null then 'DENIAL'
        when dice < 0.98 then 'TALKS'
        else 'TERMINATION'
    end as kind,
    lag(n) over timeline as previous,
    -- Four in a row cite the same report.
    (n + 3) / 4 as report,
    -- A few days before it is recorded: corrections move what comes after them.
    ((began_at + (ended_at - began_at) * ((n + 3) / 4 * 4 - 3) / developments) at time zone 'UTC')::date - 3 as reported_on,
    case when pg_temp.chance(n, 3) < 0.1 then 300 else 10 end * pg_temp.chance(n, 4) as days_before,
    case
        when pg_temp.chance(n, 5) < 0.70 then 'DAY'
        when pg_temp.chance(n, 5) < 0.88 then 'MONTH'
        when pg_temp.chance(n, 5) < 0.92 then 'YEAR'
    end as precision
from span
cross join generate_series(1, developments) n
cross join lateral (select pg_temp.chance(n, 1)) kinds (dice)
join place on place.ordinal = trunc(power(pg_temp.chance(n, 2), 1.3) * (select count(*) from place))
window timeline as (partition by country_code order by n);

create temporary table recorded on commit drop as
select
    wish.*,
    case precision when 'DAY' then day::text when 'MONTH' then to_char(day, 'YYYY-MM') when 'YEAR' then to_char(day, 'YYYY') end as occurred,
    earliest,
    latest,
    greatest(least(latest, reported_on), earliest) as effective_day,
    case kind when 'DENIAL' then md5('development ' || previous)::uuid end as disputes_id,
    n in (select previous from wish where kind = 'DENIAL') as is_disputed
from wish
cross join lateral (select reported_on - days_before::integer) occurrence (day)
cross join lateral (
    select
        case precision when 'DAY' then day when 'MONTH' then date_trunc('month', day)::date when 'YEAR' then date_trunc('year', day)::date end,
        case precision
            when 'DAY' then day
            when 'MONTH' then (date_trunc('month', day) + interval '1 month - 1 day')::date
            when 'YEAR' then (date_trunc('year', day) + interval '1 year - 1 day')::date
        end
) days (earliest, latest);

create unique index on recorded (n);

-- The feed: each is published, and some come before readers again.

create temporary table event on commit drop as
with act as (
    select n, 1 as revision, n::double precision as moment from recorded
    union all
    select n, 2, n + 1 + pg_temp.chance(n, 7) * developments / 20 from recorded cross join span where pg_temp.chance(n, 6) < 0.06
)
select
    n,
    revision,
    country_code,
    base + row_number() over (order by moment, revision, n) as position,
    began_at + (ended_at - began_at) * row_number() over (order by moment, revision, n) / count(*) over () as at
from act
join recorded using (n)
cross join span;

create unique index on event (n, revision);

-- Where each country stands after each event. A key orders developments as the rule does: by effective day, then by first publication.
create temporary table standing on commit drop as
with claim as (
    select r.country_code, first_position as position, r.effective_day, r.kind, r.development_id as id, null::bigint as n, 1 as revision
    from development_revision r
    where upper_inf(visible)
    union all
    select e.country_code, e.position, r.effective_day, r.kind, r.id, e.n, e.revision
    from event e
    join recorded r using (n)
), keyed as (
    select
        *,
        case when revision = 1 then to_char(effective_day, 'YYYYMMDD') || lpad(position::text, 12, '0') || id end collate "C" as key,
        array_position(array['ASK', 'REFUSAL', 'AGREEMENT', 'TERMINATION'], kind) as sets
    from claim
)
select
    country_code,
    position,
    n,
    revision,
    max(key) over timeline as latest,
    max(key || sets) over timeline as status,
    count(*) filter (where kind = 'DENIAL') over timeline > 0 as disputed,
    lead(position) over (partition by country_code order by position) as until
from keyed
window timeline as (partition by country_code order by position);

create temporary table state on commit drop as
select
    country_code,
    position,
    until,
    n,
    revision,
    disputed,
    substr(latest, 21, 36)::uuid as latest_id,
    substr(status, 21, 36)::uuid as status_id,
    (array['ASKED', 'DECLINED', 'AGREED', 'ENDED'])[substr(status, 57, 1)::integer] as status
from standing;

create unique index on state (position);

-- What comes before readers again is corrected; what sets no status, is in no dispute and is not the newest may be retracted instead.
create temporary table again on commit drop as
select
    e.n,
    e.position,
    e.at,
    pg_temp.chance(e.n, 8) < 0.3
        and r.kind in ('TALKS', 'PAYMENT', 'TRANSFER', 'COURT_ORDER')
        and not r.is_disputed
        and s.latest_id <> r.id as retracted
from event e
join recorded r using (n)
join state s using (position)
where e.revision = 2;

create unique index on again (n);

-- The record itself.

insert into source (id, created_at)
select md5('report ' || e.n)::uuid, e.at
from event e
where e.revision = 1 and e.n % 4 = 1
order by e.position;

insert into source_version (source_id, version, visible, kind, publisher, title, url, published_on, created_at)
select
    md5('report ' || e.n)::uuid,
    1,
    int8range(e.position, null),
    (array['NEWS_REPORT', 'NEWS_REPORT', 'NEWS_REPORT', 'STATEMENT', 'COURT_FILING', 'DOCUMENT'])[1 + e.n % 6],
    (array['The Daily Record', 'The Morning Wire', 'The Evening Standard', 'The Weekly Review'])[1 + e.n / 4 % 4],
    'Report ' || r.report || ' on transfers to ' || r.name,
    'https://news.example/reports/' || r.report,
    r.reported_on::text,
    e.at
from event e
join recorded r using (n)
where e.revision = 1 and e.n % 4 = 1
order by e.position;

insert into development (id, country_code, kind, created_at)
select r.id, r.country_code, r.kind, e.at
from event e
join recorded r using (n)
where e.revision = 1
order by e.position;

insert into development_revision (
    development_id, revision, country_code, kind, state, visible, first_position, published_at, created_at, author, note, corrected, retracted,
    occurred, occurred_earliest, occurred_latest, effective_day, summary, affects_status,
    stage, people_exactly, people_about, people_at_most, amount, currency, terms, form, court, disputes_id, denied_by, ended_by
)
select
    r.id,
    e.revision,
    r.country_code,
    r.kind,
    'PUBLISHED',
    int8range(e.position, case e.revision when 1 then again.position end),
    first.position,
    first.at,
    e.at,
    'seed',
    case when e.revision = 2 then case when again.retracted then 'The report was withdrawn.' else 'An earlier version misstated a detail.' end end,
    e.revision = 2 and not again.retracted,
    e.revision = 2 and again.retracted,
    r.occurred,
    r.earliest,
    r.latest,
    r.effective_day,
    case r.kind
        when 'ASK' then 'U.S. officials asked ' || name || ' to take deportees who are not its citizens'
        when 'TALKS' then 'Officials of the U.S. and of ' || name || ' talked about taking deportees'
        when 'REFUSAL' then name || ' said that it would not take deportees who are not its citizens'
        when 'AGREEMENT' then name || ' agreed to take a limited number of deportees who are not its citizens'
        when 'PAYMENT' then 'The U.S. paid for the housing of deportees in ' || name
        when 'TRANSFER' then 'A flight with deportees from other countries landed in ' || name
        when 'COURT_ORDER' then 'A court ruled on the transfer of deportees to ' || name
        when 'DENIAL' then 'The government of ' || name || ' denied what had been reported'
        else name || ' ended its agreement to take deportees'
    end || case when e.revision = 2 and not again.retracted then ', a spokesman said.' else '.' end,
    true,
    case r.kind when 'ASK' then 'ASKED' end,
    case r.kind when 'TRANSFER' then 1 + r.n % 90 end,
    case r.kind when 'PAYMENT' then 10 + r.n % 200 end,
    case r.kind when 'AGREEMENT' then 10 + r.n % 500 end,
    case r.kind when 'PAYMENT' then 10000.5 + r.n % 1000000 end,
    case r.kind when 'PAYMENT' then 'USD' end,
    case r.kind when 'AGREEMENT' then 'People of the region only, after a medical examination' end,
    case r.kind when 'AGREEMENT' then 'MEMORANDUM' end,
    case r.kind when 'COURT_ORDER' then 'Supreme Court' end,
    r.disputes_id,
    case r.kind when 'DENIAL' then 'The foreign ministry' end,
    case r.kind when 'TERMINATION' then 'The parliament' end
from event e
join recorded r using (n)
join event first on first.n = e.n and first.revision = 1
left join again on again.n = e.n
order by e.position;

insert into development_nationality (development_id, revision, ordinal, country_code)
select r.id, e.revision, moved.ordinal, place.country_code
from event e
join recorded r using (n)
cross join lateral generate_series(0, r.n % 3) moved (ordinal)
join place on place.ordinal = (r.n * 7 + moved.ordinal * 31) % (select count(*) from place)
where r.kind = 'TRANSFER'
order by e.position, moved.ordinal;

insert into citation (development_id, revision, ordinal, source_id, locator, quote)
select
    r.id,
    e.revision,
    0,
    md5('report ' || (r.report * 4 - 3))::uuid,
    case when r.n % 3 = 0 then 'p. ' || 1 + r.n % 20 end,
    case when r.n % 2 = 0 then 'Officials said that they had been told of it in advance.' end
from event e
join recorded r using (n)
order by e.position;

update country_state s
set visible = int8range(lower(s.visible), first.position)
from (select country_code, min(position) as position from event group by country_code) first
where first.country_code = s.country_code and upper_inf(s.visible);

insert into country_state (
    country_code, visible, status, status_development_id, status_occurred, status_effective_day, disputed, latest_development_id
)
select
    s.country_code, int8range(s.position, s.until), s.status, s.status_id, first.occurred, first.effective_day, s.disputed, s.latest_id
from state s
-- No correction moves a date.
left join development_revision first on first.development_id = s.status_id and first.revision = 1
where s.n is not null
order by s.position;

create temporary table counts on commit drop as
with shown as (
    select c.position, c.country_code, r.kind, r.effective_day, c.kind = 'PUBLISHED' as is_new
    from change c
    join development_revision r using (development_id, revision)
    union all
    select e.position, e.country_code, r.kind, r.effective_day, e.revision = 1
    from event e
    join recorded r using (n)
)
select
    position,
    count(*) filter (where is_new) over (order by position) as published,
    count(*) filter (where is_new) over (partition by country_code order by position) as of_country,
    count(*) filter (where is_new) over (partition by kind order by position) as of_kind,
    count(*) filter (where is_new) over (partition by country_code, kind order by position) as of_both,
    max(effective_day) over (order by position) as latest_day
from shown;

insert into change (
    position, at, kind, country_code, development_id, revision, status_before, status_after,
    development_kind, published, published_of_country, published_of_kind, published_of_both, latest_day
)
select
    e.position,
    e.at,
    case when e.revision = 1 then 'PUBLISHED' when again.retracted then 'RETRACTED' else 'CORRECTED' end,
    e.country_code,
    r.id,
    e.revision,
    s.status_before,
    s.status,
    r.kind,
    counts.published,
    counts.of_country,
    counts.of_kind,
    counts.of_both,
    counts.latest_day
from event e
join recorded r using (n)
join (select position, status, lag(status) over (partition by country_code order by position) as status_before from state) s using (position)
join counts using (position)
left join again on again.n = e.n
order by e.position;

insert into audit_entry (id, at, actor, act, development_id, revision_before, revision, position)
overriding system value
select
    head.number + row_number() over (order by e.position),
    e.at,
    'seed',
    case when e.revision = 1 then 'RECORD' when again.retracted then 'RETRACT' else 'CORRECT' end,
    r.id,
    case e.revision when 2 then 1 end,
    e.revision,
    e.position
from event e
join recorded r using (n)
left join again on again.n = e.n
cross join audit_head head
order by e.position;

update audit_head set number = (select max(id) from audit_entry);

update feed set (position, last_at) = (select max(position), max(at) from change);

notify tracker_feed;

commit;

analyze;
