import type { ReactElement } from 'react';
import type { Me } from '../session/operations.js';
import { session, useSession } from '../session/session.js';

/** What permissions are about, in words. What everybody may who has an account is not worth a line. */
const SUBJECTS: Readonly<Record<string, string>> = {
  desk: 'The desk',
  note: 'Notes',
  article: 'Articles',
  rights: 'Rights',
  translation: 'Translations',
  finding: 'Findings',
  account: 'Accounts',
  audit: 'The audit trail',
};
const EVERYBODYS: ReadonlySet<string> = new Set(['sign-in', 'account.own', 'account.secure']);

/** Who is signed in, by what, and what they may do. */
export function WhoIsSignedIn({ me }: { readonly me: Me }): ReactElement {
  const { kind, expiresAt, isBusy } = useSession();
  return (
    <div className="who">
      <div className="name">
        <p>
          <strong>{me.name}</strong>
          <span>{me.email}</span>
        </p>
        <button type="button" disabled={isBusy} onClick={() => void session.signOut()}>
          {kind === 'TOKEN' ? 'Forget the token' : 'Sign out'}
        </button>
      </div>
      <p className="roles">
        {me.roles.length === 0 ? 'No role yet: ask an admin.' : me.roles.map(roleInWords).join(' · ')}
      </p>
      <p className="aside">
        {expiresAt === null
          ? 'By a token: no more than its scopes.'
          : `Until ${momentInWords(expiresAt)} at the latest.`}
      </p>
      <details>
        <summary>What you may do</summary>
        <dl>
          {bySubject(me).map(({ subject, languages, verbs }) => (
            <div key={`${subject} ${languages}`}>
              <dt>
                {subject}
                {languages === '' ? '' : ` in ${languages}`}
              </dt>
              <dd>{verbs.join(', ')}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}

function roleInWords({ role, languages }: Me['roles'][number]): string {
  const name = role.charAt(0) + role.slice(1).toLowerCase().replaceAll('_', ' ');
  return languages.length === 0 ? name : `${name}: ${languages.join(', ')}`;
}

function momentInWords(moment: string): string {
  return new Date(moment).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
}

/** `translation.edit` and `translation.review` in French alone: what one may do with translations in fr. */
function bySubject({ permissions }: Me): readonly { subject: string; languages: string; verbs: readonly string[] }[] {
  const rows = new Map<string, { subject: string; languages: string; verbs: string[] }>();
  for (const { permission, languages } of permissions) {
    if (EVERYBODYS.has(permission)) continue;
    const [name = '', verb = ''] = permission.split('.');
    const subject = SUBJECTS[name] ?? name;
    const where = languages?.join(', ') ?? '';
    const row = rows.get(`${subject} ${where}`) ?? { subject, languages: where, verbs: [] };
    row.verbs.push(verb);
    rows.set(`${subject} ${where}`, row);
  }
  return [...rows.values()];
}
