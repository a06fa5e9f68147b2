import 'graphiql/setup-workers/vite';
import 'graphiql/style.css';
import './page.css';

import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { examples } from './examples';
import { storage } from './storage';

/** Where GraphiQL keeps the tabs that a visitor has open. */
const OPEN_TABS = 'graphiql:tabState';

const page = new URL(location.href);
if (page.searchParams.has('examples')) {
  localStorage.removeItem(OPEN_TABS);
  history.replaceState(null, '', page.pathname);
}

const api = new URL('/graphql', page);
const socket = new URL(api);
socket.protocol = api.protocol.replace('http', 'ws');

// A subscription's headers travel in connection_init.
const fetcher = createGraphiQLFetcher({ url: api.href, subscriptionUrl: socket.href });

const root = document.getElementById('graphiql');
if (!root) throw new Error('graphiql.html has no element for GraphiQL.');
createRoot(root).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={examples}
    storage={storage}
    shouldPersistHeaders={false}
    showPersistHeadersSettings={false}
    defaultEditorToolsVisibility="variables"
  >
    <GraphiQL.Logo>
      <a className="examples" href="/graphiql?examples" title="Open the ready-made examples again, in place of your tabs">
        Examples
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
