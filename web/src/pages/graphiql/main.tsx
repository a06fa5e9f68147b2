import 'graphiql/setup-workers/vite';
import './page.css';

import { HISTORY_PLUGIN } from '@graphiql/plugin-history';
import { GraphiQL } from 'graphiql';
import { createRoot } from 'react-dom/client';

import { examples } from './examples';
import { examplesPanel } from './examples_panel';
import { fetcher } from './fetcher';
import { storageWithoutHeaders } from './storage';

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
