import { Field, ObjectType } from '@nestjs/graphql';
import { type Connection, PageInfo, type Place } from '../../common/connection.js';
import { DeskArticle } from '../desk-article.type.js';

@ObjectType({ description: 'An article in a list of the desk.' })
export class DeskArticleEdge {
  @Field(() => DeskArticle, { description: 'The article.' })
  readonly node: DeskArticle;

  constructor(
    node: DeskArticle,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of articles of the desk.' })
export class DeskArticleConnection implements Connection<DeskArticleEdge> {
  @Field(() => [DeskArticleEdge], { description: 'The articles of the page, in the list’s order.' })
  readonly edges!: readonly DeskArticleEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}
