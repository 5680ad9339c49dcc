import type { EntityManager } from 'typeorm';
import { ArticleEntity } from '../../articles/article.entity.js';
import {
  ArticleContactPointEntity,
  ArticleLinkEntity,
  ArticleNoticeEntity,
  ArticleReuseTermEntity,
  ArticleTermEntity,
  CopyrightNoticeEntity,
  CreditEntity,
  WrapperLineEntity,
} from '../../articles/article-parts.entity.js';
import { FindingEntity } from '../../articles/finding.entity.js';
import { OriginEntity } from '../../articles/origin.entity.js';
import { RevisionEntity, SlugEntity, TranslationEntity, WorkingTextEntity } from '../../articles/translation.entity.js';
import { TERM_LISTS, TERM_SCHEMES } from '../../common/vocabulary.js';
import { insertRows } from '../../database/insert-rows.js';
import { ArticleDocumentEntity, EvidenceEntity } from '../../documents/provenance.entity.js';
import { sketchText } from '../../documents/text-sketch.js';
import { storeSketches } from '../../documents/article-rows.js';
import { ArticleSlugEntity, TombstoneEntity } from '../../editions/edition.entity.js';
import { CorrectionEntity, FindingWaiverEntity, UnpublishedTextEntity } from '../../publishing/publishing.entity.js';
import { refreshOutdated } from '../../texts/refresh-outdated.js';
import type { ExportedArticle, ExportedRevision } from './export-records.js';

/** An article with the revisions of its texts. */
export interface ArticleToStore {
  readonly article: ExportedArticle;
  readonly revisions: readonly ExportedRevision[];
}

/** Writes articles of an export to the desk, many at a time, within the caller's transaction. */
export async function storeExportedArticles(
  manager: EntityManager,
  articles: readonly ArticleToStore[],
): Promise<void> {
  /** The items of a list of each article, in their order, as rows. */
  const rowsOf = <Item, Row extends object>(
    listOf: (article: ExportedArticle) => readonly Item[],
    rowOf: (item: Item, position: number) => Row,
  ): (Row & { articleId: string })[] =>
    articles.flatMap(({ article }) => listOf(article).map((item, i) => ({ ...rowOf(item, i), articleId: article.id })));

  await insertRows(
    manager,
    ArticleEntity,
    articles.map(({ article }) => ({
      id: article.id,
      publisherId: article.publisherId,
      kind: article.kind,
      originalLanguage: article.originalLanguage,
      pageLanguage: article.pageLanguage,
      publishedOn: article.publishedOn,
      version: article.version,
      createdAt: article.createdAt,
      updatedAt: article.updatedAt,
    })),
  );
  await insertRows(
    manager,
    OriginEntity,
    articles.map(({ article: { id, origin } }) => ({ ...origin, articleId: id })),
  );
  await insertRows(
    manager,
    SlugEntity,
    rowsOf(
      (article) => article.slugs,
      (slug) => ({ slug }),
    ),
  );
  await storeTexts(manager, articles);

  const placed = <Item extends object>(item: Item, position: number): Item & { position: number } => ({
    ...item,
    position,
  });
  await insertRows(
    manager,
    CreditEntity,
    rowsOf((article) => article.credits, placed),
  );
  for (const scheme of TERM_SCHEMES) {
    const list = TERM_LISTS[scheme];
    await insertRows(
      manager,
      ArticleTermEntity,
      rowsOf(
        (article) => article[list],
        (term, position) => ({ ...term, scheme, position }),
      ),
    );
  }
  await insertRows(
    manager,
    ArticleLinkEntity,
    rowsOf((article) => article.links, placed),
  );
  await insertRows(
    manager,
    CopyrightNoticeEntity,
    rowsOf(
      ({ copyright }) => (copyright === null ? [] : [copyright]),
      (copyright) => copyright,
    ),
  );
  await insertRows(
    manager,
    ArticleNoticeEntity,
    rowsOf(
      (article) => article.notices,
      (noticeId, position) => ({ noticeId, position }),
    ),
  );
  await insertRows(
    manager,
    ArticleReuseTermEntity,
    rowsOf(
      (article) => article.reuseTerms,
      (reuseTermId, position) => ({ reuseTermId, position }),
    ),
  );
  await insertRows(
    manager,
    ArticleContactPointEntity,
    rowsOf((article) => article.contactPoints, placed),
  );
  await insertRows(
    manager,
    WrapperLineEntity,
    rowsOf(
      (article) => article.wrapperLines,
      (line) => line,
    ),
  );
  await insertRows(
    manager,
    FindingEntity,
    rowsOf((article) => article.findings, placed),
  );
  await storeDecisions(manager, articles);
  await insertRows(
    manager,
    ArticleDocumentEntity,
    rowsOf(
      (article) => article.documents,
      (documentId, i) => ({ documentId, number: i + 1 }),
    ),
  );
  await insertRows(
    manager,
    EvidenceEntity,
    rowsOf(
      (article) => article.evidence,
      ({ start, end, ...found }, position) => ({ ...found, startOffset: start, endOffset: end, position }),
    ),
  );
  await sketchTexts(manager, articles);
}

/** What people have decided of what readers get: without it, the next import would give readers what was taken from them. */
async function storeDecisions(manager: EntityManager, articles: readonly ArticleToStore[]): Promise<void> {
  const rowsOf = <Item extends object>(
    listOf: (article: ExportedArticle) => readonly Item[] | undefined,
  ): (Item & { articleId: string })[] =>
    articles.flatMap(({ article }) => (listOf(article) ?? []).map((item) => ({ ...item, articleId: article.id })));
  await insertRows(
    manager,
    FindingWaiverEntity,
    rowsOf(({ waivers }) => waivers),
  );
  await insertRows(
    manager,
    CorrectionEntity,
    rowsOf(({ corrections }) => corrections),
  );
  await insertRows(
    manager,
    UnpublishedTextEntity,
    rowsOf(({ unpublished }) => unpublished),
  );
  const withdrawals = rowsOf(({ withdrawal }) => (withdrawal == null ? [] : [withdrawal]));
  await insertRows(
    manager,
    TombstoneEntity,
    withdrawals.map(({ slugs: _, ...tombstone }) => tombstone),
  );
  await insertRows(
    manager,
    ArticleSlugEntity,
    withdrawals.flatMap(({ articleId, slugs }) => slugs.map((slug) => ({ slug, articleId }))),
  );
}

async function storeTexts(manager: EntityManager, articles: readonly ArticleToStore[]): Promise<void> {
  const translations = articles.flatMap(({ article }) =>
    article.translations.map((translation) => ({ ...translation, articleId: article.id })),
  );
  await insertRows(
    manager,
    TranslationEntity,
    translations.map(({ sourceRevisionId: _, inHand: _inHand, ...translation }) => translation),
  );
  await insertRows(
    manager,
    RevisionEntity,
    articles.flatMap(({ revisions }) => revisions.map(({ type: _, articleId: _id, ...revision }) => revision)),
  );
  await insertRows(
    manager,
    WorkingTextEntity,
    translations.flatMap(({ id, inHand }) => (inHand == null ? [] : [{ ...inHand, translationId: id }])),
  );
  // A translation is made from a revision of another one: now those are there.
  const made = translations.filter(({ sourceRevisionId }) => sourceRevisionId !== null);
  if (made.length === 0) return;
  await manager.query(MADE_FROM, [made.map(({ id }) => id), made.map(({ sourceRevisionId }) => sourceRevisionId)]);
  await refreshOutdated(
    manager,
    made.map(({ id }) => id),
  );
}

const MADE_FROM = `
update desk.translation t set source_revision_id = m.revision_id
from unnest($1::uuid[], $2::uuid[]) as m(id, revision_id) where t.id = m.id`;

/** Later states of an article's page are found by the text that its newest document had. */
async function sketchTexts(manager: EntityManager, articles: readonly ArticleToStore[]): Promise<void> {
  const newest = articles.flatMap(({ article }) => article.documents.slice(-1));
  const read = await manager.query<{ documentId: string; body: string }[]>(
    `select document_id as "documentId", article ->> 'body' as body from desk.document_reading where document_id = any ($1)`,
    [newest],
  );
  await storeSketches(
    manager,
    articles.map(({ article: { id, documents, translations }, revisions }) => {
      const original = translations.find(({ isOriginal }) => isOriginal);
      const text =
        read.find(({ documentId }) => documentId === documents.at(-1))?.body ??
        revisions.findLast(({ translationId }) => translationId === original?.id)?.body ??
        '';
      return { articleId: id, sketch: sketchText(text) };
    }),
  );
}
