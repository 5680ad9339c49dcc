import { toSlug } from '../../common/slug.js';
import { writeDate } from '../../common/written-date.js';
import type { CompiledWrapper } from '../../publishers/compiled-wrapper.js';
import type { Slot } from '../../publishers/line-pattern.js';
import { type ClassifiedPage, classifyBlocks, fitOf } from './classify-blocks.js';
import { DocumentRefused, quoteFound } from '../document-refused.js';
import type { LinkKinds } from './link-kinds.js';
import type { Block } from './markdown-blocks.js';
import { type FieldReader, spacedPlainly } from './read-fields.js';
import type { TextPositions } from './text-positions.js';

const EXAMPLE_DATE = '2016-03-30';

/** A publisher's lines below the headline are no more than this. */
const HEADER_BLOCKS = 8;

/** Fewer lines and clauses than this may be chance. */
const LEAST_FIT = 3;

/**
 * The page under the wrapper that knows the most of it: a known publisher's, or one that is like a known publisher's
 * and names another. Throws DocumentRefused when none knows enough.
 */
export function choosePage(
  blocks: readonly Block[],
  wrappers: readonly CompiledWrapper[],
  linkKinds: LinkKinds,
  positions: TextPositions,
): { readonly page: ClassifiedPage; readonly isPublisherKnown: boolean } {
  const [first] = blocks;
  const fitting = (some: readonly CompiledWrapper[]): ClassifiedPage[] =>
    some
      .map((wrapper) => classifyBlocks(blocks, wrapper, linkKinds))
      .filter((page) => page !== null)
      .filter(({ lines }) => lines.has('DATELINE'))
      .sort((a, b) => fitOf(b) - fitOf(a));
  const [own] = fitting(wrappers);
  if (own !== undefined && fitOf(own) >= LEAST_FIT) return { page: own, isPublisherKnown: true };
  // The dateline of any publisher tells less than the wrapper's own: the other lines have to be enough.
  const [other] = fitting(wrappers.map((wrapper) => wrapper.ofAnyPublisher()));
  const stranger = other === undefined || fitOf(other) <= LEAST_FIT ? null : strangersPage(other);
  if (stranger !== null) return { page: stranger, isPublisherKnown: false };
  const headline = blocks.find((block) => block.type === 'heading' && block.plain.trim() !== '');
  const below = headline === undefined ? [] : blocks.slice(blocks.indexOf(headline) + 1);
  const nearly = own === undefined ? below.slice(0, HEADER_BLOCKS).find(isNearlyDateline(wrappers)) : undefined;
  const after = nearly ?? below[0] ?? headline ?? first;
  const examples = wrappers.map((wrapper) => `“${datelineExample(wrapper)}”`);
  throw new DocumentRefused({
    code: 'NOT_AN_ARTICLE',
    line: after === undefined ? null : positions.lineOf(after.start),
    expected:
      headline === undefined
        ? 'a heading with the headline of an article'
        : `a line like ${examples.join(' or ')} below the headline, and the publisher's other lines`,
    found: after === undefined ? 'nothing' : quoteFound(after.plain || after.type),
  });
}

/** Whether a line begins as a known publisher's dateline does, whatever stands where the date should. */
function isNearlyDateline(wrappers: readonly CompiledWrapper[]): (block: Block) => boolean {
  const beginnings = wrappers.map(
    (wrapper) => datelineExample(wrapper).split(writeDate(EXAMPLE_DATE, wrapper.language), 1)[0],
  );
  return ({ plain }) => beginnings.some((beginning) => beginning !== undefined && plain.startsWith(beginning));
}

/** A page under another publisher's wrapper, with its own publisher's names; null when it names none. */
function strangersPage(page: ClassifiedPage): ClassifiedPage | null {
  const name = page.lines.get('DATELINE')?.slots.find(({ slot }) => slot === 'publisher')?.text;
  if (name === undefined) return null;
  const found = page.clauses.flatMap(({ slots }) => slots);
  const first = (wanted: Slot): string | null => {
    const match = found.find(({ slot }) => slot === wanted);
    return match === undefined ? null : spacedPlainly(match.text);
  };
  const publisher = { name: spacedPlainly(name), legalName: first('legalName'), abbreviation: first('abbreviation') };
  return { ...page, wrapper: { ...page.wrapper, publisherSlug: toSlug(publisher.name), publisher } };
}

/** Remarks that no data file has the page's publisher: what its clauses mean, and whose they are, is for a person to say. */
export function remarkPublisher({ wrapper: { publisher }, clauses }: ClassifiedPage, fields: FieldReader): void {
  const message = `No data file has pages of “${publisher.name}” like this one. Write its wrapper, or correct the name.`;
  fields.remark('PUBLISHER_UNKNOWN', 'publisher', fields.line('DATELINE')?.block ?? null, message);
  for (const name of ['legalName', 'abbreviation'] as const) {
    const clause = clauses.find(({ slots }) => slots.some(({ slot }) => slot === name));
    const match = clause?.slots.find(({ slot }) => slot === name);
    if (clause !== undefined && match !== undefined) {
      fields.evidence.addPlain(`publisher.${name}`, clause.block, match.start, match.end);
    }
  }
}

/** A dateline as the wrapper writes it, to tell people what was looked for. */
function datelineExample({ lines, language, publisher }: CompiledWrapper): string {
  const values = { publisher: publisher.name, publishedOn: writeDate(EXAMPLE_DATE, language) };
  return lines.get('DATELINE')?.[0]?.write(values) ?? publisher.name;
}
