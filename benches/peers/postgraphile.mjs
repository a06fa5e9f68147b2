// PostGraphile 5 on the schema `peer`, as its documentation sets it up for production.
import { createServer } from 'node:http';
import { grafserv } from 'postgraphile/grafserv/node';
import { makePgService } from 'postgraphile/adaptors/pg';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { postgraphile } from 'postgraphile';

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  // The tracker's ids are global already.
  disablePlugins: ['NodePlugin'],
  pgServices: [makePgService({ connectionString: process.env.DATABASE_URL, schemas: ['peer'] })],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
});
const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(0, '127.0.0.1', () => console.log(`serves at http://127.0.0.1:${server.address().port}/`));
