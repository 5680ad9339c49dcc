import type { FindingCode } from '../../articles/finding.js';
import type { LanguageTag } from '../../common/language-tag.js';
import type { CompiledWrapper } from '../../publishers/compiled-wrapper.js';
import { LINE_ROLES, type LineRole } from '../../publishers/line-roles.js';
import type { PartLayout } from './part-layout.js';
import type { Part, PartRole, Reading, Refusal, RefusalCode } from '../reading.js';

/** Where an example stands: `line` is counted from 1, null where it is about the whole file. */
export interface Place {
  readonly path: string;
  readonly line: number | null;
}

/** Something that several documents have, with the first place that has it. */
interface Counted {
  readonly count: number;
  readonly example: Place;
}

/** How many documents have something written in one pattern of the wrapper. */
export interface PatternUse {
  readonly pattern: string;
  readonly documents: number;
}

/** How documents fared under one wrapper: what of it they have, and what they have that it does not know. */
export interface WrapperReport {
  readonly publisher: string;
  readonly language: LanguageTag;
  readonly documents: number;
  readonly lines: readonly { readonly role: LineRole; readonly documents: number; readonly patterns: PatternUse[] }[];
  readonly clauses: readonly { readonly key: string; readonly documents: number; readonly wordings: PatternUse[] }[];
  readonly findings: readonly ({ readonly code: FindingCode } & Counted)[];
  /** What no rule knows, the most frequent first. */
  readonly unclaimed: readonly ({ readonly text: string } & Counted)[];
}

/** How documents fared under all the wrappers with which they were read. */
export interface WrappersReport {
  readonly read: number;
  readonly refused: number;
  readonly refusals: readonly ({
    readonly code: RefusalCode;
    readonly expected: string;
    readonly found: string;
  } & Counted)[];
  /** Publishers whose pages are like those of a known one, and that no data file has. */
  readonly unknownPublishers: readonly ({ readonly name: string } & Counted)[];
  readonly wrappers: readonly WrapperReport[];
}

/** More examples than this nobody looks at. */
const MOST_UNCLAIMED = 20;

/** Archives may have any number of lines of which each stands once. */
const MOST_COUNTED = 10_000;

const LONGEST_EXAMPLE = 160;

/** Counts things by a key, and remembers where the first of each stood and what it was. */
class Counter<Value = null> {
  readonly #counts = new Map<string, { value: Value; count: number; example: Place }>();

  add(key: string, value: Value, example: Place): void {
    const known = this.#counts.get(key);
    if (known !== undefined) known.count++;
    else if (this.#counts.size < MOST_COUNTED) this.#counts.set(key, { value, count: 1, example });
  }

  /** The most frequent first. */
  list(): { readonly key: string; readonly value: Value; readonly count: number; readonly example: Place }[] {
    return [...this.#counts].map(([key, entry]) => ({ key, ...entry })).sort((a, b) => b.count - a.count);
  }
}

/** What the documents of one wrapper have. */
class Tally {
  documents = 0;
  readonly patterns = new Map<string, number>();
  readonly roles = new Map<string, number>();
  readonly findings = new Counter();
  readonly unclaimed = new Counter();

  constructor(readonly wrapper: CompiledWrapper) {}

  add(path: string, { parts, findings }: Reading): void {
    this.documents++;
    for (const part of parts) this.#addPart(path, part);
    for (const { code, line } of findings) this.findings.add(code, null, { path, line });
  }

  #addPart(path: string, { role, layout, firstLine }: Part): void {
    if (role === 'UNCLAIMED') this.unclaimed.add(textOf(layout), null, { path, line: firstLine });
    if (layout.type !== 'LINE') return;
    const key = this.wrapper.clauses.find(({ definition }) => definition.wordings.includes(layout.pattern))?.definition
      .key;
    count(this.roles, key ?? role);
    if (key !== undefined) count(this.patterns, `${key} ${layout.pattern}`);
    else for (const use of this.#usesOf(role, layout.pattern)) count(this.patterns, use);
  }

  /** Which patterns a line is written in: a page may have a full stop behind one, and two lines in one paragraph. */
  #usesOf(role: PartRole, written: string): string[] {
    const { lines } = this.wrapper.definition;
    const known = LINE_ROLES.filter((one) => one === role || (role === 'ORIGINAL_LINE' && one === 'TRANSLATOR_LINE'))
      .flatMap((one) => (lines[one] ?? []).map((pattern) => ({ use: `${one} ${pattern}`, pattern })))
      .flatMap(({ use, pattern }) => [
        { use, pattern },
        { use, pattern: `${pattern}.` },
      ]);
    const whole = known.find(({ pattern }) => pattern === written);
    if (whole !== undefined) return [whole.use];
    const first = known.filter(({ pattern }) => written.startsWith(`${pattern} `));
    return first.flatMap((one) => {
      const second = known.find(({ pattern }) => `${one.pattern} ${pattern}` === written);
      return second === undefined ? [] : [one.use, second.use];
    });
  }

  report(): WrapperReport {
    const { publisherSlug, language, definition } = this.wrapper;
    const usesOf = (key: string, patterns: readonly string[]): PatternUse[] =>
      patterns.map((pattern) => ({ pattern, documents: this.patterns.get(`${key} ${pattern}`) ?? 0 }));
    return {
      publisher: publisherSlug,
      language,
      documents: this.documents,
      lines: LINE_ROLES.map((role) => ({
        role,
        documents: this.roles.get(role) ?? 0,
        patterns: usesOf(role, definition.lines[role] ?? []),
      })),
      clauses: definition.clauses.map(({ key, wordings }) => ({
        key,
        documents: this.roles.get(key) ?? 0,
        wordings: usesOf(key, wordings),
      })),
      findings: this.findings.list().map(({ key, count, example }) => ({ code: key as FindingCode, count, example })),
      unclaimed: this.unclaimed
        .list()
        .slice(0, MOST_UNCLAIMED)
        .map(({ key, count, example }) => ({ text: key, count, example })),
    };
  }
}

/** Counts how documents fare under wrappers: with it an admin finds what a wrapper lacks, and what it has in vain. */
export class WrapperTally {
  readonly #tallies: readonly Tally[];
  readonly #refusals = new Counter<Refusal>();
  readonly #strangers = new Counter();
  #read = 0;
  #refused = 0;

  constructor(wrappers: readonly CompiledWrapper[]) {
    this.#tallies = wrappers.map((wrapper) => new Tally(wrapper));
  }

  /** Counts a document that was read. */
  add(path: string, reading: Reading): void {
    const { publisherSlug, pageLanguage, isPublisherKnown } = reading.article;
    this.#read++;
    if (!isPublisherKnown) {
      const line = reading.findings.find(({ code }) => code === 'PUBLISHER_UNKNOWN')?.line ?? null;
      this.#strangers.add(reading.wrapper.publisher.name, null, { path, line });
      return;
    }
    this.#tallies
      .find(({ wrapper }) => wrapper.publisherSlug === publisherSlug && wrapper.language === pageLanguage)
      ?.add(path, reading);
  }

  /** Counts a document that was refused. */
  refuse(path: string, refusal: Refusal): void {
    this.#refused++;
    this.#refusals.add(refusal.code, refusal, { path, line: refusal.line });
  }

  report(): WrappersReport {
    return {
      read: this.#read,
      refused: this.#refused,
      refusals: this.#refusals.list().map(({ value: { code, expected, found }, count, example }) => ({
        code,
        expected,
        found,
        count,
        example,
      })),
      unknownPublishers: this.#strangers.list().map(({ key, count, example }) => ({ name: key, count, example })),
      wrappers: this.#tallies.map((tally) => tally.report()),
    };
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** What stands in a part that no rule knows, on one line. */
function textOf(layout: PartLayout): string {
  const pieces = layout.type === 'TEXT' ? layout.pieces : [];
  const text = pieces
    .filter((piece) => typeof piece === 'string')
    .join('…')
    .replace(/\s+/g, ' ')
    .trim();
  return text.length <= LONGEST_EXAMPLE ? text : `${text.slice(0, LONGEST_EXAMPLE - 1)}…`;
}
