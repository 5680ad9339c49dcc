import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { ArticleEntity } from '../articles/article.entity.js';
import { ArticlesQueries } from '../articles/articles.queries.js';
import { RevisionEntity } from '../articles/translation.entity.js';
import { ColophonError } from '../common/colophon-error.js';
import { fieldsOfDesk } from '../documents/article-fields.js';
import { lockImports } from '../documents/import-documents.js';
import { ArticleRestorer } from '../documents/restore-article.js';
import type { ArticleAtDesk } from '../documents/plan-change.js';
import { TombstoneEntity } from '../editions/edition.entity.js';
import { EditionsService } from '../editions/editions.service.js';
import { hashOfFields } from './import-run.js';
import { ImportItemEntity, ImportRunEntity } from './import-run.entity.js';

/** An article that a run has added or changed, for people. */
export interface UndoneArticle {
  readonly articleId: string;
  readonly path: string;
  readonly headline: string;
  readonly slug: string;
}

/** An article that was built upon since a run has brought it: it is left as it is. */
export interface BuiltUpon extends UndoneArticle {
  /** What was done with it since, each in a few words. */
  readonly reasons: readonly string[];
}

/** What taking a run back came to. With something that was built upon, and no leave to pass it over, nothing was done. */
export interface UndoneImport {
  readonly number: number;
  readonly isDone: boolean;
  /** Articles that were removed, and those that are again what they were. */
  readonly removed: readonly UndoneArticle[];
  readonly restored: readonly UndoneArticle[];
  readonly builtUpon: readonly BuiltUpon[];
}

/** Items that are looked at together. */
const CHUNK = 100;

/** Takes imports back. */
@Injectable()
export class ImportUndoer {
  constructor(
    private readonly articles: ArticlesQueries,
    private readonly restorer: ArticleRestorer,
    private readonly editions: EditionsService,
  ) {}

  /**
   * Takes a run back within the caller's transaction: what it added is gone, what it changed is what it was before,
   * and readers get what they got. Editions that were issued stay in the record, and documents are kept.
   * What a person or another run has built upon since is never touched: then nothing is done, unless
   * `isLeavingBuiltUpon` says that the rest is wanted back.
   * Throws ColophonError when there is no such run, or it was taken back already.
   */
  async undo(
    manager: EntityManager,
    number: number,
    isLeavingBuiltUpon: boolean,
    isRepeated: boolean,
  ): Promise<UndoneImport> {
    await lockImports(manager);
    const run = await manager.findOneBy(ImportRunEntity, { number });
    if (run === null) throw new ColophonError(`There is no import run ${number}.`);
    if (run.undoneAt !== null) {
      // The answer to the commit was lost with the connection: it is done.
      if (isRepeated) return { number, isDone: true, removed: [], restored: [], builtUpon: [] };
      throw new ColophonError(`Import run ${number} was taken back already.`);
    }
    const builtUpon: BuiltUpon[] = [];
    for await (const items of this.#chunks(manager, run.id))
      builtUpon.push(...(await this.#listBuiltUpon(manager, items)));
    const removed: UndoneArticle[] = [];
    const restored: UndoneArticle[] = [];
    if (builtUpon.length > 0 && !isLeavingBuiltUpon) return { number, isDone: false, removed, restored, builtUpon };
    const left = new Set(builtUpon.map(({ articleId }) => articleId));
    for await (const items of this.#chunks(manager, run.id)) {
      const open = items.filter(({ articleId }) => !left.has(articleId));
      // Of an article that the run added and then changed, the later state goes first.
      restored.push(...(await this.#restore(manager, open, number)));
      removed.push(...(await this.#remove(manager, open, number)));
    }
    const counts = { ...run.counts, left: left.size };
    await manager.update(ImportRunEntity, { id: run.id }, { counts, undoneAt: () => 'now()' });
    return { number, isDone: true, removed, restored, builtUpon };
  }

  /** A run's items, the latest first. */
  async *#chunks(manager: EntityManager, runId: string): AsyncGenerator<ImportItemEntity[]> {
    for (let before = 2 ** 31 - 1; ;) {
      const items = await manager
        .createQueryBuilder(ImportItemEntity, 'i')
        .addSelect('i.before')
        .where('i.runId = :runId and i.position < :before', { runId, before })
        .orderBy('i.position', 'DESC')
        .limit(CHUNK)
        .getMany();
      const last = items.at(-1);
      if (last === undefined) return;
      yield items;
      before = last.position;
    }
  }

  async #listBuiltUpon(manager: EntityManager, items: readonly ImportItemEntity[]): Promise<BuiltUpon[]> {
    const atDesk = await this.#listAtDesk(manager, items);
    const later = await manager.query<{ articleId: string; runId: string; number: number; position: number }[]>(
      LATER_ITEMS,
      [items.map(({ articleId }) => articleId)],
    );
    const uses = await manager.query<UseRow[]>(USES, [
      items.map(({ runId }) => runId),
      items.map(({ position }) => position),
    ]);
    return items.flatMap((item): BuiltUpon[] => {
      const desk = atDesk.get(item.articleId);
      if (desk === undefined) return [];
      const isLatest = !later.some(
        (other) => other.articleId === item.articleId && other.runId === item.runId && other.position > item.position,
      );
      if (!isLatest) return [];
      const use = uses.find((one) => one.position === item.position);
      const again = later.find(
        (other) => other.articleId === item.articleId && other.runId !== item.runId && isAfter(other, item, later),
      );
      const reasons = [
        ...(again === undefined ? [] : [`imported again by run ${again.number}`]),
        ...(again === undefined &&
        hashOfFields(fieldsOfDesk(desk.article, desk.translation, desk.inHand ?? desk.revision)) !== item.fieldsHash
          ? ['edited at the desk']
          : []),
        ...((use?.languages.length ?? 0) > 0 ? [`translated into ${use?.languages.join(', ') ?? ''}`] : []),
        ...(use?.editionNumber != null ? [`published as edition ${use.editionNumber}`] : []),
        ...(use?.isDecidedUpon === true ? ['decided upon at the desk'] : []),
      ];
      if (reasons.length === 0 && use?.isWorkedOn === true) reasons.push('worked on at the desk');
      return reasons.length === 0 ? [] : [{ ...undoneOf(item, desk), reasons }];
    });
  }

  async #remove(manager: EntityManager, items: readonly ImportItemEntity[], number: number): Promise<UndoneArticle[]> {
    const added = items.filter(({ outcome }) => outcome === 'ADDED');
    const atDesk = await this.#listAtDesk(manager, added);
    const ids = [...atDesk.keys()];
    if (ids.length === 0) return [];
    await this.editions.takeFromReaders(manager, ids);
    await manager.query(RECORD_REMOVALS, [ids, `Import run ${number} was taken back`, 'imports undo']);
    // An export brings what is withdrawn with its reason.
    await manager.delete(TombstoneEntity, { articleId: In(ids) });
    await manager.delete(ArticleEntity, { id: In(ids) });
    return added.flatMap((item) => {
      const desk = atDesk.get(item.articleId);
      return desk === undefined ? [] : [undoneOf(item, desk)];
    });
  }

  async #restore(manager: EntityManager, items: readonly ImportItemEntity[], number: number): Promise<UndoneArticle[]> {
    const restored: UndoneArticle[] = [];
    for (const item of items) {
      if (item.before === null || item.documentId === null) continue;
      const desk = (await this.#listAtDesk(manager, [item])).get(item.articleId);
      if (desk === undefined) continue;
      const reason = `Import run ${number} was taken back`;
      await this.restorer.restore(manager, desk, item.documentId, item.before, reason);
      // Readers get what they got, whatever waits at the desk.
      if (item.editionNumber !== null && item.editionBefore === null) {
        await this.editions.takeFromReaders(manager, [item.articleId]);
      } else if (item.editionNumber !== null && item.editionBefore !== null) {
        await this.editions.issueAgain(manager, item.articleId, item.editionBefore, reason);
      }
      restored.push(undoneOf(item, desk));
    }
    return restored;
  }

  async #listAtDesk(
    manager: EntityManager,
    items: readonly Pick<ImportItemEntity, 'articleId'>[],
  ): Promise<Map<string, ArticleAtDesk>> {
    const ids = [...new Set(items.map(({ articleId }) => articleId))];
    const articles = await this.articles.listWholeForUpdate(manager, ids);
    const originals = articles.flatMap((article) => article.translations.filter(({ isOriginal }) => isOriginal));
    const revisions: Map<string, RevisionEntity> = await this.articles.listLatestRevisions(
      manager,
      originals.map(({ id }) => id),
    );
    const inHand = await this.articles.listInHand(
      manager,
      originals.map(({ id }) => id),
    );
    return new Map(
      articles.flatMap((article) => {
        const translation = article.translations.find(({ isOriginal }) => isOriginal);
        const revision = translation && revisions.get(translation.id);
        return translation === undefined || revision === undefined
          ? []
          : [[article.id, { article, translation, revision, inHand: inHand.get(translation.id) ?? null }] as const];
      }),
    );
  }
}

/** The database lets an article go, and its revisions with it, when the same transaction has recorded why. */
const RECORD_REMOVALS = `
insert into desk.article_removal (article_id, reason, removed_by) select unnest($1::uuid[]), $2, $3`;

interface LaterItem {
  readonly articleId: string;
  readonly runId: string;
  readonly number: number;
  readonly position: number;
}

/** Items of runs that still hold, of these articles. */
const LATER_ITEMS = `
select i.article_id as "articleId", i.run_id as "runId", i.position, r.number
from desk.import_item i join desk.import_run r on r.id = i.run_id
where i.article_id = any ($1) and r.undone_at is null`;

interface UseRow {
  readonly position: number;
  /** Languages in which somebody has written since. An export brings an article with its translations. */
  readonly languages: readonly string[];
  readonly editionNumber: number | null;
  /** Whether a person has corrected, withdrawn, taken back, scheduled, waived, assigned or noted something. */
  readonly isDecidedUpon: boolean;
  /** Whether the trail has anything else that a person did with it: a slug, an approval, a text and its way back. */
  readonly isWorkedOn: boolean;
}

/**
 * What was made since of what a run has brought: texts in other languages, and an edition where the run issued none. An
 * edition that only follows reference data has the evidence of what readers had.
 */
const USES = `
select i.position,
  array(select distinct t.language from desk.translation t
    where t.article_id = i.article_id and not t.is_original and (
      exists (select from desk.revision r where r.translation_id = t.id and r.created_at >= n.started_at)
      or exists (select from desk.working_text w where w.translation_id = t.id and w.changed_at >= n.started_at)) order by 1) as languages,
  case when i.edition_number is null then (
    select max(e.number) from edition.edition e where e.article_id = i.article_id
      and e.number > coalesce(i.edition_before, 0)
      and e.evidence @> jsonb_build_array(jsonb_build_object('documentSha256', d.sha256))) end as "editionNumber",
  exists (select from desk.correction c where c.article_id = i.article_id and c.corrected_at >= n.started_at)
    or exists (select from edition.tombstone t where t.article_id = i.article_id and t.withdrawn_at >= n.started_at)
    or exists (select from desk.unpublished_text u
      where u.article_id = i.article_id and u.unpublished_at >= n.started_at)
    or exists (select from desk.publication_schedule s where s.article_id = i.article_id)
    or exists (select from desk.finding_waiver f where f.article_id = i.article_id and f.waived_at >= n.started_at)
    or exists (select from desk.translation_assignment s where s.article_id = i.article_id)
    or exists (select from desk.note e where e.article_id = i.article_id) as "isDecidedUpon",
  exists (select from audit.entry w where w.object_type = 'Article' and w.object_id = i.article_id::text
    and w.actor_kind in ('ACCOUNT', 'TOKEN') and w.at >= n.started_at) as "isWorkedOn"
from unnest($1::uuid[], $2::integer[]) as w(run_id, position)
join desk.import_item i on i.run_id = w.run_id and i.position = w.position
join desk.import_run n on n.id = i.run_id left join desk.document d on d.id = i.document_id`;

/** Whether another run's item came after this one: runs are numbered as they began to bring something. */
function isAfter(other: LaterItem, { runId }: ImportItemEntity, all: readonly LaterItem[]): boolean {
  const own = all.find((one) => one.runId === runId);
  return own !== undefined && other.number > own.number;
}

function undoneOf({ articleId, path }: ImportItemEntity, { translation, revision }: ArticleAtDesk): UndoneArticle {
  return { articleId, path, headline: revision.headline, slug: translation.slug ?? '' };
}
