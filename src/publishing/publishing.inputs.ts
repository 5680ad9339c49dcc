import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import type { DeskFindingCode } from './attribution.js';
import { FindingCodeEnum } from './desk-finding.type.js';

const ARTICLE_ID = 'The article’s id.';
const LANGUAGE = 'Which of its languages. No other one changes.';
const EDITION = 'The number of the edition that you saw, the last one that was issued: of another, nothing is done.';
const REVISION = 'The number of the revision that you saw, the newest of the text: of another, nothing is done.';
const REASON = 'Why, for the audit trail, of 1 to 2,000 characters.';

@InputType({ description: 'Which text is to be published.' })
export class PublishTranslationInput {
  @Field(() => ID, { description: ARTICLE_ID })
  readonly articleId!: string;

  @Field(() => LanguageTagScalar, { description: LANGUAGE })
  readonly language!: LanguageTag;

  @Field(() => Int, { description: REVISION })
  readonly expectedRevision!: number;

  @Field(() => String, { nullable: true, description: REASON })
  readonly reason?: string | null;
}

@InputType({ description: 'Which texts are to be published.' })
export class PublishTranslationsInput {
  @Field(() => [PublishTranslationInput], { description: 'The texts, 50 at most.' })
  readonly translations!: readonly PublishTranslationInput[];
}

@InputType({ description: 'Which text is to be taken from readers.' })
export class UnpublishTranslationInput {
  @Field(() => ID, { description: ARTICLE_ID })
  readonly articleId!: string;

  @Field(() => LanguageTagScalar, { description: LANGUAGE })
  readonly language!: LanguageTag;

  @Field(() => Int, { description: EDITION })
  readonly expectedEdition!: number;

  @Field(() => String, { nullable: true, description: REASON })
  readonly reason?: string | null;
}

@InputType({ description: 'Which text is to be published later, and when.' })
export class SchedulePublicationInput {
  @Field(() => ID, { description: ARTICLE_ID })
  readonly articleId!: string;

  @Field(() => LanguageTagScalar, { description: LANGUAGE })
  readonly language!: LanguageTag;

  @Field(() => Int, {
    description: 'The number of the revision that you saw, the newest of the text: another one is not published then.',
  })
  readonly expectedRevision!: number;

  @Field(() => String, {
    description:
      'When, as clocks in the zone show it, like `2026-12-24T08:00`. A time that they never show, since they are put ' +
      'forward, is as much later; of one that they show twice, it is the first.',
  })
  readonly at!: string;

  @Field(() => String, { description: 'The zone, as IANA names it, like `Europe/Paris`.' })
  readonly timeZone!: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version of the schedule that you change; null where there is none yet.',
  })
  readonly expectedVersion?: number | null;
}

@InputType({ description: 'Which publication is called off.' })
export class CancelPublicationInput {
  @Field(() => ID, { description: ARTICLE_ID })
  readonly articleId!: string;

  @Field(() => LanguageTagScalar, { description: LANGUAGE })
  readonly language!: LanguageTag;

  @Field(() => Int, { description: 'The version of the schedule that you saw: of another, nothing is done.' })
  readonly expectedVersion!: number;
}

@InputType({ description: 'What readers of one language are told of a correction.' })
export class CorrectionNoteInput {
  @Field(() => LanguageTagScalar, { description: 'The language of the note, and of its readers.' })
  readonly language!: LanguageTag;

  @Field(() => String, { description: 'What was put right, plain, of 1 to 2,000 characters.' })
  readonly note!: string;
}

@InputType({ description: 'Which text is put right, and what readers are told.' })
export class CorrectArticleInput {
  @Field(() => ID, { description: ARTICLE_ID })
  readonly articleId!: string;

  @Field(() => LanguageTagScalar, {
    description: 'The language whose text is put right: its newest revision is published. No other text changes.',
  })
  readonly language!: LanguageTag;

  @Field(() => Int, { description: REVISION })
  readonly expectedRevision!: number;

  @Field(() => Int, { description: EDITION })
  readonly expectedEdition!: number;

  @Field(() => [CorrectionNoteInput], { description: 'A note for each published language, and for no other.' })
  readonly notes!: readonly CorrectionNoteInput[];

  @Field(() => String, { nullable: true, description: REASON })
  readonly reason?: string | null;
}

@InputType({ description: 'Which article is withdrawn, and what readers are told.' })
export class WithdrawArticleInput {
  @Field(() => ID, { description: ARTICLE_ID })
  readonly articleId!: string;

  @Field(() => Int, { description: EDITION })
  readonly expectedEdition!: number;

  @Field(() => String, { description: 'Why, plain, of 1 to 2,000 characters: readers are shown it.' })
  readonly reason!: string;

  @Field(() => LanguageTagScalar, { description: 'The language of the reason.' })
  readonly language!: LanguageTag;
}

@InputType({ description: 'Which withdrawn article readers get again.' })
export class ReinstateArticleInput {
  @Field(() => ID, { description: ARTICLE_ID })
  readonly articleId!: string;

  @Field(() => Int, { description: EDITION })
  readonly expectedEdition!: number;

  @Field(() => String, { nullable: true, description: REASON })
  readonly reason?: string | null;
}

@InputType({ isAbstract: true })
abstract class FindingInput {
  @Field(() => ID, { description: ARTICLE_ID })
  readonly articleId!: string;

  @Field(() => FindingCodeEnum, { description: 'The finding’s code.' })
  readonly code!: DeskFindingCode;

  @Field(() => LanguageTagScalar, { nullable: true, description: 'The finding’s language; null where it has none.' })
  readonly language?: LanguageTag | null;

  @Field(() => String, { description: 'The finding’s path.' })
  readonly path!: string;
}

@InputType({ description: 'Which finding is to block nothing, and why.' })
export class WaiveFindingInput extends FindingInput {
  @Field(() => String, { description: 'Why it may be published all the same, of 1 to 2,000 characters.' })
  readonly reason!: string;
}

@InputType({ description: 'Which finding is to block again, and why.' })
export class RevokeWaiverInput extends FindingInput {
  @Field(() => String, { description: 'Why its waiver is not to hold any more, of 1 to 2,000 characters.' })
  readonly reason!: string;
}
