import { createHash } from 'node:crypto';
import { foldLabel } from '../common/fold-label.js';
import { lookupLanguage } from '../common/language-tag.js';
import { type CreditRole, MEDIA, type Medium, REUSE_ACTIONS, type ReuseAction } from '../common/vocabulary.js';
import { decideReuse, type DecidedReuse, type DecidingTerm } from '../rights/reuse-decision.js';
import type { LanguageSetEntity, ReferenceKind, ReuseSetEntity } from './edition.entity.js';
import type { EditionContent } from './edition-content.js';

/** What a fact is about: something that articles show, who is credited as what, or one of the closed lists. */
export type FactKind = ReferenceKind | CreditRole | 'KIND' | 'RELATION' | 'LANGUAGES' | 'REUSE' | 'OUTDATED';

/**
 * What is true of an article, as a 64-bit number in decimal: `THEME/terrorism` of every article under that theme. Whoever
 * writes an article's facts and whoever asks for them name them by this alone.
 */
export function factOf(kind: FactKind, value: string): string {
  return createHash('sha256').update(`${kind}/${value}`).digest().readBigInt64BE().toString();
}

/** The fact that somebody of this name is credited as this, however the name is written. */
export function creditFact(role: CreditRole, name: string): string {
  return factOf(role, foldLabel(name));
}

/** The fact that a translation of it is out of date. */
export const HAS_OUTDATED_TRANSLATION = factOf('OUTDATED', '');

/** What the rules say of a use, as `reuse_set` has it: `REPRODUCE/WEB/PERMIT`. */
export function decisionOf(action: ReuseAction, medium: Medium, effect: DecidedReuse<DecidingTerm>['effect']): string {
  return `${action}/${medium}/${effect}`;
}

/** Everything that is true of an edition's article; of its languages, and of its rules, one fact each. */
export interface EditionFacts {
  readonly facts: readonly string[];
  readonly languages: LanguageSetEntity;
  readonly reuse: ReuseSetEntity;
}

/** The facts of an edition, each once. */
export function factsOf({ kind, publisher, origin, credits, rights, texts, ...lists }: EditionContent): EditionFacts {
  const languages = languageSet(
    texts.map((text) => text.language),
    publisher.language,
  );
  const reuse = reuseSet(rights.reuseTerms);
  const facts = [
    factOf('PUBLISHER', publisher.slug),
    ...(origin.source === null ? [] : [factOf('SOURCE', origin.source.slug)]),
    ...[...lists.regions, ...lists.themes, ...lists.reports].map((term) => factOf(term.scheme, term.slug)),
    ...credits.map(({ role, agent }) => creditFact(role, agent.name)),
    factOf('KIND', kind),
    factOf('RELATION', origin.relation),
    ...(texts.some((text) => text.isOutdated) ? [HAS_OUTDATED_TRANSLATION] : []),
    languages.fact,
    reuse.fact,
  ];
  return { facts: [...new Set(facts)], languages, reuse };
}

function languageSet(languages: readonly string[], wanted: string): LanguageSetEntity {
  const publisherLanguage = lookupLanguage([wanted], languages);
  return { fact: factOf('LANGUAGES', [...languages, '', publisherLanguage].join(' ')), languages, publisherLanguage };
}

function reuseSet(terms: readonly DecidingTerm[]): ReuseSetEntity {
  const decisions = REUSE_ACTIONS.flatMap((action) =>
    MEDIA.map((medium) => decisionOf(action, medium, decideReuse(terms, { action, medium }).effect)),
  );
  return { fact: factOf('REUSE', decisions.join(' ')), decisions };
}
