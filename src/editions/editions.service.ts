import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type EntityManager, In } from 'typeorm';
import { ArticlesQueries, type WholeArticle } from '../articles/articles.queries.js';
import { blocksPublishing, type Finding } from '../articles/finding.js';
import type { LanguageTag } from '../common/language-tag.js';
import { insertRows } from '../database/insert-rows.js';
import { EvidenceEntity } from '../documents/provenance.entity.js';
import type { CompiledWrapper } from '../publishers/compiled-wrapper.js';
import { PublishersService } from '../publishers/publishers.service.js';
import { markPublished } from '../texts/mark-published.js';
import { listOutdatedRevisions } from '../texts/outdated-revisions.js';
import { TaxonomyService } from '../taxonomy/taxonomy.service.js';
import { buildEdition, buildEditionText, placeOf } from './build-edition.js';
import { EditionEntity, EditionTextEntity } from './edition.entity.js';
import type { EditionContent, EditionEvidence, EditionText } from './edition-content.js';
import { type FormattedText, formatMarkdown } from './markdown-formats.js';
import { listCurrentReferences, refreshEdition, type ShownEdition } from './refresh-edition.js';
import { type ServedEdition, serveEditions, stopServing } from './serve-editions.js';

/** What publishing one language came to. */
export type Published =
  | { readonly outcome: 'published'; readonly number: number }
  | { readonly outcome: 'unchanged'; readonly number: number }
  | { readonly outcome: 'blocked'; readonly findings: readonly Finding[] };

/** One language of an article that is to be published. */
export interface ToPublish {
  readonly articleId: string;
  readonly language: LanguageTag;
  /** The text's body where somebody has formatted it already: `placeOf` says for where. */
  readonly body?: FormattedText | undefined;
}

interface Texts {
  readonly texts: readonly EditionText[];
  readonly bodies: ReadonlyMap<LanguageTag, FormattedText>;
}

/** An article with the texts that its next edition shows. */
interface ToBuild extends Texts {
  readonly article: WholeArticle;
  readonly last: EditionEntity | null;
}

/** What an article's next edition shows. */
interface ToIssue extends ShownEdition {
  readonly articleId: string;
  readonly last: EditionEntity | null;
  readonly bodies: ReadonlyMap<LanguageTag, FormattedText>;
}

/** Issues editions: the only way from the desk to readers. */
@Injectable()
export class EditionsService {
  constructor(
    private readonly articles: ArticlesQueries,
    readonly publishers: PublishersService,
    readonly taxonomy: TaxonomyService,
  ) {}

  /** Publishes one language of an article, as `publishAll` does. */
  async publish(manager: EntityManager, articleId: string, language: LanguageTag, reason: string): Promise<Published> {
    const published = await this.publishAll(manager, [{ articleId, language }], reason);
    return published.get(articleId) ?? missing();
  }

  /**
   * Publishes one language of each article within the caller's transaction: a new edition holds that language's newest
   * revision, and the other languages' texts exactly as the last edition had them. Nothing is issued when neither
   * content nor evidence has changed, or when a finding blocks the language. Gives what it came to, by article.
   */
  async publishAll(
    manager: EntityManager,
    requests: readonly ToPublish[],
    reason: string,
  ): Promise<Map<string, Published>> {
    const published = new Map<string, Published>();
    const articles = new Map(
      (await this.articles.listWholeForUpdate(manager, idsOf(requests))).map((article) => [article.id, article]),
    );
    const open = requests.filter(({ articleId, language }) => {
      const article = articles.get(articleId) ?? missing();
      if (!blocksPublishing(article.findings, language)) return true;
      const findings = article.findings.filter((finding) => finding.severity === 'ERROR');
      published.set(articleId, { outcome: 'blocked', findings });
      return false;
    });
    const lasts = await this.#listLast(manager, idsOf(open));
    const bodies = await this.#listBodies(manager, [...lasts.values()]);
    const translations = open.map(({ articleId, language }) =>
      articles.get(articleId)?.translations.find((one) => one.language === language),
    );
    const revisions = await this.articles.listLatestRevisions(
      manager,
      translations.flatMap((translation) => (translation === undefined ? [] : [translation.id])),
    );
    const toBuild = open.map(({ articleId, language, body }, i): ToBuild => {
      const translation = translations[i];
      const revision = translation && revisions.get(translation.id);
      if (translation === undefined || revision === undefined) throw new TypeError(`no text in ${language}`);
      const article = articles.get(articleId) ?? missing();
      const last = lasts.get(articleId) ?? null;
      // The same text may be in another language now; the original is one.
      const isThis = (text: EditionText): boolean =>
        text.language === language || (translation.isOriginal && text.isOriginal);
      const kept = last?.content.texts.filter((text) => !isThis(text)) ?? [];
      const formatted =
        body?.markdown === revision.body ? body : formatMarkdown(revision.body, placeOf(translation, 'body'));
      return {
        article,
        last,
        texts: [...kept, buildEditionText(translation, revision)],
        bodies: new Map([
          ...[...(last === null ? [] : (bodies.get(last.id) ?? []))].filter(([tag]) =>
            kept.some((text) => text.language === tag),
          ),
          [language, formatted],
        ]),
      };
    });
    const issued = await issueEditions(manager, await this.#build(manager, toBuild), reason);
    for (const [articleId, result] of issued) published.set(articleId, result);
    await markPublished(manager, open);
    return published;
  }

  /**
   * Issues editions anew within the caller's transaction where what they show of others has changed: a term's label, a
   * publisher's address, a wrapper. All of the article itself stays as it was published. What was never issued is left
   * out of the answer.
   */
  async reissueAll(
    manager: EntityManager,
    articleIds: readonly string[],
    reason: string,
  ): Promise<Map<string, Published>> {
    await lockArticles(manager, articleIds);
    const lasts = [...(await this.#listLast(manager, articleIds)).values()];
    const bodies = await this.#listBodies(manager, lasts);
    const references = await listCurrentReferences(
      manager,
      lasts.map(({ content }) => content),
      this,
    );
    const issues = lasts.map((last) => ({
      articleId: last.articleId,
      last,
      bodies: bodies.get(last.id) ?? new Map<LanguageTag, FormattedText>(),
      ...refreshEdition(last, references),
    }));
    return issueEditions(manager, issues, reason);
  }

  /**
   * Gives readers again what they got with an earlier edition, in a new one, within the caller's transaction: with the
   * reference data of now. Throws where that edition was never issued.
   */
  async issueAgain(manager: EntityManager, articleId: string, number: number, reason: string): Promise<Published> {
    await lockArticles(manager, [articleId]);
    const earlier = await manager.findOneByOrFail(EditionEntity, { articleId, number });
    const last = (await this.#listLast(manager, [articleId])).get(articleId) ?? null;
    const bodies =
      (await this.#listBodies(manager, [earlier])).get(earlier.id) ?? new Map<LanguageTag, FormattedText>();
    const references = await listCurrentReferences(manager, [earlier.content], this);
    const issues = [{ articleId, last, bodies, ...refreshEdition(earlier, references) }];
    return (await issueEditions(manager, issues, reason)).get(articleId) ?? missing();
  }

  /** The current editions of articles, by article: its number. What readers do not get is left out. */
  async listCurrentNumbers(manager: EntityManager, articleIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await manager.query<{ articleId: string; number: number }[]>(
      'select article_id as "articleId", number from edition.current_article where article_id = any ($1)',
      [articleIds],
    );
    return new Map(rows.map(({ articleId, number }) => [articleId, number]));
  }

  /** Articles that readers get, from an id on, in the order of ids. */
  async listCurrent(manager: EntityManager, after: string, limit: number): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      'select article_id as id from edition.current_article where article_id > $1 order by 1 limit $2',
      [after, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Takes articles from readers within the caller's transaction; their editions stay in the record. */
  async takeFromReaders(manager: EntityManager, articleIds: readonly string[]): Promise<void> {
    await stopServing(manager, articleIds);
  }

  /** The last editions that were issued, by article. */
  async #listLast(manager: EntityManager, articleIds: readonly string[]): Promise<Map<string, EditionEntity>> {
    if (articleIds.length === 0) return new Map();
    const editions = await manager
      .createQueryBuilder(EditionEntity, 'e')
      .distinctOn(['e.articleId'])
      .where('e.articleId = any (:articleIds)', { articleIds })
      .orderBy('e.articleId')
      .addOrderBy('e.number', 'DESC')
      .getMany();
    return new Map(editions.map((edition) => [edition.articleId, edition]));
  }

  async #listBodies(
    manager: EntityManager,
    editions: readonly EditionEntity[],
  ): Promise<Map<string, Map<LanguageTag, FormattedText>>> {
    const bodies = new Map<string, Map<LanguageTag, FormattedText>>();
    if (editions.length === 0) return bodies;
    const texts = await manager.findBy(EditionTextEntity, { editionId: In(editions.map(({ id }) => id)) });
    for (const { editionId, language, body: markdown, html, plain } of texts) {
      const own = bodies.get(editionId) ?? new Map<LanguageTag, FormattedText>();
      bodies.set(editionId, own.set(language, { markdown, html, plain }));
    }
    return bodies;
  }

  async #build(manager: EntityManager, toBuild: readonly ToBuild[]): Promise<ToIssue[]> {
    const evidence = await listEvidence(
      manager,
      toBuild.map(({ article }) => article.id),
    );
    const wrappers = new Map<string, readonly CompiledWrapper[]>();
    const outdated = await listOutdatedRevisions(
      manager,
      toBuild.map(({ texts }) => texts),
    );
    const built: ToIssue[] = [];
    for (const { article, last, texts, bodies } of toBuild) {
      const { publisher, id: articleId } = article;
      const lines = wrappers.get(publisher.id) ?? (await this.publishers.listWrappers(manager, publisher));
      wrappers.set(publisher.id, lines);
      const content = buildEdition(article, texts, lines, outdated);
      built.push({ articleId, last, bodies, content, evidence: evidence.get(articleId) ?? [] });
    }
    return built;
  }
}

/** Issues what is otherwise than in the last edition, and serves it. */
async function issueEditions(
  manager: EntityManager,
  toIssue: readonly ToIssue[],
  reason: string,
): Promise<Map<string, Published>> {
  const published = new Map<string, Published>();
  const issued: ServedEdition[] = [];
  const served = await listServed(
    manager,
    toIssue.flatMap(({ articleId, last }) => (last === null ? [] : [articleId])),
  );
  for (const { articleId, last, bodies, evidence, ...built } of toIssue) {
    const content = JSON.parse(JSON.stringify(built.content)) as EditionContent;
    // What was taken from readers goes to them anew, also as it was.
    if (
      last !== null &&
      served.has(articleId) &&
      isDeepStrictEqual([last.content, last.evidence], [content, evidence])
    ) {
      published.set(articleId, { outcome: 'unchanged', number: last.number });
      continue;
    }
    const number = (last?.number ?? 0) + 1;
    issued.push({ id: randomUUID(), articleId, number, reason, content, evidence, bodies });
    published.set(articleId, { outcome: 'published', number });
  }
  await insertRows(
    manager,
    EditionEntity,
    issued.map(({ bodies: _, ...edition }) => edition),
  );
  await insertRows(
    manager,
    EditionTextEntity,
    issued.flatMap(({ id: editionId, bodies }) =>
      [...bodies].map(([language, { markdown: body, html, plain }]) => ({ editionId, language, body, html, plain })),
    ),
  );
  await serveEditions(manager, issued);
  return published;
}

/** Those of the articles that readers get. */
async function listServed(manager: EntityManager, articleIds: readonly string[]): Promise<Set<string>> {
  if (articleIds.length === 0) return new Set();
  const rows = await manager.query<{ id: string }[]>(
    'select article_id as id from edition.current_article where article_id = any ($1)',
    [articleIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Two who issue editions of one article take turns. */
async function lockArticles(manager: EntityManager, articleIds: readonly string[]): Promise<void> {
  await manager.query('select 1 from desk.article where id = any ($1) order by id for update', [articleIds]);
}

function idsOf(requests: readonly ToPublish[]): string[] {
  return requests.map(({ articleId }) => articleId);
}

function missing(): never {
  throw new TypeError('an article that does not exist can not be published');
}

/** What the evidence of articles is, by article, in the order of their documents. */
async function listEvidence(
  manager: EntityManager,
  articleIds: readonly string[],
): Promise<Map<string, EditionEvidence[]>> {
  const rows = await manager
    .createQueryBuilder(EvidenceEntity, 'e')
    .innerJoin('e.document', 'd')
    .select(['e.article_id as "articleId"', 'e.path as path', 'd.sha256 as "documentSha256"'])
    .addSelect(['e.start_offset as start', 'e.end_offset as "end"', 'e.exact as exact'])
    .addSelect(['e.prefix as prefix', 'e.suffix as suffix'])
    .where('e.article_id = any (:articleIds)', { articleIds })
    .orderBy('e.article_id')
    .addOrderBy('e.position')
    .getRawMany<EditionEvidence & { articleId: string }>();
  const evidence = new Map<string, EditionEvidence[]>();
  for (const { articleId, ...found } of rows) evidence.set(articleId, [...(evidence.get(articleId) ?? []), found]);
  return evidence;
}
