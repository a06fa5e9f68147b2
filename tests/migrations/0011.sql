insert into source values ('00000000-0000-4000-8000-0000000000a2', '2025-06-25T12:00Z');

insert into source_version (source_id, version, kind, title, attribution, confidential, created_at) values (
    '00000000-0000-4000-8000-0000000000a2', 1, 'INTERVIEW', 'Call with a clerk', 'An official', true, '2025-06-25T12:00Z'
);

insert into source_note values (
    '00000000-0000-4000-8000-0000000000a2', 1, 'Checked by a second call.', '2025-06-25T12:00Z'
);
