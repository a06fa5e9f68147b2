-- The agreement is corrected, and the termination is scheduled.
update development_revision
set visible = '[3,9)'
where development_id = '00000000-0000-4000-8000-0000000000d2';

insert into development_revision (
    development_id, revision, country_code, kind, state, visible, first_position, created_at,
    occurred, occurred_earliest, occurred_latest, effective_day, summary, affects_status,
    people_at_most, terms, form, author_token_id, author, note, corrected
) values (
    '00000000-0000-4000-8000-0000000000d2', 2, 'GH', 'AGREEMENT', 'PUBLISHED', '[9,)', 3, '2025-06-25T12:09Z',
    '2025-06-02', '2025-06-02', '2025-06-02', '2025-06-02', 'Agreed to take people.', true,
    14, 'From West Africa only', 'ORAL', '00000000-0000-4000-8000-0000000000c1', 'desk', 'No least number was agreed.', true
);

insert into citation values (
    '00000000-0000-4000-8000-0000000000d2', 2, 0, '00000000-0000-4000-8000-0000000000a1', 'p. 2', 'So it is.'
);

insert into change values (
    9, '2025-06-25T12:09Z', 'CORRECTED', 'GH', '00000000-0000-4000-8000-0000000000d2', 2, 'AGREED', 'AGREED'
);

update feed set position = 9, last_at = '2025-06-25T12:09Z';

update development_revision
set state = 'SCHEDULED', publish_at = '2999-01-01T00:00Z'
where development_id = '00000000-0000-4000-8000-0000000000d7';
