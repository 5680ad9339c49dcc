import type { ReactElement, SubmitEvent } from 'react';
import { HAS_PROVIDER } from '../session/provider.js';
import { session, useSession } from '../session/session.js';

/** The ways in: by password, by the provider where there is one, by a token. */
export function SignInForms(): ReactElement {
  const { email, isBusy } = useSession();
  return (
    <>
      <p>Whoever has an account here can read, write, translate and publish, as far as their roles go.</p>
      <form onSubmit={signIn}>
        <label>
          E-mail address
          <input name="email" type="email" autoComplete="username" defaultValue={email} key={email} required />
        </label>
        <label>
          Password
          <input name="password" type="password" autoComplete="current-password" required />
        </label>
        <button type="submit" className="main" disabled={isBusy}>
          Sign in
        </button>
        {HAS_PROVIDER && (
          <button type="button" disabled={isBusy} onClick={() => void session.goToProvider()}>
            Sign in with your organisation
          </button>
        )}
      </form>
      <form onSubmit={takeToken} className="token">
        <label>
          Or paste a token of yours
          <input name="token" type="password" autoComplete="off" placeholder="colophon_pat_…" required />
        </label>
        <button type="submit" disabled={isBusy}>
          Use the token
        </button>
      </form>
      <p className="aside">What you sign in with stays in this tab, and goes with it.</p>
    </>
  );
}

function signIn(event: SubmitEvent<HTMLFormElement>): void {
  const said = fieldsOf(event);
  void session.signIn(said.get('email') ?? '', said.get('password') ?? '');
}

function takeToken(event: SubmitEvent<HTMLFormElement>): void {
  void session.takeToken(fieldsOf(event).get('token') ?? '');
}

/** What was filled in. The secret leaves the page with it: a wrong one is typed anew. */
function fieldsOf(event: SubmitEvent<HTMLFormElement>): ReadonlyMap<string, string> {
  event.preventDefault();
  const form = event.currentTarget;
  const fields = new Map(
    [...new FormData(form)].map(([name, value]) => [name, typeof value === 'string' ? value : '']),
  );
  for (const input of form.querySelectorAll<HTMLInputElement>('input[type="password"]')) input.value = '';
  return fields;
}
