import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../../common/language-tag.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import { TRANSLATION_STATES, type TranslationState } from '../../common/vocabulary.js';
import { TranslationStateType } from '../../common/vocabulary.type.js';
import type { DeskCountsFacts, LanguageCountsFacts } from './desk-counts.js';

@ObjectType({ description: 'How many texts are in one state.' })
export class StateCount {
  @Field(() => TranslationStateType, { description: 'How far they have come.' })
  readonly state!: TranslationState;

  @Field(() => Int, { description: 'How many there are.' })
  readonly texts!: number;
}

@ObjectType({ description: 'How many texts there are in one language, and how they stand.' })
export class LanguageCounts {
  constructor(private readonly facts: LanguageCountsFacts) {}

  @Field(() => LanguageTagScalar, { description: 'The language that they are in.' })
  get language(): LanguageTag {
    return this.facts.language;
  }

  @Field(() => Int, { description: 'How many texts there are, originals among them.' })
  get texts(): number {
    return this.facts.texts;
  }

  @Field(() => [StateCount], {
    description:
      'How many there are in each state, from draft to published; and how many were given up, which count nowhere else.',
  })
  get byState(): readonly StateCount[] {
    return TRANSLATION_STATES.map((state) => ({ state, texts: this.facts.states[state] ?? 0 }));
  }

  @Field(() => Int, { description: 'How many have a source that reads otherwise than they know it.' })
  get outdated(): number {
    return this.facts.outdated;
  }

  @Field(() => Int, { description: 'How many are nobody’s task.' })
  get unassigned(): number {
    return this.facts.texts - this.facts.assigned;
  }

  @Field(() => Int, { description: 'How many articles have no text in it.' })
  get lacking(): number {
    return this.facts.lacking;
  }
}

@ObjectType({ description: 'How much there is at the desk.' })
export class DeskCounts {
  constructor(private readonly facts: DeskCountsFacts) {}

  @Field(() => Int, { description: 'How many articles there are.' })
  get articles(): number {
    return this.facts.articles;
  }

  @Field(() => Int, { description: 'How many of them readers get.' })
  get published(): number {
    return this.facts.published;
  }

  @Field(() => Int, { description: 'How many were withdrawn.' })
  get withdrawn(): number {
    return this.facts.withdrawn;
  }

  @Field(() => Int, { description: 'How many texts are to be published by themselves.' })
  get schedules(): number {
    return this.facts.schedules;
  }

  @Field(() => Int, { description: 'How many were to be, and could not.' })
  get failedSchedules(): number {
    return this.facts.failedSchedules;
  }

  @Field(() => Int, {
    description:
      'How many articles a finding that nobody has waived keeps from being published in some language, up to 1,000.',
  })
  get blocked(): number {
    if (this.facts.blocked === null) throw new TypeError('what is blocked was answered and had not been asked for');
    return this.facts.blocked;
  }

  @Field(() => [LanguageCounts], { description: 'The same of each language that there is a text in.' })
  get languages(): readonly LanguageCounts[] {
    return this.facts.languages.map((one) => new LanguageCounts(one));
  }
}
