import { type Finding, FINDING_SEVERITIES, type FindingCode } from '../../articles/finding.js';
import type { LanguageTag } from '../../common/language-tag.js';
import type { PartialDate } from '../../common/partial-date.js';
import type { ArticleKind, ContactPurpose, TermScheme } from '../../common/vocabulary.js';
import { CONTACT_PURPOSES, TERM_LISTS } from '../../common/vocabulary.js';
import { readWrittenDate } from '../../common/written-date.js';
import type { Slot, SlotMatch } from '../../publishers/line-pattern.js';
import type { LineRole } from '../../publishers/line-roles.js';
import type { WrapperDefinition } from '../../publishers/wrapper-definition.js';
import type { ClassifiedPage, FoundClause } from './classify-blocks.js';
import { DocumentRefused } from '../document-refused.js';
import type { EvidenceCollector } from './evidence-collector.js';
import type { FoundLine } from './find-line.js';
import type { Block } from './markdown-blocks.js';
import type { ReadArticle, ReadClause, ReadCopyright, ReadCredit, ReadTerm } from '../reading.js';

/** The names that a line has; null when the page has no such line. */
interface NamedIn {
  readonly names: readonly string[] | null;
  readonly what: string;
  readonly role: LineRole;
}

/** Reads the fields of the wrapper's lines and clauses, with the evidence for each and what is remarkable. */
export class FieldReader {
  readonly findings: Finding[] = [];

  constructor(
    readonly page: ClassifiedPage,
    readonly evidence: EvidenceCollector,
  ) {}

  remark(code: FindingCode, path: string, at: Block | number | null, message: string, language?: LanguageTag): void {
    const offset = at === null ? null : typeof at === 'number' ? at : at.start;
    this.findings.push({
      code,
      severity: FINDING_SEVERITIES[code],
      language: language ?? null,
      path,
      line: offset === null ? null : this.evidence.positions.lineOf(offset),
      message,
    });
  }

  line(role: LineRole): FoundLine | null {
    return this.page.lines.get(role) ?? null;
  }

  /** The slot's text of a line, with its evidence under the path; null when the page has no such line. */
  slot(role: LineRole, slot: Slot, path: string): string | null {
    const line = this.line(role);
    const match = line?.slots.find((s) => s.slot === slot);
    if (line === null || match === undefined) return null;
    this.evidence.addPlain(path, line.block, match.start, match.end);
    return spacedPlainly(match.text);
  }

  /** The date in a line. Throws DocumentRefused for a date that the calendar does not have. */
  date(role: LineRole, slot: Slot, path: string): PartialDate | null {
    const text = this.slot(role, slot, path);
    if (text === null) return null;
    const read = readWrittenDate(text, this.page.wrapper.language);
    if (read === null || 'impossible' in read) {
      const block = this.line(role)?.block;
      throw new DocumentRefused({
        code: 'DATE_IMPOSSIBLE',
        line: block === undefined ? null : this.evidence.positions.lineOf(block.start),
        expected: 'a date that the calendar has',
        found: `“${text}”`,
      });
    }
    return read.date;
  }

  /** Several values of one slot: the texts of its links, or what stands between commas and the word for "and". */
  #list(line: FoundLine, match: SlotMatch, isNames: boolean): SlotMatch[] {
    const links = line.block.links.filter((l) => l.plainStart >= match.start && l.plainEnd <= match.end);
    const conjunction = escapeForPattern(this.page.wrapper.definition.conjunction);
    const separator = isNames
      ? new RegExp(`\\s*,\\s*(?:${conjunction}\\s+)?|\\s+${conjunction}\\s+`, 'gu')
      : /\s*,\s*/gu;
    const outside = links.reduceRight(
      (text, link) => text.slice(0, link.plainStart - match.start) + text.slice(link.plainEnd - match.start),
      match.text,
    );
    if (links.length > 0 && outside.replace(separator, '').trim() === '') {
      return links.map((l) => this.#trimmed(line.block, match.slot, l.plainStart, l.plainEnd));
    }
    const found: SlotMatch[] = [];
    let at = 0;
    for (const cut of match.text.matchAll(separator)) {
      found.push(this.#trimmed(line.block, match.slot, match.start + at, match.start + cut.index));
      at = cut.index + cut[0].length;
    }
    found.push(this.#trimmed(line.block, match.slot, match.start + at, match.end));
    return found.filter((one) => one.text !== '');
  }

  #trimmed(block: Block, slot: Slot, start: number, end: number): SlotMatch {
    const whole = block.plain.slice(start, end);
    const text = whole.trim();
    const from = start + whole.indexOf(text);
    return { slot, text: spacedPlainly(text), start: from, end: from + text.length };
  }

  /** Who wrote it, then who translated it. */
  credits(): ReadCredit[] {
    const authors = this.#agree([
      { names: this.#names('BYLINE', 'credits', 0), what: 'The byline', role: 'BYLINE' },
      { names: this.#names('CREDITS_LINE', 'credits', 0), what: 'the credits line', role: 'CREDITS_LINE' },
    ]);
    if (authors.length === 0) {
      this.remark('CREDIT_MISSING', 'credits', null, 'The page names no author. Say who wrote it.');
    }
    const translators = this.#agree([
      {
        names: this.#names('TRANSLATOR_LINE', 'translators', authors.length),
        what: 'The translator’s line',
        role: 'TRANSLATOR_LINE',
      },
      {
        names: this.#names('ORIGINAL_LINE', 'translators', authors.length),
        what: 'the original’s line',
        role: 'ORIGINAL_LINE',
      },
    ]);
    return [
      ...authors.map((name): ReadCredit => ({ role: 'AUTHOR', name })),
      ...translators.map((name): ReadCredit => ({ role: 'TRANSLATOR', name })),
    ];
  }

  /** The names of the first line that has some; a second line that has others is remarked. */
  #agree([first, second]: readonly [NamedIn, NamedIn]): readonly string[] {
    if (first.names !== null && second.names !== null && first.names.join('\n') !== second.names.join('\n')) {
      const message = `${first.what} names ${first.names.join(', ')}, ${second.what} ${second.names.join(', ')}. Settle who is meant.`;
      this.remark('SOURCES_DISAGREE', 'credits', this.line(second.role)?.block ?? null, message);
    }
    return first.names ?? second.names ?? [];
  }

  /** The names in a line, with their evidence as credits from a place on; null when the page has no such line. */
  #names(role: LineRole, slot: Slot, place: number): string[] | null {
    const line = this.line(role);
    const match = line?.slots.find((s) => s.slot === slot);
    if (line === null || match === undefined) return null;
    return this.#list(line, match, true).map(({ text, start, end }, i) => {
      this.evidence.addPlain(`credits[${place + i}].agent.name`, line.block, start, end);
      return text;
    });
  }

  terms(): ReadTerm[] {
    const of = (scheme: TermScheme, role: LineRole): ReadTerm[] => {
      const slot = TERM_LISTS[scheme];
      const line = this.line(role);
      const match = line?.slots.find((s) => s.slot === slot);
      if (line === null || match === undefined) return [];
      return this.#list(line, match, false).map(({ text, start, end }, i) => {
        this.evidence.addPlain(`${slot}[${i}].rawLabel`, line.block, start, end);
        return { scheme, rawLabel: text };
      });
    };
    return [...of('REGION', 'REGION_LINE'), ...of('THEME', 'THEME_LINE'), ...of('REPORT', 'REPORT_LINE')];
  }

  copyright(): ReadCopyright | null {
    const line = this.line('COPYRIGHT_LINE');
    if (line === null) {
      const message = 'The page has no copyright notice. Say who holds the rights; no owner is taken for granted.';
      this.remark('COPYRIGHT_NOTICE_MISSING', 'rights.copyright', null, message);
      return null;
    }
    const raw = line.block.plain.trim();
    this.evidence.add('rights.copyright.raw', line.block.start, line.block.end);
    const year = this.slot('COPYRIGHT_LINE', 'copyrightYear', 'rights.copyright.year');
    return {
      raw,
      author: this.slot('COPYRIGHT_LINE', 'copyrightAuthor', 'rights.copyright.author'),
      source: this.slot('COPYRIGHT_LINE', 'copyrightSource', 'rights.copyright.source'),
      year: year === null ? null : Number(year),
    };
  }

  clauses(): ReadClause[] {
    const counts = { notices: 0, reuseTerms: 0 };
    return this.page.clauses.map((found) => {
      const { definition } = found.clause;
      const textOf = (slot: Slot): string | null => {
        const match = found.slots.find((s) => s.slot === slot);
        return match === undefined ? null : spacedPlainly(match.text);
      };
      if (definition.notice !== undefined) {
        this.evidence.add(`rights.notices[${counts.notices++}].text`, found.block.start, found.block.end);
      }
      if (definition.reuse !== undefined) {
        const path = `rights.reuseTerms[${counts.reuseTerms++}]`;
        this.evidence.add(`${path}.text`, found.block.start, found.block.end);
        this.#clauseSlot(found, 'audienceLabel', `${path}.audienceLabel`);
        this.#clauseSlot(found, 'email', `${path}.contactPoint.email`);
      }
      const text = found.block.plain.trim();
      return { definition, text, audienceLabel: textOf('audienceLabel'), email: textOf('email') };
    });
  }

  #clauseSlot(found: FoundClause, slot: Slot, path: string): void {
    const match = found.slots.find((s) => s.slot === slot);
    if (match !== undefined) this.evidence.addPlain(path, found.block, match.start, match.end);
  }

  /** The addresses of the clauses, each once, with all that they are for. */
  contacts(): ReadArticle['contacts'] {
    const byEmail = new Map<string, Set<ContactPurpose>>();
    for (const found of this.page.clauses) {
      const match = found.slots.find((s) => s.slot === 'email');
      if (match === undefined) continue;
      const purposes = byEmail.get(match.text) ?? new Set<ContactPurpose>();
      byEmail.set(match.text, purposes);
      for (const purpose of found.clause.definition.contact ?? []) purposes.add(purpose);
      const index = [...byEmail.keys()].indexOf(match.text);
      this.evidence.addPlain(`contactPoints[${index}].email`, found.block, match.start, match.end);
    }
    return [...byEmail].map(([email, purposes]) => ({
      email,
      purposes: CONTACT_PURPOSES.filter((purpose) => purposes.has(purpose)),
    }));
  }
}

/** A value is the same whatever spaces the page has in it: no-break ones, or the end of a line. */
export function spacedPlainly(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** The kind that the headline's beginning tells: `Video: …` → VIDEO. */
export function kindOf(headline: string, { kinds }: WrapperDefinition): ArticleKind {
  const folded = headline.toLowerCase().replace(/\s+/g, ' ');
  const rule = kinds.find((r) => r.headlineStarts.some((start) => folded.startsWith(start.toLowerCase())));
  return rule?.kind ?? 'ARTICLE';
}

function escapeForPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}
