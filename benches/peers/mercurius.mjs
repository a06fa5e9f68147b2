// Mercurius with its JIT on the schema `peer`: the tracker's own types, SQL by hand, one statement a list and a loader a child.
import Fastify from 'fastify';
import mercurius from 'mercurius';
import pg from 'pg';

const KINDS = ['Ask', 'Talks', 'Refusal', 'Agreement', 'Payment', 'Transfer', 'CourtOrder', 'Denial', 'Termination'];

const OWN = {
  Agreement: 'people: People terms: String',
  Payment: 'amount: Money!',
  Transfer: 'people: People nationalities: [Country!]!',
  Denial: 'disputes: Reference! deniedBy: String!',
};

const SHARED = `
  id: ID! summary: String! occurred: EdtfDate! publishedAt: String revision: Int! corrected: Boolean! retracted: Boolean!
  disputed: Boolean! citations: [Citation!]!`;

const schema = `
  scalar DateTime
  scalar CountryCode
  input CountryFilter { tracked: Boolean }
  type Query {
    countries(first: Int, after: String, filter: CountryFilter, asOf: DateTime): CountryConnection!
    country(code: CountryCode!): Country
  }
  type CountryConnection { totalCount: Int! pageInfo: PageInfo! nodes: [Country!]! }
  type PageInfo { hasNextPage: Boolean! endCursor: String }
  type Country {
    id: ID! code: String! name: String! region: Region status: Status statusSince: EdtfDate disputed: Boolean!
    latestDevelopment: Development developments(first: Int = 20): DevelopmentConnection!
  }
  type Region { name: String! }
  type Status { code: String! label: String! }
  type EdtfDate { edtf: String earliest: String latest: String label: String }
  type DevelopmentConnection { totalCount: Int! nodes: [Development!]! }
  type Reference { id: ID! }
  type People { atMost: Int exactly: Int label: String! }
  type Money { value: String! currency: String! }
  type Citation { quote: String source: Source! }
  type Source { kind: String! publisher: String title: String! url: String attribution: String publishedOn: EdtfDate }
  interface Development { ${SHARED} }
  ${KINDS.map((kind) => `type ${kind} implements Development { ${SHARED} ${OWN[kind] ?? ''} }`).join('\n')}
`;

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });

// Named, so that Postgres prepares it once a connection.
const rows = async (name, text, values) => (await pool.query({ name, text, values })).rows;

const country = (row) => ({
  id: row.id,
  code: row.code,
  name: row.name,
  region: row.region_name && { name: row.region_name },
  status: row.status_code && { code: row.status_code, label: row.status_label },
  statusSince: row.since_label && { edtf: row.since_edtf, label: row.since_label },
  disputed: row.disputed,
});

const people = (row) =>
  row.people_label && { atMost: row.people_at_most, exactly: row.people_exactly, label: row.people_label };

const development = (row) => ({
  kind: row.kind,
  id: row.id,
  summary: row.summary,
  occurred: {
    edtf: row.occurred_edtf,
    earliest: row.occurred_earliest,
    latest: row.occurred_latest,
    label: row.occurred_label,
  },
  publishedAt: row.published_at,
  revision: row.revision,
  corrected: row.corrected,
  retracted: row.retracted,
  disputed: row.disputed,
  people: people(row),
  terms: row.terms,
  amount: row.amount_value && { value: row.amount_value, currency: row.amount_currency },
  disputes: row.disputes_id && { id: row.disputes_id },
  deniedBy: row.denied_by,
});

const cited = (row) => ({
  quote: row.quote,
  source: {
    kind: row.kind,
    publisher: row.publisher,
    title: row.title,
    url: row.url,
    attribution: row.attribution,
    publishedOn: row.published_on_edtf && { edtf: row.published_on_edtf },
  },
});

// The children of many parents by one statement, in the order of the parents.
const load = (name, text, key, shape) => async (queries) => {
  const children = new Map(queries.map(({ obj }) => [obj.id, []]));
  for (const row of await rows(name, text, [[...children.keys()]])) children.get(row[key]).push(shape(row));
  return queries.map(({ obj }) => children.get(obj.id));
};

const citations = load(
  'citations',
  `select c.development_id, c.quote, s.kind, s.publisher, s.title, s.url, s.attribution, s.published_on_edtf
   from peer.citation c join peer.source s on s.id = c.source_id
   where c.development_id = any($1) order by c.development_id, c.ordinal`,
  'development_id',
  cited,
);

const nationalities = load(
  'nationalities',
  `select n.development_id, c.* from peer.nationality n join peer.country c on c.code = n.country_code
   where n.development_id = any($1) order by n.development_id, n.ordinal`,
  'development_id',
  country,
);

const resolvers = {
  Query: {
    countries: async (_, { first = 50 }) => {
      const [page, [{ count }]] = await Promise.all([
        rows(
          'board',
          `select c.*, d.kind as d_kind, d.id as d_id, d.summary as d_summary, d.occurred_edtf, d.occurred_earliest, d.occurred_latest,
             d.occurred_label
           from peer.country c left join peer.development d on d.id = c.latest_development_id
           where c.tracked order by c.sort_key limit $1`,
          [first + 1],
        ),
        rows('count', 'select count(*)::integer as count from peer.country where tracked', []),
      ]);
      const nodes = page.slice(0, first).map((row) => ({
        ...country(row),
        latestDevelopment: row.d_id && development({ ...row, kind: row.d_kind, id: row.d_id, summary: row.d_summary }),
      }));
      const pageInfo = { hasNextPage: page.length > first, endCursor: nodes.at(-1)?.code };
      return { totalCount: count, pageInfo, nodes };
    },
    country: async (_, { code }) => {
      const [row] = await rows('country', 'select * from peer.country where code = $1', [code]);
      return row && country(row);
    },
  },
  Country: {
    developments: async ({ code }, { first }) => {
      const [page, [{ count }]] = await Promise.all([
        rows(
          'page',
          `select * from peer.development where country_code = $1
           order by effective_day desc, first_position desc limit $2`,
          [code, first],
        ),
        rows('size', 'select count(*)::integer as count from peer.development where country_code = $1', [code]),
      ]);
      return { totalCount: count, nodes: page.map(development) };
    },
  },
  Development: { resolveType: ({ kind }) => kind },
};

const loaders = Object.fromEntries(KINDS.map((kind) => [kind, { citations }]));
loaders.Transfer.nationalities = nationalities;

const app = Fastify();
await app.register(mercurius, { schema, resolvers, loaders, jit: 1 });
console.log(`serves at ${await app.listen({ host: '127.0.0.1', port: 0 })}/`);
