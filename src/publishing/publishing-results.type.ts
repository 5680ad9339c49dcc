import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { InvalidValue, NotFound } from '../common/problem.type.js';
import {
  ArticleIsWithdrawn,
  BlockedByFindings,
  EditionConflict,
  MomentPassed,
  NoSuchFinding,
  NoSuchWaiver,
  NotApproved,
  NotPublished,
  NotWithdrawn,
  RevisionConflict,
  ScheduleConflict,
} from './publishing.problems.js';
import {
  ArticleCorrected,
  ArticleReinstated,
  ArticleTakenBack,
  FindingWaived,
  PublicationCancelled,
  PublicationScheduled,
  TranslationPublished,
  TranslationUnpublished,
  WaiverRevoked,
} from './publishing.type.js';

const typeOf = (value: object): string => value.constructor.name;

export const PublishTranslationResult = createUnionType({
  name: 'PublishTranslationResult',
  description: 'The publication, or why nothing was published.',
  types: () =>
    [
      TranslationPublished,
      NotFound,
      InvalidValue,
      RevisionConflict,
      NotApproved,
      BlockedByFindings,
      ArticleIsWithdrawn,
    ] as const,
  resolveType: typeOf,
});

export const UnpublishTranslationResult = createUnionType({
  name: 'UnpublishTranslationResult',
  description: 'What readers get now, or why they get what they got.',
  types: () => [TranslationUnpublished, NotFound, InvalidValue, NotPublished, EditionConflict] as const,
  resolveType: typeOf,
});

export const SchedulePublicationResult = createUnionType({
  name: 'SchedulePublicationResult',
  description: 'The schedule, or why it is what it was.',
  types: () =>
    [
      PublicationScheduled,
      NotFound,
      InvalidValue,
      MomentPassed,
      RevisionConflict,
      ScheduleConflict,
      ArticleIsWithdrawn,
    ] as const,
  resolveType: typeOf,
});

export const CancelPublicationResult = createUnionType({
  name: 'CancelPublicationResult',
  description: 'That it was called off, or why it was not.',
  types: () => [PublicationCancelled, NotFound, ScheduleConflict] as const,
  resolveType: typeOf,
});

export const CorrectArticleResult = createUnionType({
  name: 'CorrectArticleResult',
  description: 'The correction, or why nothing was corrected.',
  types: () =>
    [
      ArticleCorrected,
      NotFound,
      InvalidValue,
      NotPublished,
      EditionConflict,
      RevisionConflict,
      NotApproved,
      BlockedByFindings,
      ArticleIsWithdrawn,
    ] as const,
  resolveType: typeOf,
});

export const WithdrawArticleResult = createUnionType({
  name: 'WithdrawArticleResult',
  description: 'What readers are told, or why they get the article still.',
  types: () => [ArticleTakenBack, NotFound, InvalidValue, NotPublished, EditionConflict, ArticleIsWithdrawn] as const,
  resolveType: typeOf,
});

export const ReinstateArticleResult = createUnionType({
  name: 'ReinstateArticleResult',
  description: 'What readers get again, or why they do not.',
  types: () => [ArticleReinstated, NotFound, InvalidValue, NotWithdrawn, EditionConflict] as const,
  resolveType: typeOf,
});

export const WaiveFindingResult = createUnionType({
  name: 'WaiveFindingResult',
  description: 'The finding with its waiver, or why there is none.',
  types: () => [FindingWaived, NotFound, InvalidValue, NoSuchFinding] as const,
  resolveType: typeOf,
});

export const RevokeWaiverResult = createUnionType({
  name: 'RevokeWaiverResult',
  description: 'The finding without its waiver, or why it stays waived.',
  types: () => [WaiverRevoked, NotFound, InvalidValue, NoSuchWaiver] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'What became of each text that was to be published.' })
export class TranslationsPublished {
  @Field(() => [PublishTranslationResult], {
    nullable: 'items',
    description:
      'In the order of the input. Each stands for itself: none waits for another, or fails with it. Null where a fault of ' +
      'ours came between, with an error that names its place.',
  })
  readonly results!: readonly (typeof PublishTranslationResult | Error)[];
}
