import { Field, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../common/global-id.js';
import { type LanguageTag, lookupLanguage } from '../common/language-tag.js';
import { Node } from '../common/node.type.js';
import type { TermScheme } from '../common/vocabulary.js';
import { TermSchemeType } from '../common/vocabulary.type.js';

/** A term as an edition shows it; `rawLabel` is the page's own word for it. */
export interface TermFacts {
  readonly id: string;
  readonly scheme: TermScheme;
  readonly slug: string;
  readonly labels: Readonly<Record<LanguageTag, string>>;
  readonly rawLabel?: string;
}

@ObjectType('Term', { implements: () => [Node], description: 'A region or a theme by which articles are filed.' })
export class Term implements Node {
  constructor(
    private readonly facts: TermFacts,
    /** The languages asked for, in order of preference. */
    private readonly asked: readonly LanguageTag[],
  ) {}

  @Field(() => ID, { description: 'An opaque id, by which `node` finds the term again.' })
  get id(): string {
    return toGlobalId('Term', this.facts.id);
  }

  @Field(() => TermSchemeType, { description: 'The list that the term is of.' })
  get scheme(): TermScheme {
    return this.facts.scheme;
  }

  @Field(() => String, { description: 'Its name in addresses and filters, like `terrorism`.' })
  get slug(): string {
    return this.facts.slug;
  }

  @Field(() => String, {
    nullable: true,
    description:
      'The word that the article’s own page uses, like `Middle East & North Africa`; null outside an article.',
  })
  get rawLabel(): string | null {
    return this.facts.rawLabel ?? null;
  }

  /** The label in the language, or in the first language asked for that has one; null where none has. */
  labelIn(language: LanguageTag | null): string | null {
    const { labels } = this.facts;
    const found = lookupLanguage(language === null ? this.asked : [language], Object.keys(labels));
    return found === null ? null : (labels[found] ?? null);
  }
}
