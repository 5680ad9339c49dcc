import type { LanguageTag } from '../common/language-tag.js';
import { writeDate } from '../common/written-date.js';
import { compileLinePattern, type Slot } from '../publishers/line-pattern.js';
import type { CompiledWrapper } from '../publishers/compiled-wrapper.js';
import { LINE_ROLES, type LineRole } from '../publishers/wrapper-definition.js';
import type { TermFacts } from '../taxonomy/term.type.js';
import type { EditionContent, EditionWrapperLine } from './edition-content.js';

/** What the lines of a page say: an edition's content but the lines themselves. */
export type LineFacts = Omit<EditionContent, 'wrappers' | 'texts' | 'links'>;

/** `A`, `A et B`, `A, B et C`. */
function joinNames(names: readonly string[], conjunction: string): string | null {
  if (names.length === 0) return null;
  const last = names.at(-1) ?? '';
  return names.length === 1 ? last : `${names.slice(0, -1).join(', ')} ${conjunction} ${last}`;
}

/** On a page in its own language a term stands as the page has it, elsewhere by its label. */
function termLabels(terms: readonly TermFacts[], language: LanguageTag, pageLanguage: LanguageTag): string | null {
  const labelOf = (term: TermFacts): string =>
    (language === pageLanguage ? term.rawLabel : undefined) ?? term.labels[language] ?? term.rawLabel ?? term.slug;
  return terms.length === 0 ? null : terms.map(labelOf).join(', ');
}

function slotValues(facts: LineFacts, wrapper: CompiledWrapper): Partial<Record<Slot, string | null>> {
  const { language, definition } = wrapper;
  const { origin, rights, pageLanguage } = facts;
  const authors = facts.credits.filter((credit) => credit.role === 'AUTHOR').map((credit) => credit.agent.name);
  return {
    publisher: facts.publisher.name,
    credits: joinNames(authors, definition.conjunction),
    source: origin.source?.name ?? null,
    publishedOn: writeDate(facts.publishedOn, language),
    originPublishedOn: origin.publishedOn === null ? null : writeDate(origin.publishedOn, language),
    regions: termLabels(facts.regions, language, pageLanguage),
    themes: termLabels(facts.themes, language, pageLanguage),
    copyrightAuthor: rights.copyright?.author ?? null,
    copyrightSource: rights.copyright?.source ?? null,
    copyrightYear: rights.copyright?.year?.toString() ?? null,
  };
}

/**
 * Writes the lines of a page in a wrapper's language: the lines that the article's own page has, in its own
 * patterns where the language is the page's. A line whose values are not all known is left out.
 */
export function writeWrapperLines(
  facts: LineFacts,
  wrapper: CompiledWrapper,
  pageLines: ReadonlyMap<LineRole, string>,
): EditionWrapperLine[] {
  const values = slotValues(facts, wrapper);
  const roles = pageLines.size === 0 ? LINE_ROLES : LINE_ROLES.filter((role) => pageLines.has(role));
  return roles.flatMap((role) => {
    const own = wrapper.language === facts.pageLanguage ? pageLines.get(role) : undefined;
    const pattern =
      own === undefined ? wrapper.lines.get(role)?.[0] : compileLinePattern(own, wrapper.language, wrapper.publisher);
    const text = pattern?.write(values) ?? null;
    return text === null ? [] : [{ role, text }];
  });
}
