import { type GraphiQLPlugin, useGraphiQLActions } from '@graphiql/react';
import { type ReactElement, useEffect } from 'react';
import { session, useSession } from '../session/session.js';
import { ArticleChooser } from './article-chooser.js';
import { DeskExamplesList } from './desk-examples-list.js';
import { SignInForms } from './sign-in-forms.js';
import { WhoIsSignedIn } from './who-is-signed-in.js';

function Desk(): ReactElement {
  const { kind, me, notice, isBusy } = useSession();
  return (
    <section className="desk">
      <h2>At the desk</h2>
      {notice !== null && (
        <p className="notice" role="alert">
          {notice}
        </p>
      )}
      {kind === null && <SignInForms />}
      {kind !== null && me === null && (
        <p className="waiting-for-server">
          {isBusy ? 'Asking who you are…' : null}
          {!isBusy && (
            <button type="button" onClick={() => void session.look()}>
              Try again
            </button>
          )}
        </p>
      )}
      {me !== null && (
        <>
          <WhoIsSignedIn me={me} />
          <ArticleChooser key={me.id} />
          <DeskExamplesList me={me} />
        </>
      )}
    </section>
  );
}

function Icon(): ReactElement {
  return (
    <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
      <circle cx="12" cy="8" r="3.5" />
      <path d="M5 20c0-3.6 3.1-6 7-6s7 2.4 7 6" strokeLinecap="round" />
    </svg>
  );
}

/** The button in the side bar behind which people sign in. */
export const DESK_PLUGIN: GraphiQLPlugin = { title: 'Desk', content: Desk, icon: Icon };

/** Beside the name in the corner: who is signed in. Whenever there is something to be told, the panel is opened. */
export function SignedInName(): ReactElement | null {
  const { me, notice } = useSession();
  const actions = useGraphiQLActions();
  useEffect(() => {
    if (notice !== null) actions.setVisiblePlugin(DESK_PLUGIN);
  }, [notice, actions]);
  return me === null ? null : <span className="signed-in-name">{me.name}</span>;
}
