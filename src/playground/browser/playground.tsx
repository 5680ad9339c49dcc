import { DOC_EXPLORER_PLUGIN } from '@graphiql/plugin-doc-explorer';
import { useGraphiQL } from '@graphiql/react';
import { createGraphiQLFetcher, type Fetcher, type FetcherParams } from '@graphiql/toolkit';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { type DocumentNode, type ExecutionResult, getOperationAST, OperationTypeNode, parse } from 'graphql';
import 'graphiql/style.css';
import { type ReactElement, useEffect } from 'react';
import { createRoot } from 'react-dom/client';
import { chooseAgain } from './desk/chosen-article.js';
import { DESK_PLUGIN, SignedInName } from './desk/desk-plugin.js';
import { EXAMPLES } from './examples.js';
import { EXAMPLES_PLUGIN } from './examples-plugin.js';
import './playground.css';
import './desk/desk.css';
import { CAREFUL_STORAGE } from './session/careful-storage.js';
import { beginSession, session } from './session/session.js';
import './workers.js';

const root = document.querySelector('#playground');

/** The name in the corner. It stands inside GraphiQL, and so learns when the editors are there. */
function Logo(): ReactElement {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  const title = useGraphiQL(({ tabs, activeTabIndex }) => tabs[activeTabIndex]?.title);
  useEffect(() => {
    // Who has many tabs sees the one that has just been opened.
    document.querySelector('.graphiql-tab-active')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [title]);
  useEffect(() => {
    variableEditor?.updateOptions({ wordWrap: 'on' });
  }, [variableEditor]);
  useEffect(() => {
    if (!queryEditor || !responseEditor) return;
    queryEditor.updateOptions({ wordWrap: 'on' });
    // Before this, a click on a tab or the triangle would be half done: the style sheet lets none through.
    root?.classList.add('ready');
  }, [queryEditor, responseEditor]);
  return (
    <span className="logo">
      Colophon
      <SignedInName />
    </span>
  );
}

/** Subscriptions are for everybody, and are asked without credentials: the server takes none over web sockets. */
const follow = createGraphiQLFetcher({
  url: location.pathname,
  subscriptionUrl: `${location.origin.replace(/^http/, 'ws')}${location.pathname}`,
});

/**
 * Asks this server, as who is signed in. Who opens another tab and runs it at once is quicker than GraphiQL, which still
 * names the last tab's operation and gives its document: which operation is meant, the text says itself then.
 */
const fetcher: Fetcher = (request, options) => {
  const document = documentOf(request);
  const operation = document && (getOperationAST(document, request.operationName) ?? getOperationAST(document));
  const asked: FetcherParams =
    document === null ? request : { ...request, operationName: operation?.name?.value ?? null };
  if (document !== null && operation?.operation === OperationTypeNode.SUBSCRIPTION) {
    return follow(asked, { ...options, documentAST: document });
  }
  const answer = session.ask(asked, options?.headers);
  // The panel shows an article as it is now.
  if (operation?.operation === OperationTypeNode.MUTATION) void answer.then(chooseAgain, () => null);
  return answer as Promise<ExecutionResult>;
};

/** What is asked, read; null for what can not be read. */
function documentOf({ query }: FetcherParams): DocumentNode | null {
  try {
    return parse(query);
  } catch {
    return null;
  }
}

/** Gives the documentation a quarter of the page at the first visit; later the visitor's own division holds. */
function narrowDocumentation(): void {
  const key = 'graphiql:docExplorerFlex';
  if (localStorage.getItem(key) === null) localStorage.setItem(key, '0.35');
}

if (root) {
  narrowDocumentation();
  beginSession();
  createRoot(root).render(
    <GraphiQL
      fetcher={fetcher}
      schemaDescription
      defaultTabs={EXAMPLES.map((query) => ({ query }))}
      plugins={[EXAMPLES_PLUGIN, DESK_PLUGIN, HISTORY_PLUGIN]}
      visiblePlugin={DOC_EXPLORER_PLUGIN}
      defaultEditorToolsVisibility={false}
      // Whoever writes credentials among the headers does not leave them in the browser.
      shouldPersistHeaders={false}
      storage={CAREFUL_STORAGE}
      showPersistHeadersSettings={false}
    >
      <GraphiQL.Logo>
        <Logo />
      </GraphiQL.Logo>
    </GraphiQL>,
  );
}
