import type { Type } from '@nestjs/common';
import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { DeskContext } from '../accounts/viewer.js';
import type { LanguageTag } from '../common/language-tag.js';
import { DeskArticle } from './desk-article.type.js';
import { DeskReads } from './desk-reads.js';
import { listTextsOfArticles } from './text-facts.js';
import { Translation } from './translation.type.js';

/** What something is about: always an article, and one of its languages unless it is about them all. */
export interface About {
  readonly about: { readonly articleId: string; readonly language: LanguageTag | null };
}

const ARTICLE = 'The article that it is about, as it stands at the desk now.';
const TEXT =
  'The text that it is about, as it stands now; null where it is about all of them, or there is none in the language.';

/** Gives a type the article that it is about. What shows many of them reads all their articles by one statement. */
export function aboutArticle(type: Type<About>): Type<unknown> {
  @Resolver(() => type)
  class AboutArticleResolver {
    constructor(private readonly reads: DeskReads) {}

    @ResolveField('article', () => DeskArticle, { description: ARTICLE })
    async findArticle(@Parent() { about }: About, @Context() context: DeskContext): Promise<DeskArticle> {
      return this.reads.getArticle(context, about.articleId);
    }
  }
  return AboutArticleResolver;
}

/** Gives a type the article and the text that it is about, alike. */
export function aboutText(type: Type<About>): Type<unknown> {
  @Resolver(() => type)
  class AboutTextResolver {
    constructor(private readonly reads: DeskReads) {}

    @ResolveField('article', () => DeskArticle, { description: ARTICLE })
    async findArticle(@Parent() { about }: About, @Context() context: DeskContext): Promise<DeskArticle> {
      return this.reads.getArticle(context, about.articleId);
    }

    @ResolveField('translation', () => Translation, { nullable: true, description: TEXT })
    async findTranslation(@Parent() { about }: About, @Context() context: DeskContext): Promise<Translation | null> {
      const { articleId, language } = about;
      if (language === null) return null;
      const texts = await this.reads.of(context).find(listTextsOfArticles, articleId);
      const text = texts?.find((one) => one.language === language);
      return text === undefined ? null : new Translation(text);
    }
  }
  return AboutTextResolver;
}
