insert into audit_entry (at, token_id, actor, act, development_id, revision, revision_before, position, comment, source_id) values
    ('2025-06-25T12:09Z', '00000000-0000-4000-8000-0000000000c1', 'desk', 'CORRECT',
     '00000000-0000-4000-8000-0000000000d2', 2, 1, 9, 'Read the annex again.', null),
    ('2025-06-25T12:10Z', '00000000-0000-4000-8000-0000000000c1', 'desk', 'REVISE_SOURCE', null, null, null, null, null,
     '00000000-0000-4000-8000-0000000000a1');
