import { Args, Context, Info, Resolver, Subscription } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import type { DeskContext } from '../accounts/viewer.js';
import { languagePreference, type RequestContext } from '../common/language-preference.js';
import { Shown } from '../common/shown.js';
import { Article } from './article.type.js';
import { wantedOf } from './article-row.js';
import {
  ArticlePublished,
  ArticlePublishedArgs,
  ArticleWithdrawn,
  ArticleWithdrawnArgs,
} from './edition-event.type.js';
import { checkDeskFilters } from './desk-filters.js';
import { EditionEvents } from './edition-events.js';
import { EditionEventsQueries, type Followed } from './edition-events.queries.js';
import type { EventStream } from './event-stream.js';

/** So many events are read at once: their articles are asked for in one statement. */
const READ_AT_ONCE = 20;

@Resolver()
export class EditionEventsResolver {
  constructor(
    private readonly events: EditionEvents,
    private readonly queries: EditionEventsQueries,
  ) {}

  @Subscription(() => ArticlePublished, {
    description:
      'Each article that is published, as soon as it is: new ones, and new editions of others. Of several editions in ' +
      'a row the newest may be the only one that is told, and none of an article that was withdrawn meanwhile.',
  })
  async articlePublished(
    @Args() { after = null, filter = null, languages, fallback }: ArticlePublishedArgs,
    @Context() context: RequestContext & DeskContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<EventStream<{ readonly articlePublished: ArticlePublished }>> {
    await checkDeskFilters(filter, context);
    const preference = languagePreference(languages, context);
    const followed: Followed = { filter, preference, fallback, wanted: wantedOf(info) };
    const asked = JSON.stringify([filter, preference.asked, fallback, followed.wanted]);
    return this.events.follow(after, async (position) => {
      const events = await this.#listAfter(position, false);
      const ids = events.map(({ articleId }) => articleId);
      if (ids.length === 0) return [];
      const articles = await this.events.share(`articles ${position} ${asked}`, () =>
        this.queries.findFollowed(ids, followed),
      );
      return events.map((event) => {
        const row = articles.get(event.articleId);
        if (row === undefined) return { position: event.position, told: null };
        const article = new Article(row, preference, new Shown());
        return { position: event.position, told: { articlePublished: new ArticlePublished(event.position, article) } };
      });
    });
  }

  @Subscription(() => ArticleWithdrawn, {
    description: 'Each article that is withdrawn, as soon as it is; not those that were published again meanwhile.',
  })
  async articleWithdrawn(
    @Args() { after = null }: ArticleWithdrawnArgs,
  ): Promise<EventStream<{ readonly articleWithdrawn: ArticleWithdrawn }>> {
    return this.events.follow(after, async (position) => {
      const events = await this.#listAfter(position, true);
      return events.map((event) => ({
        position: event.position,
        told: { articleWithdrawn: new ArticleWithdrawn(event.position, event.articleId, new Date(event.at)) },
      }));
    });
  }

  #listAfter(position: number, isWithdrawal: boolean) {
    return this.events.share(`events ${position} ${isWithdrawal ? 'withdrawn' : 'published'}`, () =>
      this.queries.listAfter(position, isWithdrawal, READ_AT_ONCE),
    );
  }
}
