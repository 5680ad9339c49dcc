import { Args, Context, ID, Info, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { InjectDataSource } from '@nestjs/typeorm';
import type { GraphQLResolveInfo } from 'graphql';
import { DataSource } from 'typeorm';
import { PageArgs } from '../../accounts/accounts.inputs.js';
import { Desk } from '../../accounts/desk.type.js';
import { Permits } from '../../accounts/permits.js';
import type { DeskContext, Viewer } from '../../accounts/viewer.js';
import { pageRequest, toConnection } from '../../common/connection.js';
import { selectedFields } from '../../common/selected-fields.js';
import { userInputError } from '../../common/user-input-error.js';
import { Config } from '../../config.js';
import { TextsQueries } from '../../texts/texts.queries.js';
import { listArticleFacts } from '../article-facts.js';
import { DeskArticle } from '../desk-article.type.js';
import { DeskReads } from '../desk-reads.js';
import { uuidOf } from '../desk-texts.resolver.js';
import { listTextFacts } from '../text-facts.js';
import { Translation } from '../translation.type.js';
import { DeskArticleFilter, type DeskArticleOrder, DeskArticleOrderEnum } from './article-list.inputs.js';
import { deskArticleList, listDeskArticles } from './article-list.js';
import { DeskArticleConnection, DeskArticleEdge } from './article-list.type.js';
import { countDesk } from './desk-counts.js';
import { DeskCounts } from './desk-counts.type.js';
import { RevisionDiff } from './revision-diff.type.js';
import { TranslationsArgs } from './translation-list.inputs.js';
import { listTranslations, translationList, type TranslationWish } from './translation-list.js';
import { TranslationConnection, TranslationEdge } from './translation-list.type.js';
import { TranslationSheet } from './translation-sheet.type.js';

/** What has fewer characters stands in too many headlines to be looked for. */
const SEARCHED_LENGTH_MIN = 3;
const SEARCHED_LENGTH_MAX = 200;

/** The desk's lists, and what is put side by side. */
@Resolver(() => Desk)
export class DeskListsResolver {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly reads: DeskReads,
    private readonly texts: TextsQueries,
    private readonly config: Config,
  ) {}

  @Permits('desk.read')
  @ResolveField('articles', () => DeskArticleConnection, {
    description:
      'The articles of the desk, published or not; what was changed last comes first unless you say otherwise.',
  })
  async listArticles(
    @Args() page: PageArgs,
    @Args('filter', { type: () => DeskArticleFilter, nullable: true, description: 'Which articles; all without it.' })
    filter: DeskArticleFilter | null | undefined,
    @Args('orderBy', { type: () => DeskArticleOrderEnum, defaultValue: 'CHANGED_DESC', description: 'In which order.' })
    orderBy: DeskArticleOrder,
    @Context() context: DeskContext,
  ): Promise<DeskArticleConnection> {
    const wish = checkedFilter(filter ?? {});
    const list = deskArticleList(orderBy, wish);
    const request = pageRequest(list, page, this.config.pageSizeMax);
    const articles = await listDeskArticles(this.dataSource, orderBy, wish, request);
    for (const { article } of articles) this.reads.of(context).note(listArticleFacts, article.id, article);
    return toConnection(
      list,
      request,
      articles,
      ({ sortedBy, article }) => [sortedBy, article.id],
      ({ article }, place) => new DeskArticleEdge(new DeskArticle(article), place),
    );
  }

  @Permits('desk.read')
  @ResolveField('translations', () => TranslationConnection, {
    description:
      'Texts of all articles, originals among them; what nobody has changed for the longest time comes first.',
  })
  async listTranslations(
    @Parent() { viewer }: Desk,
    @Args() args: TranslationsArgs,
    @Context() context: DeskContext,
  ): Promise<TranslationConnection> {
    const wish = translationWish(args, viewer);
    const list = translationList(wish);
    const request = pageRequest(list, args, this.config.pageSizeMax);
    const texts = await listTranslations(this.dataSource, wish, request);
    for (const { text } of texts) this.reads.of(context).note(listTextFacts, text.id, text);
    return toConnection(
      list,
      request,
      texts,
      ({ sortedBy, text }) => [sortedBy, text.id],
      ({ text }, place) => new TranslationEdge(new Translation(text), place),
    );
  }

  @Permits('desk.read')
  @ResolveField('translationSheet', () => TranslationSheet, {
    nullable: true,
    description: 'A translation beside its source; null for an original, and where there is no such text.',
  })
  async findSheet(
    @Args('translationId', { type: () => ID, description: 'The text’s id.' }) translationId: string,
  ): Promise<TranslationSheet | null> {
    const sheet = await this.texts.findSheet(uuidOf('Translation', translationId, 'translationId', 'a text'));
    return sheet === null ? null : new TranslationSheet(sheet);
  }

  @Permits('desk.read')
  @ResolveField('revisionDiff', () => RevisionDiff, {
    nullable: true,
    description: 'What is otherwise between two revisions, whichever is older; null where they are not of one text.',
  })
  async findRevisionDiff(
    @Args('fromId', { type: () => ID, description: 'The revision to compare with.' }) fromId: string,
    @Args('toId', { type: () => ID, description: 'The revision that is compared.' }) toId: string,
  ): Promise<RevisionDiff | null> {
    return this.texts.diffRevisions(
      uuidOf('Revision', fromId, 'fromId', 'a revision'),
      uuidOf('Revision', toId, 'toId', 'a revision'),
    );
  }

  @Permits('desk.read')
  @ResolveField('counts', () => DeskCounts, { description: 'How much there is at the desk, as it is now.' })
  async countAll(@Info() info: GraphQLResolveInfo): Promise<DeskCounts> {
    return new DeskCounts(await countDesk(this.dataSource, selectedFields(info).has('blocked')));
  }
}

/** Throws BAD_USER_INPUT for what can not be looked for. */
function checkedFilter(filter: DeskArticleFilter): DeskArticleFilter {
  const { headline, changedSince } = filter;
  const length = headline == null ? null : [...headline.trim()].length;
  if (length !== null && (length < SEARCHED_LENGTH_MIN || length > SEARCHED_LENGTH_MAX)) {
    throw userInputError('filter.headline', `must have ${SEARCHED_LENGTH_MIN} to ${SEARCHED_LENGTH_MAX} characters`);
  }
  if (changedSince != null && Number.isNaN(changedSince.getTime())) {
    throw userInputError('filter.changedSince', 'must be a moment in time');
  }
  return filter;
}

/** Throws BAD_USER_INPUT for an id of no account, and for two that are asked for at once. */
function translationWish(
  { outdated, language, state, assignee, assigneeId, isOriginal }: TranslationsArgs,
  viewer: Viewer,
): TranslationWish {
  if (assignee != null && assigneeId != null) {
    throw userInputError('assigneeId', 'can not be given together with "assignee"');
  }
  const account = assigneeId == null ? null : uuidOf('Account', assigneeId, 'assigneeId', 'an account');
  return {
    isOutdated: outdated ?? null,
    language: language ?? null,
    states: state ?? null,
    assignee: assignee === 'ME' ? viewer.account.id : (assignee ?? account),
    isOriginal: isOriginal ?? null,
  };
}
