-- What readers see, flat and ready-made, for the peers to serve: filled with the tracker's own answers, so that all serve the same. It
-- has no positions and no past, and labels need not be worded: less work than the tracker's own tables give.
create schema peer;

create table peer.country (
    code text primary key,
    id text not null,
    name text not null,
    region_name text,
    status_code text,
    status_label text,
    since_edtf text,
    since_label text,
    disputed boolean not null,
    latest_development_id text,
    tracked boolean not null,
    -- Its place in the list, which is ordered by name.
    place integer not null
);

create table peer.development (
    id text primary key,
    country_code text not null references peer.country,
    kind text not null,
    summary text not null,
    occurred_edtf text,
    occurred_earliest text,
    occurred_latest text,
    occurred_label text not null,
    published_at text not null,
    revision integer not null,
    corrected boolean not null,
    retracted boolean not null,
    disputed boolean not null,
    people_at_most integer,
    people_exactly integer,
    people_label text,
    terms text,
    amount_value text,
    amount_currency text,
    disputes_id text,
    denied_by text,
    -- Its place in the ledger, newest first.
    place integer not null
);

create table peer.source (
    id text primary key,
    kind text not null,
    publisher text,
    title text not null,
    url text,
    attribution text,
    published_on_edtf text
);

create table peer.citation (
    development_id text not null references peer.development,
    ordinal integer not null,
    source_id text not null references peer.source,
    quote text,
    primary key (development_id, ordinal)
);

create table peer.nationality (
    development_id text not null references peer.development,
    ordinal integer not null,
    country_code text not null references peer.country,
    primary key (development_id, ordinal)
);

insert into peer.country
select
    node ->> 'code', node ->> 'id', node ->> 'name', node #>> '{region,name}',
    node #>> '{status,code}', node #>> '{status,label}', node #>> '{statusSince,edtf}', node #>> '{statusSince,label}',
    (node ->> 'disputed')::boolean, node #>> '{latestDevelopment,id}', node -> 'status' <> 'null', place
from peer_answers, jsonb_array_elements(countries) with ordinality list (node, place);

insert into peer.development
select
    node ->> 'id', node #>> '{country,code}', node ->> '__typename', node ->> 'summary',
    node #>> '{occurred,edtf}', node #>> '{occurred,earliest}', node #>> '{occurred,latest}', node #>> '{occurred,label}',
    node ->> 'publishedAt', (node ->> 'revision')::integer,
    (node ->> 'corrected')::boolean, (node ->> 'retracted')::boolean, (node ->> 'disputed')::boolean,
    (node #>> '{people,atMost}')::integer, (node #>> '{people,exactly}')::integer, node #>> '{people,label}',
    node ->> 'terms', node #>> '{amount,value}', node #>> '{amount,currency}', node #>> '{disputes,id}', node ->> 'deniedBy', place
from peer_answers, jsonb_array_elements(developments) with ordinality list (node, place);

insert into peer.source
select distinct on (source ->> 'id')
    source ->> 'id', source ->> 'kind', source ->> 'publisher', source ->> 'title', source ->> 'url', source ->> 'attribution',
    source #>> '{publishedOn,edtf}'
from peer_answers, jsonb_array_elements(developments) node, jsonb_array_elements(node -> 'citations') citation,
    lateral (select citation -> 'source') cited (source);

insert into peer.citation
select node ->> 'id', ordinal, citation #>> '{source,id}', citation ->> 'quote'
from peer_answers, jsonb_array_elements(developments) node,
    jsonb_array_elements(node -> 'citations') with ordinality list (citation, ordinal);

insert into peer.nationality
select node ->> 'id', ordinal, nationality ->> 'code'
from peer_answers, jsonb_array_elements(developments) node,
    jsonb_array_elements(node -> 'nationalities') with ordinality list (nationality, ordinal)
where node ? 'nationalities';

alter table peer.country add foreign key (latest_development_id) references peer.development;
alter table peer.development add foreign key (disputes_id) references peer.development;
create index on peer.country (tracked, place);
create index on peer.country (latest_development_id);
create index on peer.development (country_code, place);
create index on peer.development (disputes_id);
create index on peer.citation (source_id);
create index on peer.nationality (country_code);

drop table peer_answers;
analyze;
