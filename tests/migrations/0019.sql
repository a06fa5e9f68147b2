insert into webhook (
    id, name, url, host, countries, kinds, development_kinds, status_changed, secret, previous_secret, previous_secret_until,
    position, created_at, delivered_at, failing_since, not_before, disabled_at, disabled_because, removed_at
) values
    ('00000000-0000-4000-8000-0000000000b1', 'Cache', 'https://purge.example.org/hook', 'purge.example.org',
     '{GH}', '{PUBLISHED}', '{ASK}', true, decode(repeat('ab', 32), 'hex'), decode(repeat('cd', 32), 'hex'), '2025-06-26T12:00Z',
     8, '2025-06-25T12:00Z', '2025-06-25T13:00Z', '2025-06-25T14:00Z', '2025-06-25T15:00Z', null, null, null),
    ('00000000-0000-4000-8000-0000000000b2', 'Chat', null, 'chat.example.org',
     null, null, null, false, null, null, null,
     2, '2025-06-25T12:00Z', null, null, null, '2025-06-25T12:30Z', 'ADMIN', '2025-06-25T12:30Z');
insert into webhook_delivery (
    id, webhook_id, position, state, created_at, give_up_at, due_at, taken_until, attempts, attempted_at, status_code, error, finished_at
) values
    ('00000000-0000-4000-8000-0000000000a8', '00000000-0000-4000-8000-0000000000b1', 2, 'WAITING', '2025-06-25T12:02Z', '2025-06-28T12:02Z',
     '2025-06-25T12:03Z', '2025-06-25T12:04Z', 1, '2025-06-25T12:02Z', 503, 'It answered 503.', null),
    ('00000000-0000-4000-8000-0000000000a9', '00000000-0000-4000-8000-0000000000b2', null, 'FAILED', '2025-06-25T12:02Z', '2025-06-28T12:02Z',
     null, null, 0, null, null, 'The webhook was disabled.', '2025-06-25T12:30Z');
insert into audit_entry (at, actor, act, webhook_id) values
    ('2025-06-25T12:00Z', 'Ama Mensah', 'ADD_WEBHOOK', '00000000-0000-4000-8000-0000000000b1');
