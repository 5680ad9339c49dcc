import { useGraphiQL } from '@graphiql/react';
import { type ReactElement, useEffect, useState } from 'react';
import { commentOf } from '../example-comment.js';
import { useOpenExample } from '../open-example.js';
import type { Me } from '../session/operations.js';
import { session, useSession } from '../session/session.js';
import { type Chosen, PUBLISHERS } from './about.js';
import { chooseAgain, useChosen } from './chosen-article.js';
import { DESK_EXAMPLES } from './desk-examples.js';
import { fillIn, type FilledFrom, lackOf } from './variables.js';

/** The examples of the desk: what cannot be done is marked, with the reason. */
export function DeskExamplesList({ me }: { readonly me: Me }): ReactElement {
  const chosen = useChosen();
  const means = useSession().kind === 'TOKEN' ? 'this token' : 'your roles';
  const publisher = useFirstPublisher();
  const open = useOpenExample();
  const from: FilledFrom = { chosen, myId: me.id, publisher };
  const openFilled = async (text: string): Promise<void> => {
    open(text, fillIn(text, { ...from, chosen: await chooseAgain() }));
  };
  return (
    <div className="jobs">
      <h3>What is done here</h3>
      <p className="aside">Each opens in a new tab, filled in with the article that you have chosen, as it is now.</p>
      <FillInAgain from={from} />
      {DESK_EXAMPLES.map(([group, texts]) => (
        <section key={group}>
          <h4>{group}</h4>
          <ul>
            {texts.map((text) => {
              const { title, rest, takes } = commentOf(text);
              const refusal = refusalOf(me, takes, chosen);
              const lack = refusal === null ? lackOf(text, from) : `${refusal} with ${means}.`;
              return (
                <li key={title}>
                  <button type="button" disabled={lack !== null} title={rest} onClick={() => void openFilled(text)}>
                    {title}
                    {lack !== null && <span>{lack}</span>}
                  </button>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </div>
  );
}

/** Brings the variables of the tab that is open to what the article is now; what was written in them stays. */
function FillInAgain({ from }: { readonly from: FilledFrom }): ReactElement | null {
  const editor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const [isBroken, setIsBroken] = useState(false);
  if (from.chosen === null) return null;
  const fillInAgain = async (): Promise<void> => {
    const chosen = await chooseAgain();
    const already = objectOf(variableEditor?.getValue() ?? '');
    setIsBroken(already === null);
    if (already === null) return;
    const filled = fillIn(editor?.getValue() ?? '', { ...from, chosen }, already);
    variableEditor?.setValue(JSON.stringify(filled, null, 2));
  };
  return (
    <>
      <button type="button" className="again" onClick={() => void fillInAgain()}>
        As it is now
      </button>
      <p className="aside">
        {isBroken
          ? 'The variables of this tab are no JSON. Mend them first.'
          : 'Brings ids and versions of the open tab up to date. What you have written stays.'}
      </p>
    </>
  );
}

/** That somebody may not do what takes these permissions, or not in this language; null where they may. Of two, one is for originals. */
function refusalOf({ permissions }: Me, takes: readonly string[], chosen: Chosen | null): string | null {
  const isOriginal = chosen?.text?.isOriginal;
  const wanted = takes.filter(
    (name) => takes.length === 1 || isOriginal === undefined || name.startsWith('translation.') !== isOriginal,
  );
  const given = permissions.filter(({ permission }) => wanted.includes(permission));
  if (given.length === 0) return 'Not';
  if (chosen === null || given.some(({ languages }) => languages?.some((own) => isIn(chosen, own)) ?? true))
    return null;
  return `Not in ${chosen.language}`;
}

/** A language stands for its regions, too. */
function isIn({ language }: Chosen, own: string): boolean {
  return language === own || language.startsWith(`${own}-`);
}

function objectOf(text: string): Record<string, unknown> | null {
  if (text.trim() === '') return {};
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null;
  } catch {
    return null;
  }
}

/** Who carries what is written new; null until it is known. */
function useFirstPublisher(): FilledFrom['publisher'] {
  const [publisher, setPublisher] = useState<FilledFrom['publisher']>(null);
  useEffect(() => {
    void session.find<{ publishers: NonNullable<FilledFrom['publisher']>[] }>(PUBLISHERS).then((found) => {
      setPublisher(found?.publishers[0] ?? null);
    });
  }, []);
  return publisher;
}
