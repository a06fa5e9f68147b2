insert into audit_entry (at, token_id, actor, act, address, development_id, revision, position, subject_token_id) values
    ('2025-06-25T11:00Z', null, 'the command line', 'CREATE_TOKEN', null, null, null, null,
     '00000000-0000-4000-8000-0000000000c1'),
    ('2025-06-25T12:03Z', '00000000-0000-4000-8000-0000000000c1', 'desk', 'RECORD', '192.0.2.1',
     '00000000-0000-4000-8000-0000000000d2', 1, 3, null);
