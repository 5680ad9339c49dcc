import { Args, Context, Mutation, Resolver } from '@nestjs/graphql';
import { Permits } from '../../accounts/permits.js';
import { type DeskContext, signedIn } from '../../accounts/viewer.js';
import { idOf } from '../../common/global-id.js';
import { NotFound, Problem } from '../../common/problem.type.js';
import type { DeskArticle } from '../desk-article.type.js';
import { DeskReads } from '../desk-reads.js';
import { detailsOf, originOf, rightsOf } from './article-of-input.js';
import { ChangeSlugInput, CreateArticleInput, EditArticleInput } from './article-writing.inputs.js';
import { type ArticleAt, DeskArticlesService } from './desk-articles.service.js';
import { refuseNull } from './given.js';
import { NewArticlesService } from './new-articles.service.js';
import { EditRightsInput } from './rights.inputs.js';
import {
  ArticleCreated,
  ArticleEdited,
  ChangeSlugResult,
  CreateArticleResult,
  EditArticleResult,
  EditRightsResult,
  RightsEdited,
  SlugChanged,
} from './writing-results.type.js';

/** What people write of articles beside their texts. */
@Resolver()
export class ArticleWritingResolver {
  constructor(
    private readonly newArticles: NewArticlesService,
    private readonly articles: DeskArticlesService,
    private readonly reads: DeskReads,
  ) {}

  @Permits('article.create')
  @Mutation(() => CreateArticleResult, {
    description:
      'Writes an article, with the first revision of its original. It gets the notices and rules of reuse that its ' +
      'publisher’s pages always have; nobody is filled in as author or owner.',
  })
  async createArticle(
    @Args('input', { description: 'The article.' }) input: CreateArticleInput,
    @Context() context: DeskContext,
  ): Promise<typeof CreateArticleResult> {
    const viewer = await signedIn(context);
    const publisherId = idOf('Publisher', input.publisherId);
    if (publisherId === null) return new NotFound('publisherId');
    const { language, pageLanguage, headline, dek, body, slug, kind, publishedOn, origin } = input;
    const { credits, regions, themes, reports, copyright, contactPoints, links } = input;
    const result = await this.newArticles.create(viewer, {
      ...{ credits: [], regions: [], themes: [], reports: [], contactPoints: [], links: [], copyright: null },
      ...detailsOf({ credits, regions, themes, reports, copyright, contactPoints, links }),
      ...{ publisherId, language, kind, publishedOn, origin: originOf(origin) },
      pageLanguage: pageLanguage ?? undefined,
      slug: slug ?? undefined,
      text: { headline, dek: dek ?? null, body },
    });
    return result instanceof Problem ? result : new ArticleCreated(await this.#asNow(context, result));
  }

  @Permits('article.edit')
  @Mutation(() => EditArticleResult, {
    description:
      'Writes some details of an article. No text of it changes, and none of their states; readers get the details with ' +
      'whatever language is published next.',
  })
  async editArticle(
    @Args('input', { description: 'Which article, and what is to be otherwise.' }) input: EditArticleInput,
    @Context() context: DeskContext,
  ): Promise<typeof EditArticleResult> {
    const viewer = await signedIn(context);
    const at = articleAt(input);
    if (at === null) return new NotFound('articleId');
    const refused = refuseNull(input, [
      ...(['kind', 'publishedOn', 'origin', 'credits', 'regions', 'themes'] as const),
      ...(['reports', 'contactPoints', 'links'] as const),
    ]);
    if (refused !== null) return refused;
    const result = await this.articles.edit(viewer, at, detailsOf(input), input.reason);
    return result instanceof Problem ? result : new ArticleEdited(await this.#asNow(context, result));
  }

  @Permits('rights.edit')
  @Mutation(() => EditRightsResult, {
    description:
      'Writes the rights of an article: its copyright notice, the rules of reuse, and the legal texts below it. Rules and ' +
      'texts are stated by the article’s publisher, in the language of its page.',
  })
  async editRights(
    @Args('input', { description: 'Which article, and what is to be otherwise.' }) input: EditRightsInput,
    @Context() context: DeskContext,
  ): Promise<typeof EditRightsResult> {
    const viewer = await signedIn(context);
    const at = articleAt(input);
    if (at === null) return new NotFound('articleId');
    const refused = refuseNull(input, ['reuseTerms', 'notices']);
    if (refused !== null) return refused;
    const result = await this.articles.editRights(viewer, at, rightsOf(input), input.reason);
    return result instanceof Problem ? result : new RightsEdited(await this.#asNow(context, result));
  }

  @Permits('article.edit', 'translation.edit')
  @Mutation(() => ChangeSlugResult, {
    description:
      'Gives one language of an article another name in addresses. The one before leads to the article for good. Readers ' +
      'get the new one when the language is published next. An original’s is for who may edit articles, a translation’s ' +
      'for who may edit translations into its language.',
  })
  async changeSlug(
    @Args('input', { description: 'Which text, and the name.' }) input: ChangeSlugInput,
    @Context() context: DeskContext,
  ): Promise<typeof ChangeSlugResult> {
    const viewer = await signedIn(context);
    const at = articleAt(input);
    if (at === null) return new NotFound('articleId');
    const { language, slug } = input;
    const result = await this.articles.changeSlug(viewer, at, { language, slug });
    return result instanceof Problem ? result : new SlugChanged(await this.#asNow(context, result));
  }

  async #asNow(context: DeskContext, { articleId }: { readonly articleId: string }): Promise<DeskArticle> {
    this.reads.forget(context);
    return this.reads.getArticle(context, articleId);
  }
}

function articleAt({ articleId, expectedVersion }: ArticleAt): ArticleAt | null {
  const id = idOf('Article', articleId);
  return id === null ? null : { articleId: id, expectedVersion };
}
