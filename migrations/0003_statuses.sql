-- What each status means, in the words that readers see. The rule that derives a status is in the program; these are its words,
-- and they may be improved in the open.

create table status_definition (
    code text not null check (code in ('ASKED', 'DECLINED', 'AGREED', 'ENDED')),
    visible int8range not null check (not isempty(visible)),
    label text not null check (label <> ''),
    definition text not null check (definition <> ''),
    -- The number in the headline that it counts towards; none for an agreement that has ended.
    headline text check (headline in ('ASKED', 'AGREED')),
    exclude using gist (code with =, visible with &&)
);

insert into status_definition (code, visible, label, definition, headline) values
    ('ASKED', '[0,)', 'Asked',
     'The U.S. has asked the country, or plans to ask it, to take deportees who are not its citizens.', 'ASKED'),
    ('DECLINED', '[0,)', 'Declined',
     'The country has said no. It still counts among those that have been asked or will be asked.', 'ASKED'),
    ('AGREED', '[0,)', 'Agreed',
     'The country has agreed to take deportees who are not its citizens.', 'AGREED'),
    ('ENDED', '[0,)', 'Ended',
     'The country had agreed, and the agreement has ended. It counts in the total only.', null);
