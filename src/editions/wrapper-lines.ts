import type { LanguageTag } from '../common/language-tag.js';
import type { CreditRole } from '../common/vocabulary.js';
import { writeDate } from '../common/written-date.js';
import { writeLanguage } from '../common/written-language.js';
import {
  aboutPublisher,
  compileLinePattern,
  type LinePattern,
  type Slot,
  slotNames,
} from '../publishers/line-pattern.js';
import type { CompiledWrapper } from '../publishers/compiled-wrapper.js';
import { LINE_ROLES, type LineRole, ROVING_ROLES } from '../publishers/line-roles.js';
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
  const namesIn = (role: CreditRole): string | null =>
    joinNames(
      facts.credits.filter((credit) => credit.role === role).map((credit) => credit.agent.name),
      definition.conjunction,
    );
  return {
    publisher: facts.publisher.name,
    credits: namesIn('AUTHOR'),
    translators: namesIn('TRANSLATOR'),
    source: origin.source?.name ?? null,
    publishedOn: writeDate(facts.publishedOn, language),
    originPublishedOn: origin.publishedOn === null ? null : writeDate(origin.publishedOn, language),
    regions: termLabels(facts.regions, language, pageLanguage),
    themes: termLabels(facts.themes, language, pageLanguage),
    reports: termLabels(facts.reports, language, pageLanguage),
    originTitle: origin.title,
    originLanguage: origin.language === null ? null : writeLanguage(origin.language, language),
    copyrightAuthor: rights.copyright?.author ?? null,
    copyrightSource: rights.copyright?.source ?? null,
    copyrightYear: rights.copyright?.year?.toString() ?? null,
  };
}

/**
 * Writes the lines of a page in a wrapper's language: the lines that the article's own page has, in its own
 * patterns where the language is the page's. A line whose values are not all known is left out.
 */
export function writeWrapperLines(facts: LineFacts, wrapper: CompiledWrapper): EditionWrapperLine[] {
  const pageLines = new Map(facts.pageLines.map(({ role, pattern }) => [role, pattern]));
  const values = slotValues(facts, wrapper);
  const roles = pageLines.size === 0 ? usualRoles(facts) : LINE_ROLES.filter((role) => pageLines.has(role));
  return roles.flatMap((role) => {
    const text = writeRole(role, pageLines.get(role), values, wrapper, facts.pageLanguage);
    return text === null ? [] : [{ role, text }];
  });
}

/** The lines of an article that came with no page: those that tell of a translation only where it is one. */
function usualRoles({ origin: { relation } }: LineFacts): LineRole[] {
  const isNamed = (role: LineRole): boolean => relation === 'TRANSLATED' && role !== 'FIRST_PUBLISHED_LINE';
  return LINE_ROLES.filter((role) => !ROVING_ROLES.has(role) || isNamed(role));
}

function writeRole(
  role: LineRole,
  own: string | undefined,
  values: Partial<Record<Slot, string | null>>,
  wrapper: CompiledWrapper,
  pageLanguage: LanguageTag,
): string | null {
  const { language, publisher } = wrapper;
  if (own !== undefined && language === pageLanguage) return compileLinePattern(own, language, publisher).write(values);
  const patterns = (wrapper.lines.get(role) ?? []).map((line) =>
    own !== undefined && isAboutPublisher(own, line)
      ? compileLinePattern(aboutPublisher(line.pattern), language, publisher)
      : line,
  );
  // The pattern that says what the page's own line says, else the first that has all its values.
  const same = patterns.find((line) => own !== undefined && sameSlots(slotNames(own), line.slots));
  return [same, ...patterns].map((line) => line?.write(values) ?? null).find((text) => text !== null) ?? null;
}

function sameSlots(one: readonly string[], other: readonly string[]): boolean {
  return [...one].sort().join() === [...other].sort().join();
}

/** Whether the page's line names the publisher where a line of its role names the source, as translated pages do. */
function isAboutPublisher(own: string, { slots }: LinePattern): boolean {
  const names = slotNames(own);
  return slots.includes('source') && !names.includes('source') && names.includes('publisher');
}
