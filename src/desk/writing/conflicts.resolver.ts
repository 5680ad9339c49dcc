import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { DeskContext } from '../../accounts/viewer.js';
import { ArticleConflict, EditConflict } from '../../texts/texts.problems.js';
import { DeskArticle } from '../desk-article.type.js';
import { DeskReads } from '../desk-reads.js';
import { Translation } from '../translation.type.js';

/** Shows who was slower what is there now. */
@Resolver(() => EditConflict)
export class EditConflictResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('theirs', () => Translation, { description: 'The text as it is now.' })
  async findTheirs(@Parent() { theirs }: EditConflict, @Context() context: DeskContext): Promise<Translation> {
    return this.reads.getTranslation(context, theirs.translationId);
  }
}

@Resolver(() => ArticleConflict)
export class ArticleConflictResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('article', () => DeskArticle, { description: 'The article as it is now.' })
  async findArticle(@Parent() { articleId }: ArticleConflict, @Context() context: DeskContext): Promise<DeskArticle> {
    return this.reads.getArticle(context, articleId);
  }
}
