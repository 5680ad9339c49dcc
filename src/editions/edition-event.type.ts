import { ArgsType, Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { encodeCursor, type PagedList } from '../common/cursor.js';
import { toGlobalId } from '../common/global-id.js';
import { ArticleFilter, LanguageArgs } from './article.inputs.js';
import { Article } from './article.type.js';

/** Publications and withdrawals in the order in which they happened: a cursor of one goes on in the other, too. */
export const EVENT_LIST: PagedList = { name: 'editionEvents', key: [Number.isSafeInteger] };

const AFTER =
  'Begins with what happened after this cursor, of either subscription, and goes on with what happens from now on. ' +
  'Without it: from now on. A cursor that is too old is refused with the code `CURSOR_TOO_OLD`.';

const CURSOR = 'To be given as `after` when you come back: you miss nothing that happened meanwhile.';

@ArgsType()
export class ArticlePublishedArgs extends LanguageArgs {
  @Field(() => String, { nullable: true, description: AFTER })
  readonly after?: string | null;

  @Field(() => ArticleFilter, {
    nullable: true,
    description: 'Which articles to tell of, as they are when they are told; all of them without it.',
  })
  readonly filter?: ArticleFilter | null;
}

@ArgsType()
export class ArticleWithdrawnArgs {
  @Field(() => String, { nullable: true, description: AFTER })
  readonly after?: string | null;
}

@ObjectType('ArticlePublished', { description: 'A new edition of an article, the first or a later one.' })
export class ArticlePublished {
  constructor(
    private readonly position: number,
    article: Article,
  ) {
    this.article = article;
  }

  @Field(() => String, { description: CURSOR })
  get cursor(): string {
    return encodeCursor(EVENT_LIST, [this.position]);
  }

  @Field(() => Article, { description: 'The article as readers get it now.' })
  readonly article: Article;
}

@ObjectType('ArticleWithdrawn', { description: 'An article that readers no longer get.' })
export class ArticleWithdrawn {
  constructor(
    private readonly position: number,
    private readonly articleId: string,
    at: Date,
  ) {
    this.at = at;
  }

  @Field(() => String, { description: CURSOR })
  get cursor(): string {
    return encodeCursor(EVENT_LIST, [this.position]);
  }

  @Field(() => ID, { description: 'The `id` that the article had.' })
  get id(): string {
    return toGlobalId('Article', this.articleId);
  }

  @Field(() => GraphQLISODateTime, { description: 'When it was withdrawn, in UTC, like `2016-03-30T12:00:00.000Z`.' })
  readonly at: Date;
}
