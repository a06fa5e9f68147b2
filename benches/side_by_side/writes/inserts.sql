\set development random(1, 9000000000000000000)
\set source random(1, 9000000000000000000)
begin;
select nextval('plain_position') as position \gset
insert into source (id, created_at) values (md5(:source::bigint::text)::uuid, now());
insert into source_version (source_id, version, visible, kind, publisher, title, url, published_on, created_at)
values (
    md5(:source::bigint::text)::uuid, 1, int8range(:position::bigint, null), 'NEWS_REPORT', 'The paper',
    'Its report ' || md5(:source::bigint::text), 'https://news.example/' || md5(:source::bigint::text), '2025-06-25', now()
);
insert into development (id, country_code, kind, created_at) values (md5(:development::bigint::text)::uuid, '{country}', 'ASK', now());
insert into development_revision (
    development_id, revision, country_code, kind, state, visible, first_position, published_at, created_at,
    occurred, occurred_earliest, occurred_latest, effective_day, summary, affects_status, stage, author_id, author
)
select
    md5(:development::bigint::text)::uuid, 1, '{country}', 'ASK', 'PUBLISHED', int8range(:position::bigint, null), :position::bigint, now(), now(),
    '2025-06', '2025-06-01', '2025-06-30', '2025-06-25', 'Asked to take people from other countries.', true, 'ASKED', id, name
from api_token limit 1;
insert into citation (development_id, revision, ordinal, source_id, locator)
values (md5(:development::bigint::text)::uuid, 1, 0, md5(:source::bigint::text)::uuid, 'p. 2');
insert into country_state (
    country_code, visible, status, status_development_id, status_occurred, status_effective_day, disputed, latest_development_id
)
values (
    '{country}', int8range(:position::bigint, :position::bigint + 1), 'ASKED', md5(:development::bigint::text)::uuid, '2025-06', '2025-06-25', false,
    md5(:development::bigint::text)::uuid
);
insert into change (position, at, kind, country_code, development_id, revision, status_before, status_after)
values (:position::bigint, now(), 'PUBLISHED', '{country}', md5(:development::bigint::text)::uuid, 1, 'ASKED', 'ASKED');
insert into audit_entry (id, at, actor_id, actor, act, address, development_id, revision, position)
overriding system value
select
    :position::bigint, now(), id, name, 'RECORD', '127.0.0.1', md5(:development::bigint::text)::uuid, 1, :position::bigint
from api_token limit 1;
insert into idempotency_key (actor_id, key, input_digest, development_id, revision, position, created_at)
select
    id, md5(:source::bigint::text), sha256(:source::bigint::text::bytea), md5(:development::bigint::text)::uuid, 1, :position::bigint, now()
from api_token limit 1;
commit;
