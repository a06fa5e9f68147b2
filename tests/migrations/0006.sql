insert into change (position, at, kind, country_code, development_id, revision, status_before, status_after)
select position, timestamptz '2025-06-25T12:00Z' + position * interval '1 minute', kind, country_code,
    ('00000000-0000-4000-8000-0000000000' || development)::uuid, case when development is not null then 1 end,
    status_before, status_after
from (values
    (1, 'COUNTRIES_REVISED', null, null, null, null),
    (2, 'PUBLISHED', 'GH', 'd1', null, 'ASKED'),
    (3, 'PUBLISHED', 'GH', 'd2', 'ASKED', 'AGREED'),
    (4, 'PUBLISHED', 'GH', 'd3', 'AGREED', 'AGREED'),
    (5, 'SOURCE_REVISED', null, null, null, null),
    (6, 'PUBLISHED', 'GH', 'd4', 'AGREED', 'AGREED'),
    (7, 'PUBLISHED', 'GH', 'd5', 'AGREED', 'AGREED'),
    (8, 'PUBLISHED', 'GH', 'd6', 'AGREED', 'AGREED')
) as sample (position, kind, country_code, development, status_before, status_after);

update feed set position = 8, last_at = '2025-06-25T12:08Z';

insert into country_state (
    country_code, visible, status, status_development_id, disputed, latest_development_id
)
select 'GH', visible::int8range, status, ('00000000-0000-4000-8000-0000000000' || by)::uuid, disputed,
    ('00000000-0000-4000-8000-0000000000' || latest)::uuid
from (values
    ('[2,3)', 'ASKED', 'd1', false, 'd1'),
    ('[3,4)', 'AGREED', 'd2', false, 'd2'),
    ('[4,6)', 'AGREED', 'd2', true, 'd3'),
    ('[6,7)', 'AGREED', 'd2', true, 'd4'),
    ('[7,8)', 'AGREED', 'd2', true, 'd5'),
    ('[8,)', 'AGREED', 'd2', true, 'd6')
) as sample (visible, status, by, disputed, latest);
