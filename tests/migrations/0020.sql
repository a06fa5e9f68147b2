insert into identity (id, account_id, issuer, subject, linked_at, last_used_at) values
    ('00000000-0000-4000-8000-0000000000c1', '00000000-0000-4000-8000-0000000000e1', 'https://login.example.org', 'ama', '2025-06-25T12:00Z',
     '2025-06-26T12:00Z');
insert into session (secret_digest, account_id, address, created_at, last_used_at, expires_at, identity_id) values
    (decode(repeat('ac', 32), 'hex'), '00000000-0000-4000-8000-0000000000e1', '192.0.2.1', '2025-06-26T12:00Z', '2025-06-26T12:00Z', '2025-07-26T12:00Z',
     '00000000-0000-4000-8000-0000000000c1');
insert into sign_on (secret_digest, next, previous_digest, address, begun_at) values
    (decode(repeat('ad', 32), 'hex'), '/desk', decode(repeat('ac', 32), 'hex'), '192.0.2.1', '2025-06-26T12:00Z');
insert into audit_entry (at, actor_id, actor, act, subject_id) values
    ('2025-06-25T12:00Z', '00000000-0000-4000-8000-0000000000e1', 'Ama Mensah', 'LINK_IDENTITY', '00000000-0000-4000-8000-0000000000e1');
