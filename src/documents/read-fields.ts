import { type Finding, FINDING_SEVERITIES, type FindingCode } from '../articles/finding.js';
import type { LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import { isSafeUrl } from '../common/scalars.js';
import type { ArticleKind, ContactPurpose, OriginRelation, TermScheme } from '../common/vocabulary.js';
import { CONTACT_PURPOSES } from '../common/vocabulary.js';
import { readWrittenDate } from '../common/written-date.js';
import type { Slot, SlotMatch } from '../publishers/line-pattern.js';
import type { LineRole, WrapperDefinition } from '../publishers/wrapper-definition.js';
import type { ClassifiedPage, FoundClause, FoundLine } from './classify-blocks.js';
import { DocumentRefused } from './document-refused.js';
import type { EvidenceCollector } from './evidence-collector.js';
import type { Block } from './markdown-blocks.js';
import type { ReadArticle, ReadClause, ReadCopyright, ReadCredit, ReadTerm } from './reading.js';

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
    return match.text;
  }

  /** The date in a line. Throws DocumentRefused for a date that the calendar does not have. */
  date(role: 'DATELINE' | 'ORIGIN_LINE', slot: Slot, path: string): PartialDate | null {
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
    return { slot, text, start: from, end: from + text.length };
  }

  credits(): ReadCredit[] {
    const [byline, creditsLine] = (['BYLINE', 'CREDITS_LINE'] as const).map((role) => this.#creditsOf(role));
    const stated = byline ?? creditsLine ?? [];
    if (stated.length === 0) {
      this.remark('CREDIT_MISSING', 'credits', null, 'The page names no author. Say who wrote it.');
    }
    if (byline && creditsLine && byline.join('\n') !== creditsLine.join('\n')) {
      const names = (list: readonly string[]): string => list.join(', ');
      this.remark(
        'SOURCES_DISAGREE',
        'credits',
        this.line('CREDITS_LINE')?.block ?? null,
        `The byline names ${names(byline)}, the credits line ${names(creditsLine)}. Settle who wrote it.`,
      );
    }
    return stated.map((name) => ({ role: 'AUTHOR', name }));
  }

  #creditsOf(role: 'BYLINE' | 'CREDITS_LINE'): string[] | null {
    const line = this.line(role);
    const match = line?.slots.find((s) => s.slot === 'credits');
    if (line === null || match === undefined) return null;
    return this.#list(line, match, true).map(({ text, start, end }, i) => {
      this.evidence.addPlain(`credits[${i}].agent.name`, line.block, start, end);
      return text;
    });
  }

  terms(): ReadTerm[] {
    const of = (scheme: TermScheme, role: LineRole, slot: Slot, path: string): ReadTerm[] => {
      const line = this.line(role);
      const match = line?.slots.find((s) => s.slot === slot);
      if (line === null || match === undefined) return [];
      return this.#list(line, match, false).map(({ text, start, end }, i) => {
        this.evidence.addPlain(`${path}[${i}].rawLabel`, line.block, start, end);
        return { scheme, rawLabel: text };
      });
    };
    return [...of('REGION', 'REGION_LINE', 'regions', 'regions'), ...of('THEME', 'THEME_LINE', 'themes', 'themes')];
  }

  /** The origin as the origin line and the source statement tell it. */
  origin(language: LanguageTag, publishedOn: PartialDate): ReadArticle['origin'] {
    const lines = (['ORIGIN_LINE', 'SOURCE_STATEMENT'] as const).map((role) => ({
      line: this.line(role),
      source: this.slot(role, 'source', 'origin.source.name'),
    }));
    const originDate = this.date('ORIGIN_LINE', 'originPublishedOn', 'origin.publishedOn');
    const sources = [...new Set(lines.map(({ source }) => source).filter((s) => s !== null))];
    const sourceName = sources[0] ?? null;
    const statement = this.line('SOURCE_STATEMENT')?.block ?? this.line('ORIGIN_LINE')?.block ?? null;
    if (sources.length > 1) {
      const message = `The page names ${sources.join(' and ')} as its source. Settle which one is meant.`;
      this.remark('SOURCES_DISAGREE', 'origin.source', statement, message);
    }
    const { name, legalName } = this.page.wrapper.publisher;
    const relation: OriginRelation =
      sourceName !== null && (sourceName === name || sourceName === legalName) ? 'OWN' : 'VERBATIM';
    const url = this.#originUrl(lines.map(({ line }) => line).filter((l) => l !== null));
    if (sourceName === null) {
      this.remark(
        'ORIGIN_SOURCE_MISSING',
        'origin.source',
        null,
        'The page names no source. Say where it stood first.',
      );
    } else if (relation !== 'OWN') {
      if (url === null) {
        const message = `Where ${sourceName} published it is not known: the page's link leads nowhere. Add the address.`;
        this.remark('ORIGIN_URL_MISSING', 'origin.url', this.line('ORIGIN_LINE')?.block ?? statement, message);
      }
      if (originDate === null) {
        const message = `The page does not say when ${sourceName} published it. Add the date.`;
        this.remark('ORIGIN_DATE_MISSING', 'origin.publishedOn', null, message);
      } else if (isAfter(originDate, publishedOn)) {
        const message = `The source's date, ${originDate}, is after this publication, ${publishedOn}. Settle the dates.`;
        this.remark('ORIGIN_AFTER_PUBLICATION', 'origin.publishedOn', this.line('ORIGIN_LINE')?.block ?? null, message);
      }
    }
    return {
      relation,
      sourceName,
      url,
      title: null,
      language: sourceName === null ? null : language,
      publishedOn: originDate ?? (relation === 'OWN' ? publishedOn : null),
    };
  }

  #originUrl(lines: readonly FoundLine[]): string | null {
    for (const { block, slots } of lines) {
      const source = slots.find((s) => s.slot === 'source');
      const link = block.links.find((l) => source && l.plainStart < source.end && l.plainEnd > source.start);
      if (link !== undefined && /^https?:/i.test(link.url) && isSafeUrl(link.url)) {
        this.evidence.add('origin.url', link.start, link.end);
        return link.url;
      }
    }
    return null;
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
      const textOf = (slot: Slot): string | null => found.slots.find((s) => s.slot === slot)?.text ?? null;
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

/** Whether a date is later than another, as far as both are known: 28 March is not after a day in March. */
function isAfter(date: PartialDate, other: PartialDate): boolean {
  const known = Math.min(date.length, other.length);
  return date.slice(0, known) > other.slice(0, known);
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
