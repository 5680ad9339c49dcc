import { type GraphiQLPlugin, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { ReactElement } from 'react';
import { EXAMPLES } from './examples.js';

/** Brings an example back in a tab of its own, for who has closed or changed it. */
function Examples(): ReactElement {
  const actions = useGraphiQLActions();
  const editor = useGraphiQL((state) => state.queryEditor);
  const open = (text: string): void => {
    actions.addTab();
    // The editor shows the new tab only after it has been drawn.
    setTimeout(() => editor?.setValue(text));
  };
  return (
    <section className="examples">
      <h2>Examples</h2>
      <p>Each opens in a new tab and runs as it stands.</p>
      <ul>
        {EXAMPLES.map((text) => (
          <li key={text}>
            <button
              type="button"
              onClick={() => {
                open(text);
              }}
            >
              <strong>{commentOf(text).title}</strong>
              <span>{commentOf(text).rest}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The comment at the top of an example: a title, then what it shows. */
function commentOf(text: string): { readonly title: string; readonly rest: string } {
  const [title = '', ...rest] = (/^(?:#.*\n)+/.exec(text)?.[0] ?? '')
    .split('\n')
    .map((line) => line.replace(/^# ?/, ''));
  return {
    title: title.replace(/\.$/, ''),
    rest: rest
      .filter((line) => !line.startsWith('Press'))
      .join(' ')
      .trim(),
  };
}

function Icon(): ReactElement {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M4 5.5h16M4 12h16M4 18.5h10" strokeLinecap="round" />
    </svg>
  );
}

/** The button in the side bar that lists the examples. */
export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: 'Examples', content: Examples, icon: Icon };
