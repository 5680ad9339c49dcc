import { Injectable } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { DeskContext } from '../accounts/viewer.js';
import type { LanguageTag } from '../common/language-tag.js';
import { DeskFinding } from '../publishing/desk-finding.type.js';
import { Schedule, TranslationPublished } from '../publishing/publishing.type.js';
import { DeskArticle } from './desk-article.type.js';
import { DeskReads } from './desk-reads.js';
import { listTextsOfArticles } from './text-facts.js';
import { Translation } from './translation.type.js';

/** What something of publishing is about: always an article, and one of its languages unless it is about them all. */
interface About {
  readonly articleId: string;
  readonly language: LanguageTag | null;
}

/** Leads from what publishing tells, which knows nothing of the desk's answers, to the article and the text there. */
@Injectable()
abstract class PublishingFields {
  constructor(protected readonly reads: DeskReads) {}

  protected async articleOf({ articleId }: About, context: DeskContext): Promise<DeskArticle> {
    return this.reads.getArticle(context, articleId);
  }

  protected async textOf(about: About, context: DeskContext): Promise<Translation | null> {
    const { articleId, language } = about;
    if (language === null) return null;
    const texts = await this.reads.of(context).find(listTextsOfArticles, articleId);
    const text = texts?.find((one) => one.language === language);
    return text === undefined ? null : new Translation(text);
  }
}

@Resolver(() => Schedule)
export class ScheduleResolver extends PublishingFields {
  @ResolveField('article', () => DeskArticle, { description: 'The article that it is of.' })
  async findArticle(@Parent() { entity }: Schedule, @Context() context: DeskContext): Promise<DeskArticle> {
    return this.articleOf(entity, context);
  }

  @ResolveField('translation', () => Translation, {
    nullable: true,
    description: 'The text that is to be published, as it stands now; null where it is gone.',
  })
  async findTranslation(@Parent() { entity }: Schedule, @Context() context: DeskContext): Promise<Translation | null> {
    return this.textOf(entity, context);
  }
}

@Resolver(() => DeskFinding)
export class FindingResolver extends PublishingFields {
  @ResolveField('article', () => DeskArticle, { description: 'The article that it is about.' })
  async findArticle(@Parent() { facts }: DeskFinding, @Context() context: DeskContext): Promise<DeskArticle> {
    return this.articleOf(facts, context);
  }

  @ResolveField('translation', () => Translation, {
    nullable: true,
    description: 'The text whose publishing it concerns; null where it concerns all, or nobody has begun one.',
  })
  async findTranslation(
    @Parent() { facts }: DeskFinding,
    @Context() context: DeskContext,
  ): Promise<Translation | null> {
    return this.textOf(facts, context);
  }
}

@Resolver(() => TranslationPublished)
export class TranslationPublishedResolver extends PublishingFields {
  @ResolveField('article', () => DeskArticle, { description: 'The article, as it stands at the desk now.' })
  async findArticle(@Parent() { facts }: TranslationPublished, @Context() context: DeskContext): Promise<DeskArticle> {
    return this.articleOf(facts, context);
  }

  @ResolveField('translation', () => Translation, {
    nullable: true,
    description: 'The text that was published, as it stands now; null where somebody has taken it away since.',
  })
  async findTranslation(
    @Parent() { facts }: TranslationPublished,
    @Context() context: DeskContext,
  ): Promise<Translation | null> {
    return this.textOf(facts, context);
  }
}
