import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../common/global-id.js';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import type { TranslationMethod, TranslationState } from '../common/vocabulary.js';
import { TranslationMethodType, TranslationStateType } from '../common/vocabulary.type.js';
import { Agent } from '../sources/source.type.js';
import type { TextFacts } from './text-facts.js';

@ObjectType({ description: 'An article’s text in one language as it stands at the desk; the original’s, too.' })
export class Translation {
  constructor(readonly facts: TextFacts) {}

  @Field(() => ID, { description: 'An opaque id.' })
  get id(): string {
    return toGlobalId('Translation', this.facts.id);
  }

  @Field(() => LanguageTagScalar, { description: 'The language that it is in.' })
  get language(): LanguageTag {
    return this.facts.language;
  }

  @Field(() => Boolean, { description: 'Whether it is what was written first.' })
  get isOriginal(): boolean {
    return this.facts.isOriginal;
  }

  @Field(() => TranslationStateType, { description: 'How far it has come.' })
  get state(): TranslationState {
    return this.facts.state;
  }

  @Field(() => Int, { description: 'Counts its states: say it when you change something.' })
  get version(): number {
    return this.facts.version;
  }

  @Field(() => String, {
    description:
      'The headline: of what is in hand, or else of the newest revision. Empty while nobody has written one.',
  })
  get headline(): string {
    return this.facts.headline;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The paragraph below the headline that sums the text up, in Markdown; null where there is none.',
  })
  get dek(): string | null {
    return this.facts.dek;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Its name in addresses; null until its first revision.',
  })
  get slug(): string | null {
    return this.facts.slug;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The name in addresses that its next revision is to have; null where that stays, or nobody has said.',
  })
  get wantedSlug(): string | null {
    return this.facts.wantedSlug;
  }

  @Field(() => Boolean, { description: 'Whether somebody has something in hand that is no revision yet.' })
  get isUnsaved(): boolean {
    return this.facts.isUnsaved;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Who changed it last, as they were called then; null where an import has.',
  })
  get changedBy(): string | null {
    return this.facts.changedBy;
  }

  @Field(() => GraphQLISODateTime, { description: 'When it was changed last.' })
  get changedAt(): Date {
    return new Date(this.facts.changedAt);
  }

  @Field(() => TranslationMethodType, {
    nullable: true,
    description: 'How it was translated; null for the original, and where nobody has said.',
  })
  get method(): TranslationMethod | null {
    return this.facts.method;
  }

  @Field(() => String, { nullable: true, description: 'The machine that translated it; null where none did.' })
  get tool(): string | null {
    return this.facts.tool;
  }

  @Field(() => Agent, {
    nullable: true,
    description: 'Who is credited with this translation; null where the article’s credits say it, or nobody is.',
  })
  get translator(): Agent | null {
    return this.facts.translator;
  }

  @Field(() => Boolean, { description: 'Whether its source reads otherwise than it knows it.' })
  get isOutdated(): boolean {
    return this.facts.outdatedPassages > 0;
  }

  @Field(() => Int, { description: 'How many passages of its source are otherwise than it knows them.' })
  get outdatedPassages(): number {
    return this.facts.outdatedPassages;
  }

  @Field(() => Boolean, { description: 'Whether readers have the language: this text, or an earlier state of it.' })
  get isPublished(): boolean {
    return this.facts.isPublished;
  }
}
