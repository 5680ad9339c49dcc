import { foldLabel } from '../../common/fold-label.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { isAfter, type PartialDate } from '../../common/partial-date.js';
import { isSafeUrl } from '../../common/scalars.js';
import type { OriginRelation } from '../../common/vocabulary.js';
import { readWrittenLanguage } from '../../common/written-language.js';
import type { PublisherNames } from '../../publishers/line-pattern.js';
import type { LineRole } from '../../publishers/line-roles.js';
import type { BlockLink } from './markdown-blocks.js';
import { type FieldReader, spacedPlainly } from './read-fields.js';
import type { ReadArticle } from '../reading.js';

type ReadOrigin = ReadArticle['origin'];

/** The lines that tell of an article's origin, those first that tell of a translation's original. */
const ORIGIN_ROLES = ['ORIGINAL_LINE', 'ORIGIN_LINE', 'FIRST_PUBLISHED_LINE', 'SOURCE_STATEMENT'] as const;

/** A date of the origin and the line that has it. */
interface StatedDate {
  readonly role: LineRole;
  readonly date: PartialDate;
}

/** Reads the origin as the lines of a page tell it, and remarks what they leave open or tell in two ways. */
export class OriginReader {
  readonly #isTranslated: boolean;

  constructor(
    private readonly fields: FieldReader,
    /** The language of the text. */
    private readonly language: LanguageTag,
    private readonly publishedOn: PartialDate,
  ) {
    const { lines } = fields.page;
    this.#isTranslated = lines.has('ORIGINAL_LINE') || lines.has('TRANSLATOR_LINE');
  }

  read(): ReadOrigin {
    const sourceName = this.#source();
    const publishedOn = this.#date();
    const relation: OriginRelation = this.#isTranslated
      ? 'TRANSLATED'
      : sourceName !== null && isNameOf(this.fields.page.wrapper.publisher, sourceName)
        ? 'OWN'
        : 'VERBATIM';
    const url = this.#url();
    const title = this.#title();
    const language = this.#isTranslated ? this.#originalLanguage() : sourceName === null ? null : this.language;
    this.#remarkGaps({ relation, sourceName, url, publishedOn });
    return {
      relation,
      sourceName,
      url,
      title,
      language,
      publishedOn: publishedOn ?? (relation === 'OWN' ? this.publishedOn : null),
    };
  }

  #source(): string | null {
    const { fields } = this;
    const sources = ORIGIN_ROLES.flatMap((role) => {
      const path = isAboutTranslation(fields, role) ? 'publisher.name' : 'origin.source.name';
      const name = fields.slot(role, 'source', path);
      return name === null || path === 'publisher.name' ? [] : [name];
    });
    const [sourceName = null] = sources;
    const names = [...new Map(sources.map((name) => [foldLabel(name), name])).values()];
    if (names.length > 1) {
      const message = `The page names ${names.join(' and ')} as its source. Settle which one is meant.`;
      fields.remark('SOURCES_DISAGREE', 'origin.source', this.#place('SOURCE_STATEMENT'), message);
    }
    return sourceName;
  }

  /** The date that is known best, of those that the lines tell. */
  #date(): PartialDate | null {
    const { fields } = this;
    const dates = ORIGIN_ROLES.flatMap((role): StatedDate[] => {
      if (isAboutTranslation(fields, role)) {
        const date = fields.date(role, 'originPublishedOn', 'publishedOn');
        if (date !== null) this.#compare({ role: 'DATELINE', date: this.publishedOn }, { role, date }, 'publishedOn');
        return [];
      }
      const date = fields.date(role, 'originPublishedOn', 'origin.publishedOn');
      return date === null ? [] : [{ role, date }];
    });
    const [first, ...others] = dates;
    if (first === undefined) return null;
    for (const other of others) this.#compare(first, other, 'origin.publishedOn');
    return dates.reduce((best, { date }) => (date.length > best.length ? date : best), first.date);
  }

  #compare(one: StatedDate, other: StatedDate, path: string): void {
    if (agrees(one.date, other.date)) return;
    const message = `The page has ${one.date} on one line and ${other.date} on another for the same day. Settle which one is meant.`;
    this.fields.remark('DATES_DISAGREE', path, this.#place(other.role), message);
  }

  #title(): string | null {
    const line = this.fields.line('ORIGINAL_LINE');
    const match = line?.slots.find((slot) => slot.slot === 'originTitle');
    if (line === null || match === undefined) return null;
    // Quotation marks around a title are the page's.
    const title = /^[«“”"\s]*(.*?)[»“”"\s]*$/su.exec(match.text)?.[1] ?? '';
    // An address that stands for the title is none.
    if (title === '' || line.block.links.some((link) => link.url.endsWith(title))) return null;
    const start = match.start + match.text.indexOf(title);
    this.fields.evidence.addPlain('origin.title', line.block, start, start + title.length);
    return spacedPlainly(title);
  }

  #originalLanguage(): LanguageTag | null {
    const { fields } = this;
    const stated = (['ORIGINAL_LINE', 'TRANSLATOR_LINE'] as const).flatMap((role) => {
      const line = fields.line(role);
      return (line?.slots ?? []).flatMap(({ slot, text, start, end }) => {
        if (line === null || slot !== 'originLanguage') return [];
        fields.evidence.addPlain('origin.language', line.block, start, end);
        const language = readWrittenLanguage(text, fields.page.wrapper.language);
        return language === null ? [] : [{ role, language }];
      });
    });
    const [first] = stated;
    const odd = stated.find(({ language }) => language === this.language || language !== first?.language);
    if (odd !== undefined) {
      const message = 'What the page says of the language that it was translated from can not be so. Settle which one.';
      fields.remark('ORIGIN_RELATION_UNKNOWN', 'origin.language', this.#place(odd.role), message);
    }
    return first?.language ?? null;
  }

  /** Where the source published it: every link of a line that leads there is evidence. */
  #url(): string | null {
    const links = ORIGIN_ROLES.flatMap((role) => (isAboutTranslation(this.fields, role) ? [] : this.#links(role)));
    const url = links[0]?.url ?? null;
    for (const link of links) {
      if (link.url !== url) continue;
      this.fields.evidence.add('origin.url', link.start, link.end);
      this.fields.evidence.links.push({ path: 'origin.url', ...link });
    }
    return url;
  }

  #links(role: LineRole): BlockLink[] {
    const line = this.fields.line(role);
    const named = line?.slots.filter(({ slot }) => slot === 'source' || slot === 'originTitle') ?? [];
    // A title leads to the text, a source's name perhaps to the source alone.
    const title = named.filter(({ slot }) => slot === 'originTitle');
    const leadsAway = ({ url }: BlockLink): boolean => /^https?:/i.test(url) && isSafeUrl(url);
    const linksOf = (slots: typeof named): BlockLink[] =>
      line?.block.links.filter(
        (link) => leadsAway(link) && slots.some((s) => link.plainStart < s.end && link.plainEnd > s.start),
      ) ?? [];
    const ofTitle = linksOf(title);
    return ofTitle.length > 0 ? ofTitle : linksOf(named);
  }

  #remarkGaps({ relation, sourceName, url, publishedOn }: Omit<ReadOrigin, 'title' | 'language'>): void {
    const { fields } = this;
    if (sourceName === null) {
      const message = this.#isTranslated
        ? 'The page does not say who published the original. Say where it stood first.'
        : 'The page names no source. Say where it stood first.';
      fields.remark('ORIGIN_SOURCE_MISSING', 'origin.source', null, message);
    } else if (relation !== 'OWN' && url === null) {
      const message = `Where ${sourceName} published it is not known: the page's link leads nowhere. Add the address.`;
      fields.remark('ORIGIN_URL_MISSING', 'origin.url', this.#place('ORIGINAL_LINE', 'ORIGIN_LINE'), message);
    }
    if (publishedOn !== null && isAfter(publishedOn, this.publishedOn)) {
      const message = `The source's date, ${publishedOn}, is after this publication, ${this.publishedOn}. Settle the dates.`;
      const at = this.#place('ORIGINAL_LINE', 'ORIGIN_LINE', 'FIRST_PUBLISHED_LINE');
      fields.remark('ORIGIN_AFTER_PUBLICATION', 'origin.publishedOn', at, message);
    } else if (publishedOn === null && sourceName !== null && relation !== 'OWN') {
      const message = `The page does not say when ${sourceName} published it. Add the date.`;
      fields.remark('ORIGIN_DATE_MISSING', 'origin.publishedOn', null, message);
    }
  }

  /** The first of the lines that the page has, else the line that names the source. */
  #place(...roles: readonly LineRole[]): number | null {
    for (const role of [...roles, 'SOURCE_STATEMENT', 'ORIGIN_LINE'] as const) {
      const line = this.fields.line(role);
      if (line !== null) return line.block.start;
    }
    return null;
  }
}

/**
 * Whether a line tells of the translation and not of its original: the publisher of a translation names itself as
 * who published first what stands on the page. Only the original's own line speaks of the original alone.
 */
export function isAboutTranslation({ page: { lines, wrapper } }: FieldReader, role: LineRole): boolean {
  if (!lines.has('ORIGINAL_LINE') && !lines.has('TRANSLATOR_LINE')) return false;
  if (role === 'ORIGINAL_LINE') return false;
  const source = lines.get(role)?.slots.find((slot) => slot.slot === 'source');
  return source !== undefined && isNameOf(wrapper.publisher, source.text);
}

function isNameOf({ name, legalName, abbreviation }: PublisherNames, text: string): boolean {
  return [name, legalName, abbreviation].some((own) => own !== null && foldLabel(own) === foldLabel(text));
}

/** Whether two dates may be the same day, as far as both are known: 28 March may be the day in March. */
function agrees(one: PartialDate, other: PartialDate): boolean {
  return one.startsWith(other) || other.startsWith(one);
}
