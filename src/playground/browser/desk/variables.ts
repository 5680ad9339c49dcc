import { Kind, parse } from 'graphql';
import type { Chosen } from './about.js';

/** What variables are filled in from. */
export interface FilledFrom {
  readonly chosen: Chosen | null;
  readonly myId: string;
  /** Who may carry a new article. */
  readonly publisher: { readonly id: string; readonly language: string } | null;
}

type Value = (chosen: Chosen) => unknown;

const NO_TEXT = 'There is no text in this language yet.';
const NO_REVISION = 'This text has no revision yet.';
const NOT_ISSUED = 'Readers never had this article.';

/** What is a fact of the article that is chosen, and what to say where it has none. */
const FACTS: Readonly<Record<string, readonly [Value, string]>> = {
  articleId: [({ article }) => article.id, 'Choose an article first.'],
  language: [({ language }) => language, 'Choose an article first.'],
  expectedArticleVersion: [({ article }) => article.version, 'Choose an article first.'],
  expectedEdition: [({ article }) => article.lastEdition, NOT_ISSUED],
  translationId: [({ text }) => text?.id, NO_TEXT],
  expectedVersion: [({ text }) => text?.version, NO_TEXT],
  expectedRevision: [({ text }) => text?.revision?.number, NO_REVISION],
  expectedScheduleVersion: [({ text }) => text?.schedule?.version, 'Nothing is scheduled in this language.'],
  expectedAssigneeId: [({ text }) => text?.assignee?.id, 'This is nobody’s task.'],
  sourceRevisionId: [sourceRevisionOf, 'The original has no revision yet.'],
  revisionId: [({ text }) => formerRevisionOf(text)?.id, 'This text has one revision at most.'],
  fromRevisionId: [({ text }) => formerRevisionOf(text)?.id, 'This text has one revision at most.'],
  toRevisionId: [({ text }) => text?.revision?.id, NO_REVISION],
  passageIds: [({ outdatedPassages: ids }) => (ids.length === 0 ? null : ids), 'This text is not out of date.'],
  findingCode: [(chosen) => findingOf(chosen)?.code, 'Nothing is remarkable about this article.'],
  findingLanguage: [(chosen) => findingOf(chosen)?.language, ''],
  findingPath: [(chosen) => findingOf(chosen)?.path, ''],
  waivedCode: [({ article }) => article.waived[0]?.code, 'Nothing is waived of this article.'],
  waivedLanguage: [({ article }) => article.waived[0]?.language, ''],
  waivedPath: [({ article }) => article.waived[0]?.path, ''],
  noteId: [({ article }) => article.notes[0]?.id, 'This article has no open note.'],
};

/** What one writes oneself, and what stands there to begin with. */
const WRITTEN: Readonly<Record<string, (from: FilledFrom) => unknown>> = {
  myId: ({ myId }) => myId,
  assigneeId: ({ myId }) => myId,
  headline: ({ chosen }) => chosen?.text?.headline,
  dek: ({ chosen }) => chosen?.text?.dek,
  body: ({ chosen }) => chosen?.text?.body,
  credits: ({ chosen }) => chosen?.article.credits.map(({ role, agent: { name } }) => ({ role, name })),
  notes: ({ chosen }) =>
    (chosen?.article.edition?.languages ?? []).map((language) => ({
      language,
      note: `What was put right (${language}).`,
    })),
  reason: () => 'Tried in the playground.',
  publicReason: () => 'What readers are told of why it is gone.',
  waiverReason: () => 'Why it may be published all the same.',
  note: () => 'What the others should know.',
  at: () => `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T08:00`,
  timeZone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
  today: () => new Date().toISOString().slice(0, 10),
  publisherId: ({ publisher }) => publisher?.id,
  newLanguage: ({ publisher }) => publisher?.language,
  newHeadline: () => 'A headline',
  newBody: () => 'The first passage.\n\nThe second passage.',
  author: () => 'The author’s name',
  newEmail: () => 'somebody@example.org',
  newName: () => 'Somebody’s name',
  newRoles: () => [{ role: 'TRANSLATOR', languages: ['fr'] }],
  tokenName: () => 'What uses it',
  tokenScopes: () => ['READ_DESK'],
  tokenDays: () => 30,
};

/** Every name that a variable of an example may have. */
export const VARIABLE_NAMES: ReadonlySet<string> = new Set([...Object.keys(FACTS), ...Object.keys(WRITTEN)]);

/** The variables of an operation, by name; whether each has to have a value. Empty for what can not be parsed. */
export function variablesOf(text: string): ReadonlyMap<string, boolean> {
  try {
    const operation = parse(text).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
    const defined = operation?.kind === Kind.OPERATION_DEFINITION ? (operation.variableDefinitions ?? []) : [];
    return new Map(defined.map(({ variable, type }) => [variable.name.value, type.kind === Kind.NON_NULL_TYPE]));
  } catch {
    return new Map();
  }
}

/** What keeps an operation from being filled in, in a sentence; null where nothing does. */
export function lackOf(text: string, { chosen }: FilledFrom): string | null {
  for (const [name, isRequired] of variablesOf(text)) {
    const fact = FACTS[name];
    if (fact === undefined || !isRequired) continue;
    if (chosen === null) return 'Choose an article first.';
    const [value, otherwise] = fact;
    if (value(chosen) == null) return otherwise;
  }
  return null;
}

/**
 * The variables of an operation, filled in. Of what stands there already, facts are replaced by what they are now; what
 * somebody has written stays.
 */
export function fillIn(text: string, from: FilledFrom, already: Readonly<Record<string, unknown>> = {}): object {
  const filled: Record<string, unknown> = { ...already };
  for (const name of variablesOf(text).keys()) {
    const fact = FACTS[name];
    if (fact !== undefined && from.chosen !== null) filled[name] = fact[0](from.chosen) ?? null;
    else if (!(name in already)) filled[name] = WRITTEN[name]?.(from) ?? null;
  }
  return filled;
}

/** The newest revision of the text that this one is made from; of the original, where nobody has begun one. */
function sourceRevisionOf({ article, text }: Chosen): string | undefined {
  const original = article.translations.find(({ isOriginal }) => isOriginal);
  return (text?.source?.translation.revision ?? original?.revision)?.id;
}

/** The revision before the newest. */
function formerRevisionOf(text: Chosen['text']): { readonly id: string } | undefined {
  return text?.revisions.edges[1]?.node;
}

/** The first finding that blocks; else the first one. */
function findingOf({ article: { findings } }: Chosen): Chosen['article']['findings'][number] | undefined {
  return findings.find(({ severity }) => severity === 'ERROR') ?? findings[0];
}
