import type { GraphiQLPlugin } from '@graphiql/react';
import type { ReactElement } from 'react';
import { commentOf } from './example-comment.js';
import { EXAMPLES } from './examples.js';
import { useOpenExample } from './open-example.js';

/** Brings an example back in a tab of its own, for who has closed or changed it. */
function Examples(): ReactElement {
  const open = useOpenExample();
  return (
    <section className="examples">
      <h2>Examples</h2>
      <p>
        Each opens in a new tab and runs as it stands. Those of the desk are behind the next button, for who signs in.
      </p>
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

function Icon(): ReactElement {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <path d="M4 5.5h16M4 12h16M4 18.5h10" strokeLinecap="round" />
    </svg>
  );
}

/** The button in the side bar that lists the examples. */
export const EXAMPLES_PLUGIN: GraphiQLPlugin = { title: 'Examples', content: Examples, icon: Icon };
