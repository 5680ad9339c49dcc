import { diffWords } from 'diff';
import type { Candidate } from '../documents/find-articles.js';
import type { FieldChange, FieldConflict } from '../documents/merge-fields.js';
import type { ImportedDocument, Publication } from '../imports/import-run.js';
import type { SeedCounts, SeedSummary } from './seeding.service.js';
import { bold, counted, dim, findingText, green, hanging, oneLine, red, refusalText, yellow } from './terminal.js';

type Outcome = ImportedDocument['outcome'];

const OUTCOMES = ['added', 'changed', 'unchanged', 'question', 'refused', 'failed', 'passed over'] as const;

/** Counts what a run did, document by document. */
export class SeedCounter {
  readonly counts: Record<Outcome, number> = {
    added: 0,
    changed: 0,
    unchanged: 0,
    question: 0,
    refused: 0,
    failed: 0,
    'passed over': 0,
  };
  published = 0;

  add(document: ImportedDocument): void {
    this.counts[document.outcome]++;
    if ('publication' in document && document.publication.outcome === 'published') this.published++;
  }

  get total(): number {
    return OUTCOMES.reduce((sum, outcome) => sum + this.counts[outcome], 0);
  }

  /** Whether something is left for a person to mend or to say. */
  get isRefused(): boolean {
    return this.counts.refused + this.counts.failed + this.counts.question > 0;
  }
}

const OUTCOME_WORDS = { added: 'added', changed: 'changed', unchanged: 'as it was' } as const;
const PLAN_WORDS = { added: 'new', changed: 'changed', unchanged: 'unchanged' } as const;

/** How a document's line is written. */
export interface DocumentTextOptions {
  readonly isDryRun: boolean;
  readonly width: number;
}

/** What became of the data files' things. */
export function referencesText({ added, changed, unchanged }: SeedCounts): string {
  return dim(`Publishers, sources and terms: ${added} added, ${changed} changed, ${unchanged} as they were.`);
}

/** What became, or would become, of a document. */
export function documentText(document: ImportedDocument, { isDryRun, width }: DocumentTextOptions): string {
  const { path } = document;
  switch (document.outcome) {
    case 'refused':
      return `${red('✘')} ${bold(path)}: ${isDryRun ? 'refused: ' : ''}${refusalText(document.refusal)}`;
    case 'failed':
      return `${red('✘')} ${bold(path)}: failed by a fault of ours; the log says more`;
    case 'passed over':
      return dim(`· ${path}: passed over, ${document.reason}`);
    case 'question':
      return [
        `${yellow('?')} ${bold(path)}: is this an article that is there already? Nothing was done with it.`,
        `  ${document.headline}`,
        ...document.candidates.map((candidate) => candidateText(candidate)),
        dim('    Say so with --same-as SLUG, or that it is none of them with --new.'),
      ].join('\n');
    default: {
      const { headline, publication, findings, outcome, changes, conflicts } = document;
      const mark = publication.outcome === 'blocked' ? yellow('!') : green('✔');
      const isTold = outcome !== 'unchanged' || publication.outcome !== 'unchanged';
      const words = (isDryRun ? PLAN_WORDS : OUTCOME_WORDS)[outcome];
      return [
        `${mark} ${bold(path)}: ${words}, ${publicationText(publication, isDryRun)}`,
        `  ${headline}`,
        ...changes.map((change) => changeText(change, width)),
        ...conflicts.map((conflict) => conflictText(conflict, width)),
        ...(isTold ? findings : []).map((finding) => findingText(finding, '    ')),
      ].join('\n');
    }
  }
}

function publicationText(publication: Publication, isDryRun: boolean): string {
  switch (publication.outcome) {
    case 'blocked':
      return yellow('not published');
    case 'published':
      return `${isDryRun ? 'to be published' : 'published'} as edition ${publication.number}`;
    case 'kept':
      return `waits at the desk (--publish), still edition ${publication.number}`;
    case 'unchanged':
      return `still edition ${publication.number}`;
    case 'withheld':
      return yellow('waits at the desk: a person has taken it from readers');
    case 'unapproved':
      return yellow('waits at the desk: a person has written it, and nobody has approved it');
  }
}

function candidateText({ slug, headline, publishedOn, similarity }: Candidate): string {
  const alike = similarity === null ? '' : `, ${Math.round(similarity * 100)} % alike`;
  return `    ${bold(slug)} ${dim(`${publishedOn}${alike}`)}\n      ${headline}`;
}

const LONGEST_VALUE = 400;

/** A field that changes: what goes and what comes; of long texts, only where they differ. */
function changeText({ path, before, after }: FieldChange, width: number): string {
  const lines =
    typeof before === 'string' && typeof after === 'string' && before.length + after.length > LONGEST_VALUE
      ? differences(before, after)
      : [
          ...(before === null ? [] : [red(`- ${valueText(before)}`)]),
          ...(after === null ? [] : [green(`+ ${valueText(after)}`)]),
        ];
  return [`    ${bold(path)}`, ...lines.map((line) => `      ${hanging(line, 8, width)}`)].join('\n');
}

function conflictText({ path, document, desk }: FieldConflict, width: number): string {
  return [
    `    ${yellow('!')} ${bold(path)} ${yellow('conflict: the desk’s stays')}`,
    `      ${hanging(`desk      ${oneLine(valueText(desk), LONGEST_VALUE)}`, 16, width)}`,
    `      ${hanging(`document  ${oneLine(valueText(document), LONGEST_VALUE)}`, 16, width)}`,
  ].join('\n');
}

const MOST_DIFFERENCES = 8;
const CONTEXT = 30;

/** Where two texts differ, each time behind the unchanged text before it. */
function differences(before: string, after: string): string[] {
  const parts = diffWords(before, after, { timeout: 200 });
  if (parts === undefined)
    return [`${counted(before.length, 'character')} become ${after.length.toLocaleString('en')}`];
  const changes: string[][] = [];
  let lead = '';
  let isBehindChange = false;
  for (const { value, added, removed } of parts) {
    const isChange = added || removed;
    if (!isChange) lead = lastWords(value);
    else {
      const text = `${lead === '' ? '' : `${dim(lead)} `}${oneLine(value, LONGEST_VALUE)}`;
      // What goes and what comes in its place are one difference.
      if (!isBehindChange) changes.push([]);
      changes.at(-1)?.push(added ? green(`+ ${text}`) : red(`- ${text}`));
    }
    isBehindChange = isChange;
  }
  const shown = changes.slice(0, MOST_DIFFERENCES).flat();
  const more = changes.length - MOST_DIFFERENCES;
  return more > 0 ? [...shown, dim(`and ${counted(more, 'more difference')}`)] : shown;
}

function lastWords(text: string): string {
  const end = text.slice(-CONTEXT);
  return oneLine(end.length < text.length ? end.replace(/^\S*\s/, '') : end, CONTEXT);
}

/** A value in a line: a list of names by its names. */
function valueText(value: unknown): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'none' : value.map(valueText).join('; ');
  if (typeof value !== 'object') return '';
  return Object.values(value)
    .filter((one) => one !== null)
    .map(valueText)
    .join(', ');
}

/** What a run came to, in a line. */
export function summaryText({ references, reissued }: SeedSummary, counter: SeedCounter, isDryRun: boolean): string {
  const { counts, total, published } = counter;
  const { added, changed } = references;
  const open = OUTCOMES.filter((outcome) => outcome !== 'unchanged' && outcome !== 'passed over');
  if (added + changed + reissued + published + open.reduce((sum, outcome) => sum + counts[outcome], 0) === 0) {
    return `Nothing to do: ${counted(total, 'document')} and all else are as they were.`;
  }
  const words: Record<Outcome, string> = {
    added: isDryRun ? 'new' : 'added',
    changed: 'changed',
    unchanged: isDryRun ? 'unchanged' : 'as they were',
    question: counts.question === 1 ? 'question' : 'questions',
    refused: 'refused',
    failed: 'failed',
    'passed over': 'passed over',
  };
  const always: readonly Outcome[] = ['added', 'changed', 'unchanged', 'refused'];
  const parts = OUTCOMES.filter((outcome) => always.includes(outcome) || counts[outcome] > 0).map(
    (outcome) => `${counts[outcome].toLocaleString('en')} ${words[outcome]}`,
  );
  const anew = reissued === 0 ? '' : `, ${reissued.toLocaleString('en')} issued anew as reference data changed`;
  const editions = `${counted(published, 'edition')} ${isDryRun ? 'to publish' : 'published'}${anew}`;
  return `${isDryRun ? 'Plan for ' : ''}${counted(total, 'document')}: ${parts.join(', ')}; ${editions}.`;
}
