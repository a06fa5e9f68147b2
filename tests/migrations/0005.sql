-- One of each kind that has columns of its own; the termination is not published.
insert into development (id, country_code, kind, created_at, import_key)
select ('00000000-0000-4000-8000-0000000000d' || number)::uuid, 'GH', kind, '2025-06-25T12:00Z', 'sample ' || number
from unnest(array['ASK', 'AGREEMENT', 'DENIAL', 'PAYMENT', 'TRANSFER', 'COURT_ORDER', 'TERMINATION'])
    with ordinality as sample (kind, number);

insert into development_revision (
    development_id, revision, country_code, kind, state, visible, first_position, created_at,
    occurred, occurred_earliest, occurred_latest, effective_day, summary, affects_status,
    stage, people_exactly, people_about, people_at_least, people_at_most, people_in_words,
    amount, currency, terms, form, court, disputes_id, denied_by, ended_by
) values
    ('00000000-0000-4000-8000-0000000000d1', 1, 'GH', 'ASK', 'PUBLISHED', '[2,)', 2, '2025-06-25T12:00Z',
     '2025-06-01', '2025-06-01', '2025-06-01', '2025-06-01', 'Asked to take people.', true,
     'ASKED', null, null, null, null, 'dozens', null, null, null, null, null, null, null, null),
    ('00000000-0000-4000-8000-0000000000d2', 1, 'GH', 'AGREEMENT', 'PUBLISHED', '[3,)', 3, '2025-06-25T12:00Z',
     '2025-06-02', '2025-06-02', '2025-06-02', '2025-06-02', 'Agreed to take people.', true,
     null, null, null, 5, 14, null, null, null, 'From West Africa only', 'ORAL', null, null, null, null),
    ('00000000-0000-4000-8000-0000000000d3', 1, 'GH', 'DENIAL', 'PUBLISHED', '[4,)', 4, '2025-06-25T12:00Z',
     '2025-06-03', '2025-06-03', '2025-06-03', '2025-06-03', 'Denied that it had agreed.', true,
     null, null, null, null, null, null, null, null, null, null, null,
     '00000000-0000-4000-8000-0000000000d2', 'A spokesman', null),
    ('00000000-0000-4000-8000-0000000000d4', 1, 'GH', 'PAYMENT', 'PUBLISHED', '[6,)', 6, '2025-06-25T12:00Z',
     '2025-06-04', '2025-06-04', '2025-06-04', '2025-06-04', 'Was paid.', true,
     null, null, 10, null, null, null, 100000.50, 'USD', null, null, null, null, null, null),
    ('00000000-0000-4000-8000-0000000000d5', 1, 'GH', 'TRANSFER', 'PUBLISHED', '[7,)', 7, '2025-06-25T12:00Z',
     '2025-06-05', '2025-06-05', '2025-06-05', '2025-06-05', 'Took eight people.', true,
     null, 8, null, null, null, null, null, null, null, null, null, null, null, null),
    ('00000000-0000-4000-8000-0000000000d6', 1, 'GH', 'COURT_ORDER', 'PUBLISHED', '[8,)', 8, '2025-06-25T12:00Z',
     '2025-06-06', '2025-06-06', '2025-06-06', '2025-06-06', 'A court let it go on.', true,
     null, null, null, null, null, null, null, null, null, null, 'Supreme Court', null, null, null),
    ('00000000-0000-4000-8000-0000000000d7', 1, 'GH', 'TERMINATION', 'DRAFT', null, null, '2025-06-25T12:00Z',
     null, null, null, '2025-06-25', 'Ended the agreement.', true,
     null, null, null, null, null, null, null, null, null, null, null, null, null, 'The parliament');

insert into development_nationality values ('00000000-0000-4000-8000-0000000000d5', 1, 0, 'FR');

insert into citation (development_id, revision, ordinal, source_id, locator, quote)
select development_id, revision, 0, '00000000-0000-4000-8000-0000000000a1', 'p. 2', 'So it is.'
from development_revision;
