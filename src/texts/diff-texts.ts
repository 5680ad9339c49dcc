import { Effort } from './effort.js';
import { type BlockedText, type Passage, type PassageChange, passagesOf } from './revision-text.js';
import { orderOfBoth, stayedInOrder } from './stayed-in-order.js';

/** A run of characters of a passage's Markdown. */
export interface DiffRun {
  readonly change: 'SAME' | 'ADDED' | 'REMOVED';
  readonly text: string;
}

/** A passage in two states, word by word. One that was moved may be changed too: its runs tell. */
export interface PassageDiff {
  readonly id: string;
  readonly kind: string;
  readonly change: PassageChange;
  /** All that is not ADDED is what it was, all that is not REMOVED is what it is. */
  readonly runs: readonly DiffRun[];
}

/**
 * Words, and the marks of Markdown as wholes: the address of a link is one thing, and so is what opens or ends a
 * stretch of emphasis or code.
 */
const TOKEN =
  /!?\[|\]\([^()\s]*(?:\s[^()]*)?\)|\]|\*{1,3}|_{1,3}(?![\p{L}\p{N}])|~~|`+|[\p{L}\p{N}\p{M}_]+|\s+|[^\p{L}\p{N}\p{M}_\s]/gu;

/**
 * What is otherwise between two passages, word by word; where that would take long, one is taken out and the other put
 * in.
 */
export function diffWords(before: string, after: string, effort: Effort): DiffRun[] {
  if (before === after) return before === '' ? [] : [{ change: 'SAME', text: before }];
  const [was, is] = [before.match(TOKEN) ?? [], after.match(TOKEN) ?? []];
  let [i, j] = [0, 0];
  const runs = effort.compare(was, is)?.map(({ change, count }): DiffRun => {
    const text = change === 'REMOVED' ? was.slice(i, i + count) : is.slice(j, j + count);
    if (change !== 'ADDED') i += count;
    if (change !== 'REMOVED') j += count;
    return { change, text: text.join('') };
  });
  return (
    runs ??
    (
      [
        { change: 'REMOVED', text: before },
        { change: 'ADDED', text: after },
      ] as const
    ).filter(({ text }) => text !== '')
  );
}

/** What is otherwise between two states of a text, passage by passage; what is gone stands where it stood. */
export function diffTexts(before: BlockedText, after: BlockedText): PassageDiff[] {
  const [old, now] = [byId(before), byId(after)];
  const effort = new Effort();
  const stayed = stayedInOrder([...old.keys()], [...now.keys()]);
  return orderOfBoth([...old.keys()], [...now.keys()]).map((id) => {
    const [was, is] = [old.get(id), now.get(id)];
    const change =
      was === undefined
        ? 'ADDED'
        : is === undefined
          ? 'REMOVED'
          : !stayed.has(id)
            ? 'MOVED'
            : was.text === is.text
              ? 'SAME'
              : 'CHANGED';
    return { id, kind: (is ?? was)?.kind ?? '', change, runs: diffWords(was?.text ?? '', is?.text ?? '', effort) };
  });
}

const ELEMENTS = { SAME: null, ADDED: 'ins', REMOVED: 'del' } as const;

/**
 * A difference as HTML that is safe to put into a page: the Markdown as it is written, every character of it text, in
 * `ins` and `del`, a `div` for each passage. Nothing of the author's is markup.
 */
export function writeDiffHtml(passages: readonly PassageDiff[]): string {
  return passages
    .map(({ kind, change, runs }) => {
      const inner = runs.map((run) => {
        const element = ELEMENTS[run.change];
        return element === null ? escapeHtml(run.text) : `<${element}>${escapeHtml(run.text)}</${element}>`;
      });
      return `<div data-kind="${escapeHtml(kind)}" data-change="${change}">${inner.join('')}</div>`;
    })
    .join('\n');
}

function byId(text: BlockedText): Map<string, Passage> {
  return new Map(passagesOf(text).map((passage) => [passage.id, passage]));
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
