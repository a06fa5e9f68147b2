import 'graphiql/setup-workers/vite';
import './page.css';

import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { examples } from './examples';
import { examplesPanel } from './examples_panel';
import { storageWithoutHeaders } from './storage';

const api = new URL('/graphql', location.href);
const socket = new URL(api);
socket.protocol = api.protocol.replace('http', 'ws');

const fetcher = createGraphiQLFetcher({
  url: api.href,
  // The headers of the tab travel in connection_init: a browser sends none of its own with a WebSocket.
  subscriptionUrl: socket.href,
  // The server has no @defer or @stream, and the fetcher that has asks for another media type.
  enableIncrementalDelivery: false,
});

const root = document.getElementById('graphiql');
if (!root) throw new Error('graphiql.html has no element for GraphiQL.');
createRoot(root).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={examples}
    defaultQuery=""
    plugins={[HISTORY_PLUGIN, examplesPanel]}
    storage={storageWithoutHeaders(localStorage)}
    shouldPersistHeaders={false}
    inputValueDeprecation
    schemaDescription
    defaultEditorToolsVisibility="variables"
  >
    <GraphiQL.Logo>
      <a href="/schema.graphql" title="The schema, as a file">
        Third-Country Tracker
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
