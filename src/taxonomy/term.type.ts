import { ArgsType, Field, ID, ObjectType } from '@nestjs/graphql';
import { FieldArgs } from '../common/field-args.js';
import { toGlobalId } from '../common/global-id.js';
import { type LanguagePreference, type LanguageTag, lookupLanguage } from '../common/language-tag.js';
import { Node } from '../common/node.type.js';
import type { TermScheme } from '../common/vocabulary.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { TermSchemeType } from '../common/vocabulary.type.js';

/** A term as an edition shows it; `rawLabel` is the page's own word for it. */
export interface TermFacts {
  readonly id: string;
  readonly scheme: TermScheme;
  readonly slug: string;
  readonly labels: Readonly<Record<LanguageTag, string>>;
  readonly rawLabel?: string;
}

@ArgsType()
class LabelArgs {
  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'The language; without it, the first that the query asks for and that has a label.',
  })
  readonly language?: LanguageTag | null;
}

@ObjectType('Term', { implements: () => [Node], description: 'A region or a theme by which articles are filed.' })
export class Term implements Node {
  constructor(
    private readonly facts: TermFacts,
    private readonly preference: LanguagePreference,
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

  @Field(() => String, {
    nullable: true,
    description: 'The label in a language, like `Terrorisme` in `fr`; null where there is none in that language.',
  })
  label(@FieldArgs(LabelArgs) { language }: LabelArgs): string | null {
    const { labels } = this.facts;
    const available = Object.keys(labels);
    const found = language == null ? this.preference.choose(available) : lookupLanguage([language], available);
    return found === null ? null : (labels[found] ?? null);
  }
}
