import { Field, GraphQLISODateTime, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import type { EditionCorrection } from './edition-content.js';

@ObjectType('Correction', { description: 'A note to readers of a text in which something was put right.' })
export class Correction {
  constructor(private readonly facts: EditionCorrection) {}

  @Field(() => LanguageTagScalar, { description: 'The language of the note, and of the text whose readers it is for.' })
  get language(): LanguageTag {
    return this.facts.language;
  }

  @Field(() => String, { description: 'What was put right, plain.' })
  get note(): string {
    return this.facts.note;
  }

  @Field(() => GraphQLISODateTime, { description: 'When, in UTC, like `2016-03-30T12:00:00.000Z`.' })
  get correctedAt(): Date {
    return new Date(this.facts.correctedAt);
  }
}
