import { foldLabel } from '../../common/fold-label.js';
import { isSafeUrl } from '../../common/scalars.js';
import type { LanguageTag } from '../../common/language-tag.js';
import type { CompiledWrapper } from '../../publishers/compiled-wrapper.js';
import type { PublisherNames } from '../../publishers/line-pattern.js';
import { aboutPublisher } from '../../publishers/line-pattern.js';
import { choosePage, remarkPublisher } from './choose-page.js';
import type { ClassifiedPage } from './classify-blocks.js';
import { detectLanguage } from './detect-language.js';
import { quoteFound } from '../document-refused.js';
import { EvidenceCollector } from './evidence-collector.js';
import { closingLinks, LinkKinds, type LinkKindRule } from './link-kinds.js';
import type { Block } from './markdown-blocks.js';
import { FieldReader, kindOf } from './read-fields.js';
import { isAboutTranslation, OriginReader } from './read-origin.js';
import type { ReadArticle, Reading, ReadLink } from '../reading.js';
import { originalOffsets, type FormedText } from '../parts/text-form.js';
import { TextPositions } from './text-positions.js';
import { readWrapper, toParts } from '../parts/to-parts.js';

/** A publisher by its names and its site's address: archives say where they come from. */
export interface KnownPublisher extends PublisherNames {
  readonly slug: string;
  readonly url: string | null;
  readonly language: LanguageTag;
}

/** What a reader has to know to understand pages: the publishers, their wrappers and the kinds of links. */
export interface ReadingKnowledge {
  readonly publishers: readonly KnownPublisher[];
  readonly wrappers: readonly CompiledWrapper[];
  readonly linkKinds: readonly LinkKindRule[];
}

/** A page cut into its blocks, whatever markup it is written in. */
export interface PageText extends Pick<Reading, 'fileName' | 'sha256' | 'sizeBytes' | 'format'> {
  /** The whole text as it came, without the byte order mark. */
  readonly original: string;
  /** The text that is read, to which the blocks' offsets belong. */
  readonly formed: FormedText;
  readonly blocks: readonly Block[];
  /** What stands between two UTF-16 offsets of the text that is read, as Markdown. */
  readonly markdownOf: (start: number, end: number) => string;
  /** Hears which blocks are the article's text. */
  readonly onBody?: (body: readonly Block[]) => void;
  /** Whether the text is in another markup: then lead and body are kept as they stand beside their Markdown. */
  readonly isForeignMarkup?: boolean;
}

/**
 * Reads a page: its parts, the article's fields with the evidence for each, and findings.
 * Throws DocumentRefused, naming the line, for what is no article as a known publisher wraps it.
 */
export function readPage(source: PageText, knowledge: ReadingKnowledge): Reading {
  const { fileName, sha256, sizeBytes, format, original, formed, blocks } = source;
  const positions = new TextPositions(original, originalOffsets(formed));
  const linkKinds = new LinkKinds(knowledge.linkKinds);
  const { page, isPublisherKnown } = choosePage(blocks, knowledge.wrappers, linkKinds, positions);
  const evidence = new EvidenceCollector(positions);
  const fields = new FieldReader(page, evidence);
  if (!isPublisherKnown) remarkPublisher(page, fields);
  const article = readArticle(page, fields, linkKinds, source, isPublisherKnown);
  source.onBody?.(page.body);
  const parts = toParts({ blocks, page, article, evidence, text: formed.text });
  remarkUnclaimed(blocks, page, fields);
  return {
    fileName,
    sha256,
    sizeBytes,
    format,
    form: formed.form,
    text: original,
    parts,
    wrapper: readWrapper(page.wrapper),
    article,
    evidence: evidence.found.sort((a, b) => a.start - b.start || b.end - a.end),
    findings: fields.findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  };
}

function readArticle(
  page: ClassifiedPage,
  fields: FieldReader,
  linkKinds: LinkKinds,
  { markdownOf, formed, isForeignMarkup = false }: PageText,
  isPublisherKnown: boolean,
): ReadArticle {
  const { evidence } = fields;
  const { wrapper, headline, dek, body } = page;
  const prose = body.map((block) => block.plain).join('\n');
  const language = detectLanguage(`${dek?.plain ?? ''}\n${prose}`) ?? 'und';
  const [bodyStart, bodyEnd] = [body[0]?.start, body.at(-1)?.end];
  if (bodyStart === undefined || bodyEnd === undefined) {
    fields.remark('TEXT_MISSING', 'text.body', headline, 'The page has no text below its lines.');
  } else {
    evidence.add('text.body', bodyStart, bodyEnd);
    if (language === 'und') {
      const message = 'The language of the text could not be told. Say which one it is.';
      fields.remark('TEXT_LANGUAGE_UNKNOWN', 'text.language', bodyStart, message);
    }
  }
  evidence.addPlain('text.headline', headline, 0, headline.plain.length);
  const inside = dek?.emphasis ?? null;
  if (inside !== null) evidence.add('text.dek', inside.start, inside.end);
  const publishedOn = fields.date('DATELINE', 'publishedOn', 'publishedOn');
  if (publishedOn === null) throw new TypeError('a page without its date was taken for an article');
  fields.slot('DATELINE', 'publisher', 'publisher.name');
  remarkTranslation(page, fields);
  const credits = fields.credits();
  const origin = new OriginReader(fields, language, publishedOn).read();
  const copyright = fields.copyright();
  remarkCopyrightYear(copyright, origin, fields);
  return {
    publisherSlug: wrapper.publisherSlug,
    isPublisherKnown,
    pageLanguage: wrapper.language,
    language,
    method: credits.some((credit) => credit.role === 'TRANSLATOR') ? 'HUMAN' : null,
    kind: kindOf(headline.plain, wrapper.definition),
    headline: headline.plain.trim(),
    dek: inside === null ? null : markdownOf(inside.start, inside.end),
    body: bodyStart === undefined || bodyEnd === undefined ? '' : markdownOf(bodyStart, bodyEnd),
    ...(isForeignMarkup
      ? {
          source: {
            dek: inside === null ? null : formed.text.slice(inside.start, inside.end),
            body: formed.text.slice(bodyStart ?? 0, bodyEnd ?? 0),
          },
        }
      : {}),
    publishedOn,
    origin,
    credits,
    terms: fields.terms(),
    copyright,
    clauses: fields.clauses(),
    contacts: fields.contacts(),
    links: readLinks(page, fields, linkKinds),
    lines: linePatterns(page, fields),
  };
}

/** The patterns in which the article's lines are written again. */
export function linePatterns(page: ClassifiedPage, fields: FieldReader): ReadArticle['lines'] {
  return [...page.lines.values()].map(({ role, pattern: { pattern } }) => ({
    role,
    pattern: isAboutTranslation(fields, role) ? aboutPublisher(pattern) : pattern,
  }));
}

/** A notice of a year in which there was nothing to claim yet is about another text, or one of the dates is wrong. */
export function remarkCopyrightYear(
  copyright: ReadArticle['copyright'],
  { publishedOn }: ReadArticle['origin'],
  fields: FieldReader,
): void {
  if (copyright?.year == null || publishedOn === null || copyright.year >= Number(publishedOn.slice(0, 4))) return;
  const message = `The copyright notice is of ${copyright.year}, the article of ${publishedOn}. Settle the dates.`;
  fields.remark('DATES_DISAGREE', 'rights.copyright.year', fields.line('COPYRIGHT_LINE')?.block ?? null, message);
}

/** Longer blocks are text, whatever they begin with. */
const LONGEST_SIGN = 300;

/** A page that tells of a translation is no verbatim copy; which text was translated is for a person to say. */
export function remarkTranslation({ wrapper, body }: ClassifiedPage, fields: FieldReader): void {
  const signs = wrapper.definition.translationSigns.map(foldLabel);
  const sign = body.find((block) => {
    const words = `${foldLabel(block.plain)} `;
    return block.plain.length <= LONGEST_SIGN && signs.some((start) => words.startsWith(`${start} `));
  });
  if (sign === undefined) return;
  const message = `${quoteFound(sign.plain)} tells of a translation. Say which text was translated, and by whom.`;
  fields.remark('ORIGIN_RELATION_UNKNOWN', 'origin.relation', sign, message);
}

/** The closing block's links. An address that is no safe one stays out, with a finding. */
export function readLinks(page: ClassifiedPage, fields: FieldReader, linkKinds: LinkKinds): ReadLink[] {
  const { evidence } = fields;
  const links: ReadLink[] = [];
  for (const { block, index, kind, url } of closingLinks(page.closing, linkKinds)) {
    const link = block.links[index];
    if (link === undefined) continue;
    if (!isSafeUrl(url)) {
      fields.remark(
        'LINK_UNSAFE',
        'links',
        link.start,
        `The link “${url.slice(0, 80)}” leads nowhere safe; it is left out.`,
      );
      continue;
    }
    const path = `links[${links.length}].url`;
    evidence.add(path, link.start, link.end);
    evidence.links.push({ path, url, start: link.start, end: link.end });
    if (/(?:\.\.\.|…)$/.test(url)) {
      fields.remark('LINK_TRUNCATED', path, link.start, `The link ${url} is cut short. Complete it or take it out.`);
    }
    links.push({ kind, url });
  }
  return links;
}

/** What no rule knows is kept, and told: between clauses it may be a legal text, so it blocks publishing there. */
export function remarkUnclaimed(blocks: readonly Block[], page: ClassifiedPage, fields: FieldReader): void {
  const footer = page.roles.findIndex((role) => role === 'SOURCE_STATEMENT' || role === 'COPYRIGHT_LINE');
  for (const [i, block] of blocks.entries()) {
    if (page.roles[i] !== 'UNCLAIMED') continue;
    const found = quoteFound(block.plain || block.type);
    if (footer !== -1 && i > footer) {
      const message = `No rule of the publisher's wrapper understands ${found}. Say what it means.`;
      fields.remark('CLAUSE_NOT_UNDERSTOOD', 'rights', block, message);
    } else {
      fields.remark('PART_NOT_UNDERSTOOD', 'parts', block, `No rule of the publisher's wrapper knows ${found}.`);
    }
  }
}
