import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../common/global-id.js';
import type { LanguageTag } from '../common/language-tag.js';
import { Node } from '../common/node.type.js';
import { LanguageTagScalar } from '../common/scalars.js';
import type { Shown } from '../common/shown.js';

/** That an article was withdrawn, and why. */
export interface TombstoneFacts {
  readonly articleId: string;
  readonly reason: string;
  readonly language: LanguageTag;
  readonly withdrawnAt: string | Date;
}

@ObjectType('Tombstone', {
  implements: () => [Node],
  description:
    'What is left for readers of an article that was withdrawn: that it was, when, and why. Answer with `410 Gone` where ' +
    'it stood.',
})
export class Tombstone implements Node {
  constructor(
    private readonly facts: TombstoneFacts,
    shown?: Shown,
  ) {
    shown?.articleIds.add(facts.articleId);
  }

  @Field(() => ID, { description: 'The `id` that the article had.' })
  get id(): string {
    return toGlobalId('Article', this.facts.articleId);
  }

  @Field(() => String, { description: 'Why, plain, for readers.' })
  get reason(): string {
    return this.facts.reason;
  }

  @Field(() => LanguageTagScalar, { description: 'The language of the reason.' })
  get language(): LanguageTag {
    return this.facts.language;
  }

  @Field(() => GraphQLISODateTime, { description: 'When it was withdrawn, in UTC, like `2016-03-30T12:00:00.000Z`.' })
  get withdrawnAt(): Date {
    return new Date(this.facts.withdrawnAt);
  }
}
