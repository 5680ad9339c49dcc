import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import { InvalidValue, NotFound } from '../../common/problem.type.js';
import {
  ArticleConflict,
  EditConflict,
  LanguageTaken,
  NothingToSave,
  NotSaved,
  PublishedOnce,
  SlugTaken,
  StepRefused,
} from '../../texts/texts.problems.js';
import { DeskArticle } from '../desk-article.type.js';
import { Revision } from '../revision.type.js';
import { TranslationTaken } from '../tasks/tasks.problems.js';
import { Translation } from '../translation.type.js';

/** What came of something that was done with a text. */
@ObjectType({ isAbstract: true })
abstract class OfText {
  @Field(() => Translation, { description: 'The text as it is now.' })
  readonly translation: Translation;

  constructor(translation: Translation) {
    this.translation = translation;
  }
}

/** What came of something that was done with an article. */
@ObjectType({ isAbstract: true })
abstract class OfArticle {
  @Field(() => DeskArticle, { description: 'The article as it is now.' })
  readonly article: DeskArticle;

  constructor(article: DeskArticle) {
    this.article = article;
  }
}

const typeOf = (value: object): string => value.constructor.name;

@ObjectType({ description: 'The text has another revision. Readers get it when it is published.' })
export class RevisionSaved extends OfText {
  @Field(() => Revision, { description: 'The revision that was made.' })
  readonly revision: Revision;

  constructor(translation: Translation, revision: Revision) {
    super(translation);
    this.revision = revision;
  }
}

export const SaveRevisionResult = createUnionType({
  name: 'SaveRevisionResult',
  description: 'The revision, or why there is none.',
  types: () => [RevisionSaved, NotFound, InvalidValue, SlugTaken, EditConflict, NothingToSave] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'What is in hand is kept. It is no revision, and readers get nothing of it.' })
export class TextSaved extends OfText {}

export const SaveWorkingTextResult = createUnionType({
  name: 'SaveWorkingTextResult',
  description: 'The text, or why nothing of it was written.',
  types: () => [TextSaved, NotFound, InvalidValue, SlugTaken, EditConflict] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'What was in hand is gone: the text is its newest revision, or empty where there is none.' })
export class WorkingTextDiscarded extends OfText {}

export const DiscardWorkingTextResult = createUnionType({
  name: 'DiscardWorkingTextResult',
  description: 'The text, or why what is in hand stays.',
  types: () => [WorkingTextDiscarded, NotFound, EditConflict, NothingToSave] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'What the revision says is in hand again. Nothing is published by it.' })
export class RevisionRestored extends OfText {}

export const RestoreRevisionResult = createUnionType({
  name: 'RestoreRevisionResult',
  description: 'The text, or why it is what it was.',
  types: () => [RevisionRestored, NotFound, EditConflict, NothingToSave] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The translation has begun.' })
export class TranslationStarted extends OfText {}

export const StartTranslationResult = createUnionType({
  name: 'StartTranslationResult',
  description: 'The translation, or why there is none.',
  types: () => [TranslationStarted, NotFound, InvalidValue, LanguageTaken, TranslationTaken] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The translation is given up. Its language may be begun again.' })
export class TranslationAbandoned extends OfText {}

export const AbandonTranslationResult = createUnionType({
  name: 'AbandonTranslationResult',
  description: 'The translation, or why it goes on.',
  types: () => [TranslationAbandoned, NotFound, InvalidValue, EditConflict, PublishedOnce, TranslationTaken] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The translation says so of itself, and is a draft again.' })
export class TranslationCredited extends OfText {}

export const CreditTranslationResult = createUnionType({
  name: 'CreditTranslationResult',
  description: 'The translation, or why it says what it said.',
  types: () => [TranslationCredited, NotFound, InvalidValue, EditConflict] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The translation waits for a review.' })
export class TranslationCompleted extends OfText {}

export const CompleteTranslationResult = createUnionType({
  name: 'CompleteTranslationResult',
  description: 'The translation, or why it stands where it stood.',
  types: () => [TranslationCompleted, NotFound, InvalidValue, EditConflict, NotSaved, StepRefused] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The text waits for approval.' })
export class TranslationReviewed extends OfText {}

export const ReviewTranslationResult = createUnionType({
  name: 'ReviewTranslationResult',
  description: 'The text, or why it stands where it stood.',
  types: () => [TranslationReviewed, NotFound, InvalidValue, EditConflict, NotSaved, StepRefused] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The text may be published.' })
export class TranslationApproved extends OfText {}

export const ApproveTranslationResult = createUnionType({
  name: 'ApproveTranslationResult',
  description: 'The text, or why it stands where it stood.',
  types: () => [TranslationApproved, NotFound, InvalidValue, EditConflict, NotSaved, StepRefused] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The text is a draft again.' })
export class TranslationSentBack extends OfText {}

export const SendBackTranslationResult = createUnionType({
  name: 'SendBackTranslationResult',
  description: 'The text, or why it stands where it stood.',
  types: () => [TranslationSentBack, NotFound, InvalidValue, EditConflict, NotSaved, StepRefused] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The passages are up to date. That is in hand, to be saved.' })
export class TranslationBroughtUpToDate extends OfText {}

export const BringUpToDateResult = createUnionType({
  name: 'BringUpToDateResult',
  description: 'The translation, or why it knows what it knew.',
  types: () => [TranslationBroughtUpToDate, NotFound, InvalidValue, EditConflict] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The blocks stand side by side.' })
export class BlocksPaired extends OfText {}

export const PairBlocksResult = createUnionType({
  name: 'PairBlocksResult',
  description: 'The translation, or why its blocks stand where they stood.',
  types: () => [BlocksPaired, NotFound, InvalidValue, EditConflict] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The article is at the desk. Readers get it when it is published.' })
export class ArticleCreated extends OfArticle {}

export const CreateArticleResult = createUnionType({
  name: 'CreateArticleResult',
  description: 'The new article, or why there is none.',
  types: () => [ArticleCreated, NotFound, InvalidValue, SlugTaken] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The article is written so. Readers get it with what is published next.' })
export class ArticleEdited extends OfArticle {}

export const EditArticleResult = createUnionType({
  name: 'EditArticleResult',
  description: 'The article, or why it is what it was.',
  types: () => [ArticleEdited, NotFound, InvalidValue, ArticleConflict] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The rights are written so. Readers get them with what is published next.' })
export class RightsEdited extends OfArticle {}

export const EditRightsResult = createUnionType({
  name: 'EditRightsResult',
  description: 'The article, or why its rights are what they were.',
  types: () => [RightsEdited, NotFound, InvalidValue, ArticleConflict] as const,
  resolveType: typeOf,
});

@ObjectType({ description: 'The text has the name in addresses, and the one before leads to it, too.' })
export class SlugChanged extends OfArticle {}

export const ChangeSlugResult = createUnionType({
  name: 'ChangeSlugResult',
  description: 'The article, or why the name is what it was.',
  types: () => [SlugChanged, NotFound, InvalidValue, SlugTaken, ArticleConflict] as const,
  resolveType: typeOf,
});
