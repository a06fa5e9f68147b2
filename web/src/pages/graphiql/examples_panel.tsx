import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';

import { type Example, examples } from './examples';

/** Opens an example in a tab of its own, or goes to the tab that holds it unchanged. Nobody's own tabs are touched. */
function useOpen() {
  const { tabs, queryEditor, variableEditor, headerEditor } = useGraphiQL((state) => state);
  const { addTab, changeTab, stop } = useGraphiQLActions();
  return ({ query, variables = '', headers = '' }: Example) => {
    const open = tabs.findIndex((tab) => tab.query === query && (tab.variables ?? '') === variables);
    if (open >= 0) return changeTab(open);
    // What the tab before still listens to would answer into the new one.
    stop();
    addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    headerEditor?.setValue(headers);
  };
}

function Examples() {
  const open = useOpen();
  return (
    <section className="examples" aria-label="Examples">
      <h2>Examples</h2>
      <p>Each opens in a tab of its own, ready to run.</p>
      <ul>
        {examples.map((example) => (
          <li key={example.name}>
            <button type="button" className="graphiql-un-styled" onClick={() => open(example)}>
              <strong>{example.name}</strong>
              {example.meaning}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ExamplesIcon() {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" strokeLinejoin="round">
      <path d="M4 6.5 5.5 8 8 5M4 12.5 5.5 14 8 11M4 18.5 5.5 20 8 17M11.5 6.5H20M11.5 12.5H20M11.5 18.5H20" />
    </svg>
  );
}

/** The examples, always to hand in the sidebar, whatever has become of the tabs. */
export const examplesPanel: GraphiQLPlugin = { title: 'Examples', icon: ExamplesIcon, content: Examples };
