import type { LanguageTag } from '../../common/language-tag.js';
import type { PartialDate } from '../../common/partial-date.js';
import { isSafeUrl } from '../../common/scalars.js';
import { charsetNamed } from '../charset.js';
import type { ClassifiedPage } from '../page/classify-blocks.js';
import { decodeDocument } from '../decode-document.js';
import { detectLanguage } from '../page/detect-language.js';
import { DocumentRefused, quoteFound } from '../document-refused.js';
import { EvidenceCollector } from '../page/evidence-collector.js';
import { htmlToMarkdown } from '../html/html-to-markdown.js';
import type { IncomingDocument, ItemArchive } from '../door/incoming-document.js';
import { LinkKinds } from '../page/link-kinds.js';
import { FieldReader, kindOf } from '../page/read-fields.js';
import { OriginReader } from '../page/read-origin.js';
import {
  linePatterns,
  readLinks,
  type ReadingKnowledge,
  remarkCopyrightYear,
  remarkTranslation,
  remarkUnclaimed,
} from '../page/read-page.js';
import type { ReadArticle, Reading } from '../reading.js';
import { originalOffsets, takeForm } from '../parts/text-form.js';
import { TextPositions } from '../page/text-positions.js';
import { readWrapper, toParts } from '../parts/to-parts.js';
import { plainTextOf, textBlocks, titleBlock } from './wxr-blocks.js';
import { readItemElement, type WxrElement } from './wxr-elements.js';
import { WxrItem } from './wxr-item.js';
import { leadPart, placeOf, type PlacedValue, valueParts } from './wxr-parts.js';
import { type ArchivePublisher, classifyItem, publisherOf } from './wxr-publisher.js';

/** What an item without an archive is read with: nothing is known of where it comes from. */
const NO_ARCHIVE: ItemArchive = {
  encoding: 'utf-8',
  title: null,
  urls: [],
  language: null,
  authorName: null,
  firstLine: 1,
};

/**
 * Reads one post of a WordPress export. It has no page around it: its elements say who, when and where, and its text may
 * have lines and clauses of the publisher's wrapper. Throws DocumentRefused, naming the archive's line.
 */
export function readWxrItem(document: IncomingDocument, knowledge: ReadingKnowledge): Reading {
  const archive = document.archive ?? NO_ARCHIVE;
  try {
    return readItem(document, archive, knowledge);
  } catch (error) {
    if (!(error instanceof DocumentRefused) || error.refusal.line === null) throw error;
    throw new DocumentRefused({ ...error.refusal, line: error.refusal.line + archive.firstLine - 1 });
  }
}

/** All that an item's fields are read from. */
interface ItemPage {
  readonly item: WxrItem;
  readonly archive: ItemArchive;
  readonly from: ArchivePublisher;
  readonly page: ClassifiedPage;
  readonly fields: FieldReader;
  readonly text: string;
  /** Where values stand that elements give: filled as they are read. */
  readonly values: PlacedValue[];
}

function readItem(document: IncomingDocument, archive: ItemArchive, knowledge: ReadingKnowledge): Reading {
  const decoded = decodeDocument(document.bytes, charsetNamed(archive.encoding) ?? undefined);
  const formed = takeForm(decoded.text, decoded);
  const { text } = formed;
  const evidence = new EvidenceCollector(new TextPositions(decoded.text, originalOffsets(formed)));
  const item = new WxrItem(readItemElement(text));
  const title = item.find('title');
  const headline = title === null ? null : titleBlock(title, text);
  const content = item.find('content:encoded');
  if (title === null || headline === null || (content !== null && content.start < title.start)) {
    throw new DocumentRefused({
      code: 'NOT_AN_ARTICLE',
      line: evidence.positions.lineOf((title ?? item.element).start),
      expected: 'a post with a title above its text',
      found: headline === null ? 'no title' : 'a title below its text',
    });
  }
  const { blocks: ownBlocks, markdownOf } = textBlocks(content, text);
  const blocks = [headline, ...ownBlocks];
  const linkKinds = new LinkKinds(knowledge.linkKinds);
  const from = publisherOf(archive, knowledge);
  const prose = ownBlocks.map((block) => block.plain).join('\n');
  const stated = item.language();
  const language = stated?.tag ?? detectLanguage(prose) ?? archive.language ?? 'und';
  const lead = item.find('excerpt:encoded');
  const classified = classifyItem(blocks, from, language, knowledge, linkKinds);
  if (classified === null) throw new TypeError('a post with a headline was taken for one without');
  const page = lead === null ? classified : withoutLead(classified);
  const fields = new FieldReader(page, evidence);
  const of: ItemPage = { item, archive, from, page, fields, text, values: [] };

  if (stated !== null) evidence.add('text.language', stated.element.start, stated.element.end);
  evidence.addPlain('text.headline', headline, 0, headline.plain.length);
  remarkItem(of, language);
  remarkTranslation(page, fields);
  const publishedOn = readDay(of);
  const [bodyStart, bodyEnd] = [page.body[0]?.start ?? 0, page.body.at(-1)?.end ?? 0];
  const inside = lead === null ? (page.dek?.emphasis ?? null) : placeOf(lead, text);
  if (bodyEnd > bodyStart) evidence.add('text.body', bodyStart, bodyEnd);
  if (inside !== null) evidence.add('text.dek', inside.start, inside.end);
  const sourceOf = (start: number, end: number): string => text.slice(start, end);
  const origin = readOrigin(of, language, publishedOn);
  const copyright = fields.copyright();
  remarkCopyrightYear(copyright, origin, fields);
  const credits = readCredits(of);
  const article: ReadArticle = {
    publisherSlug: from.publisher.slug,
    isPublisherKnown: from.isKnown,
    pageLanguage: page.wrapper.language,
    language,
    method: credits.some((credit) => credit.role === 'TRANSLATOR') ? 'HUMAN' : null,
    kind: kindOf(headline.plain, page.wrapper.definition),
    headline: headline.plain.trim(),
    dek: lead !== null ? leadMarkdown(lead) : inside === null ? null : markdownOf(inside.start, inside.end),
    body: bodyEnd > bodyStart ? markdownOf(bodyStart, bodyEnd) : '',
    source: {
      dek: lead !== null ? sourceOf(lead.textStart, lead.textEnd) : inside && sourceOf(inside.start, inside.end),
      body: sourceOf(bodyStart, bodyEnd),
    },
    publishedOn,
    origin,
    credits,
    terms: readTerms(of),
    copyright,
    clauses: fields.clauses(),
    contacts: fields.contacts(),
    links: readLinks(page, fields, linkKinds),
    lines: linePatterns(page, fields),
  };
  const wrapper = readWrapper(page.wrapper);
  const placed = [
    ...valueParts(of.values, text, { article, wrapper }),
    ...(lead === null ? [] : [leadPart(lead, language, text)]),
  ].sort((a, b) => a.start - b.start);
  const parts = toParts({ blocks, page, article, evidence, text, placed });
  remarkUnclaimed(blocks, page, fields);
  return {
    fileName: document.fileName,
    sha256: decoded.sha256,
    sizeBytes: decoded.sizeBytes,
    format: document.format,
    form: formed.form,
    text: decoded.text,
    parts,
    wrapper,
    article,
    evidence: evidence.found.sort((a, b) => a.start - b.start || b.end - a.end),
    findings: fields.findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0)),
  };
}

/** Where the post has a lead of its own, emphasis that begins its text is text. */
function withoutLead(page: ClassifiedPage): ClassifiedPage {
  const { dek, body, roles } = page;
  if (dek === null) return page;
  return { ...page, dek: null, body: [dek, ...body], roles: roles.map((role) => (role === 'DEK' ? 'BODY' : role)) };
}

function leadMarkdown(lead: WxrElement): string | null {
  const markdown = htmlToMarkdown(lead.value, { hasAutomaticParagraphs: true });
  return markdown === '' ? null : markdown;
}

/** Remarks what keeps a post from readers, and what its archive leaves open. */
function remarkItem({ item, from, page, fields }: ItemPage, language: LanguageTag): void {
  const unpublished = item.whyUnpublished();
  if (unpublished !== null) {
    const message = `Readers of the site do not see this post: ${unpublished.reason}. Publish it there, or say that it may be.`;
    fields.remark('NOT_PUBLISHED_AT_SOURCE', 'publishedOn', unpublished.element?.start ?? null, message);
  }
  if (!from.isKnown) {
    const message = `No data file has the address of “${from.publisher.name}”. Write its file, or add the address to it.`;
    fields.remark('PUBLISHER_UNKNOWN', 'publisher', null, message);
  }
  if (page.body.length === 0) {
    fields.remark('TEXT_MISSING', 'text.body', page.headline, 'The post has no text.');
  } else if (language === 'und') {
    const message = 'The language of the text could not be told. Say which one it is.';
    fields.remark('TEXT_LANGUAGE_UNKNOWN', 'text.language', page.body[0] ?? null, message);
  }
}

/** The day of the post. Throws DocumentRefused where it has none, or one that the calendar does not have. */
function readDay({ item, fields, text, values }: ItemPage): PartialDate {
  const day = item.day();
  if (day?.date == null) {
    throw new DocumentRefused({
      code: 'DATE_IMPOSSIBLE',
      line: fields.evidence.positions.lineOf((day?.element ?? item.element).start),
      expected: 'a date that the calendar has in wp:post_date',
      found: day === null ? 'none' : quoteFound(day.element.value),
    });
  }
  const { start } = placeOf(day.element, text);
  const place = { start, end: start + day.date.length };
  fields.evidence.add('publishedOn', place.start, place.end);
  values.push({ role: 'DATELINE', element: day.element, path: 'publishedOn', language: null, ...place });
  const line = fields.date('DATELINE', 'publishedOn', 'publishedOn');
  if (line !== null && !day.date.startsWith(line)) {
    const message = `The post is of ${day.date}, the line in its text of ${line}. Settle the dates.`;
    fields.remark('DATES_DISAGREE', 'publishedOn', fields.line('DATELINE')?.block ?? null, message);
  }
  return day.date;
}

/** The post's own lines name its source, if any do; else it is the site's own. */
function readOrigin(
  { item, from: { publisher }, page, fields, text, values }: ItemPage,
  language: LanguageTag,
  publishedOn: PartialDate,
): ReadArticle['origin'] {
  const roles = [
    'ORIGIN_LINE',
    'SOURCE_STATEMENT',
    'ORIGINAL_LINE',
    'TRANSLATOR_LINE',
    'FIRST_PUBLISHED_LINE',
  ] as const;
  if (roles.some((role) => page.lines.has(role))) return new OriginReader(fields, language, publishedOn).read();
  const own = { relation: 'OWN', sourceName: publisher.name, title: null, language, publishedOn } as const;
  const link = item.find('link');
  if (link === null || item.whyUnpublished() !== null) return { ...own, url: null };
  const place = placeOf(link, text);
  const url = link.value.trim();
  if (!/^https?:/i.test(url) || !isSafeUrl(url)) return { ...own, url: null };
  fields.evidence.add('origin.url', place.start, place.end);
  values.push({ role: 'ORIGIN_LINE', element: link, path: 'origin.url', language: null, ...place });
  return { ...own, url };
}

/** The authors that the text's own lines name, else the one whose account wrote the post. */
function readCredits({ item, archive, page, fields, text, values }: ItemPage): ReadArticle['credits'] {
  const credits = fields.credits();
  if (page.lines.has('BYLINE') || page.lines.has('CREDITS_LINE')) return credits;
  const creator = item.find('dc:creator');
  if (creator === null) return credits;
  const at = fields.findings.findIndex(({ code }) => code === 'CREDIT_MISSING');
  if (at !== -1) fields.findings.splice(at, 1);
  const path = `credits[${credits.length}].agent.name`;
  const place = placeOf(creator, text);
  fields.evidence.add(path, place.start, place.end);
  values.push({ role: 'BYLINE', element: creator, path, language: null, ...place });
  return [...credits, { role: 'AUTHOR', name: archive.authorName ?? plainTextOf(creator, text) }];
}

/** The terms of the text's own lines, and the categories as themes. Tags are the site's own, and stay in the document. */
function readTerms({ item, fields, text, values }: ItemPage): ReadArticle['terms'] {
  const terms = fields.terms();
  let position = terms.filter(({ scheme }) => scheme === 'THEME').length;
  for (const category of item.terms('category')) {
    const rawLabel = plainTextOf(category, text);
    if (rawLabel === '' || terms.some((term) => term.scheme === 'THEME' && term.rawLabel === rawLabel)) continue;
    const path = `themes[${position++}].rawLabel`;
    const place = placeOf(category, text);
    fields.evidence.add(path, place.start, place.end);
    values.push({ role: 'THEME_LINE', element: category, path, language: null, ...place });
    terms.push({ scheme: 'THEME', rawLabel });
  }
  return terms;
}
