-- What readers see now, for the peers to serve: views over the tracker's own tables. What the tracker words or derives in its program
-- stands ready in tables beside them, filled with its own answers, so that all serve the same and the peers have less to do.
create schema peer;

create function peer.development_of(id text) returns uuid
language sql immutable strict
return encode(substr(decode(translate(id, '-_', '+/') || '=', 'base64'), 2), 'hex')::uuid;

create table peer.country_words (
    code text primary key,
    id text not null,
    since_edtf text,
    since_label text
);

create table peer.development_words (
    development_id uuid primary key,
    revision integer not null,
    id text not null unique,
    kind text not null,
    occurred_label text not null,
    published_at text not null,
    disputed boolean not null,
    people_label text,
    amount_value text
);

create table peer.source_words (
    source_id uuid primary key,
    id text not null unique
);

insert into peer.country_words
select node ->> 'code', node ->> 'id', node #>> '{statusSince,edtf}', node #>> '{statusSince,label}'
from peer_answers, jsonb_array_elements(countries) node;

insert into peer.development_words
select
    peer.development_of(node ->> 'id'), (node ->> 'revision')::integer, node ->> 'id', node ->> '__typename',
    node #>> '{occurred,label}', node ->> 'publishedAt', (node ->> 'disputed')::boolean, node #>> '{people,label}', node #>> '{amount,value}'
from peer_answers, jsonb_array_elements(developments) node;

insert into peer.source_words
select distinct peer.development_of(citation #>> '{source,id}'), citation #>> '{source,id}'
from peer_answers, jsonb_array_elements(developments) node, jsonb_array_elements(node -> 'citations') citation;

drop function peer.development_of;
drop table peer_answers;

-- Each serves a view below: what is there now is found without looking through what was.
create index on country_state (country_code) where upper_inf(visible);
create index on development_revision (development_id) where upper_inf(visible);
create index on development_revision (country_code, effective_day desc, first_position desc) where upper_inf(visible);
create index on source_version (source_id) where upper_inf(visible);

create view peer.country as
select
    v.country_code as code,
    w.id,
    v.name,
    v.sort_key,
    v.region as region_name,
    s.status as status_code,
    d.label as status_label,
    w.since_edtf,
    w.since_label,
    coalesce(s.disputed, false) as disputed,
    latest.id as latest_development_id,
    s.status is not null as tracked
from country_version v
join peer.country_words w on w.code = v.country_code
left join country_state s on s.country_code = v.country_code and upper_inf(s.visible)
left join status_definition d on d.code = s.status and upper_inf(d.visible)
left join peer.development_words latest on latest.development_id = s.latest_development_id
where upper_inf(v.visible);

create view peer.development as
select
    w.id,
    r.country_code,
    w.kind,
    r.summary,
    r.occurred as occurred_edtf,
    r.occurred_earliest::text as occurred_earliest,
    r.occurred_latest::text as occurred_latest,
    w.occurred_label,
    w.published_at,
    r.revision,
    r.corrected,
    r.retracted,
    w.disputed,
    r.people_at_most,
    r.people_exactly,
    w.people_label,
    r.terms,
    w.amount_value,
    r.currency as amount_currency,
    disputed.id as disputes_id,
    r.denied_by,
    r.effective_day,
    r.first_position
from development_revision r
join peer.development_words w on w.development_id = r.development_id
left join peer.development_words disputed on disputed.development_id = r.disputes_id
where upper_inf(r.visible);

create view peer.source as
select w.id, v.kind, v.publisher, v.title, v.url, v.attribution, v.published_on as published_on_edtf
from source_version v
join peer.source_words w on w.source_id = v.source_id
where upper_inf(v.visible);

create view peer.citation as
select d.id as development_id, c.ordinal, s.id as source_id, c.quote
from citation c
join peer.development_words d on d.development_id = c.development_id and d.revision = c.revision
join peer.source_words s on s.source_id = c.source_id;

create view peer.nationality as
select d.id as development_id, n.ordinal, n.country_code
from development_nationality n
join peer.development_words d on d.development_id = n.development_id and d.revision = n.revision;

-- What PostGraphile would read from the keys of tables.
comment on view peer.country is E'@primaryKey code\n@foreignKey (latest_development_id) references peer.development (id)';
comment on view peer.development is E'@primaryKey id\n@foreignKey (country_code) references peer.country (code)';
comment on view peer.source is '@primaryKey id';
comment on view peer.citation is
    E'@primaryKey development_id,ordinal\n@foreignKey (development_id) references peer.development (id)\n@foreignKey (source_id) references peer.source (id)';
comment on view peer.nationality is
    E'@primaryKey development_id,ordinal\n@foreignKey (development_id) references peer.development (id)\n@foreignKey (country_code) references peer.country (code)';

analyze;
