insert into actor (id) values ('00000000-0000-4000-8000-0000000000e1');
insert into account (id, email, name, role, password_hash, created_at, deactivated_at) values
    ('00000000-0000-4000-8000-0000000000e1', 'ama@example.org', 'Ama Mensah', 'EDITOR', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHRzYWx0$aGFzaA',
     '2025-06-25T12:00Z', '2025-07-01T12:00Z');
insert into session (secret_digest, account_id, address, created_at, last_used_at, expires_at) values
    (decode(repeat('ab', 32), 'hex'), '00000000-0000-4000-8000-0000000000e1', '192.0.2.1', '2025-06-25T12:00Z', '2025-06-25T12:00Z', '2025-07-25T12:00Z');
insert into account_link (account_id, secret_digest, expires_at) values
    ('00000000-0000-4000-8000-0000000000e1', decode(repeat('cd', 32), 'hex'), '2025-06-28T12:00Z');
insert into sign_in_attempt (id, email_digest, address, at) values
    ('00000000-0000-4000-8000-0000000000f1', decode(repeat('ef', 32), 'hex'), '192.0.2.1', '2025-06-25T12:00Z');
