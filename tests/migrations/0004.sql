-- A report that was reworded after it had been published.
insert into source values ('00000000-0000-4000-8000-0000000000a1', '2025-06-25T12:00Z');

insert into source_version (
    source_id, version, visible, kind, publisher, title, url, archived_url, attribution, published_on
) values
    ('00000000-0000-4000-8000-0000000000a1', 1, '[2,5)', 'NEWS_REPORT', 'The Daily Sample', 'Talks in Accra',
     'https://www.example.org/accra', 'https://archive.example.org/accra', 'A report', '2025-06-25'),
    ('00000000-0000-4000-8000-0000000000a1', 2, '[5,)', 'NEWS_REPORT', 'The Daily Sample', 'Talks at Accra',
     'https://www.example.org/accra', 'https://archive.example.org/accra', 'A report', '2025-06-25');
