import { Args, Context, ID, Info, Query, Resolver } from '@nestjs/graphql';
import type { GraphQLResolveInfo } from 'graphql';
import { languagePreference, type RequestContext } from '../common/language-preference.js';
import { fromGlobalId } from '../common/global-id.js';
import type { LanguagePreference } from '../common/language-tag.js';
import { Node } from '../common/node.type.js';
import { userInputError } from '../common/user-input-error.js';
import { TERM_SCHEMES } from '../common/vocabulary.js';
import { Config } from '../config.js';
import { Publisher, type PublisherFacts } from '../publishers/publisher.type.js';
import { Source, type SourceFacts } from '../sources/source.type.js';
import { Term, type TermFacts } from '../taxonomy/term.type.js';
import { WantedLanguagesArgs } from './article.inputs.js';
import { type Wanted, wantedWithShelf } from './article-row.js';
import { Article } from './article.type.js';
import { EditionsQueries } from './editions.queries.js';
import { ReferencesQueries } from './references.queries.js';
import { WrittenArticles } from './written-articles.js';
import { Tombstone } from './tombstone.type.js';
import { TombstonesQueries } from './tombstones.queries.js';

/** Finds objects of one type by their ids. */
type Finder = (
  ids: readonly string[],
  wanted: Wanted,
  preference: LanguagePreference,
  context: RequestContext,
) => Promise<Map<string, Node>>;

@Resolver()
export class NodeResolver {
  readonly #finders: Readonly<Record<string, Finder>>;

  constructor(
    editions: EditionsQueries,
    references: ReferencesQueries,
    private readonly written: WrittenArticles,
    tombstones: TombstonesQueries,
    private readonly config: Config,
  ) {
    this.#finders = {
      Article: async (ids, wanted, preference, { shown, asker }) => {
        const rows = await editions.listArticlesByIds(ids, wanted, preference, asker);
        const found = new Map<string, Node>(rows.map((row) => [row.articleId, new Article(row, preference, shown)]));
        const missing = ids.filter((id) => !found.has(id));
        // An article that was withdrawn answers still, under its own id.
        const left = missing.length === 0 ? [] : await tombstones.listByArticleIds(missing, asker);
        for (const tombstone of left) found.set(tombstone.articleId, new Tombstone(tombstone, shown));
        return found;
      },
      Publisher: async (ids, _wanted, _preference, { asker }) => {
        const rows = await references.listByIds<PublisherFacts>(['PUBLISHER'], ids, asker);
        return new Map(rows.map((row) => [row.id, new Publisher(row.content)]));
      },
      Source: async (ids, _wanted, _preference, { asker }) => {
        const rows = await references.listByIds<SourceFacts>(['SOURCE'], ids, asker);
        return new Map(rows.map((row) => [row.id, new Source(row.content)]));
      },
      Term: async (ids, _wanted, preference, { asker }) => {
        const rows = await references.listByIds<TermFacts>(TERM_SCHEMES, ids, asker);
        return new Map(rows.map((row) => [row.id, new Term(row.content, preference)]));
      },
    };
  }

  /** It takes the id alone: only then does Relay ask by it for what it shows anew. */
  @Query(() => Node, {
    nullable: true,
    description:
      'What has this id; null where nothing published has it. Its language is what the request’s `Accept-Language` asks ' +
      'for; `nodes` takes languages as an argument.',
  })
  async node(
    @Args('id', { type: () => ID, description: 'An id that this server gave out.' }) id: string,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<Node | null> {
    const preference = languagePreference(null, context);
    const wanted = wantedWithShelf(info, preference, this.written);
    const [found] = await this.#find([id], wanted, preference, context);
    return found ?? null;
  }

  @Query(() => [Node], {
    nullable: 'items',
    description: 'What has these ids, in their order; null in the place of an id that nothing published has.',
  })
  async nodes(
    @Args('ids', { type: () => [ID], description: 'Ids that this server gave out.' }) ids: string[],
    @Args() { languages }: WantedLanguagesArgs,
    @Context() context: RequestContext,
    @Info() info: GraphQLResolveInfo,
  ): Promise<(Node | null)[]> {
    const { pageSizeMax } = this.config;
    if (ids.length > pageSizeMax) throw userInputError('ids', `must have at most ${pageSizeMax} ids`);
    const preference = languagePreference(languages, context);
    return this.#find(ids, wantedWithShelf(info, preference, this.written), preference, context);
  }

  /** One statement for each type that the ids name. */
  async #find(
    globalIds: readonly string[],
    wanted: Wanted,
    preference: LanguagePreference,
    context: RequestContext,
  ): Promise<(Node | null)[]> {
    const named = globalIds.map(fromGlobalId);
    const found = new Map<string, Map<string, Node>>();
    for (const [type, find] of Object.entries(this.#finders)) {
      const ids = [...new Set(named.filter((one) => one?.type === type).map((one) => one?.id ?? ''))];
      if (ids.length > 0) found.set(type, await find(ids, wanted, preference, context));
    }
    return named.map((one) => (one === null ? null : (found.get(one.type)?.get(one.id) ?? null)));
  }
}
