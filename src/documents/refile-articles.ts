import { type EntityManager, Like } from 'typeorm';
import { ArticleTermEntity } from '../articles/article-parts.entity.js';
import { FindingEntity } from '../articles/finding.entity.js';
import { OriginEntity } from '../articles/origin.entity.js';
import { EvidenceEntity } from './provenance.entity.js';

/**
 * Files the articles of one term under another: those whose page's label is meant. The remark that no list has the term
 * is settled with that. An article that is filed under the other term already stays there once, at its first place.
 */
export async function refileArticles(
  manager: EntityManager,
  fromTermId: string,
  toTermId: string,
  isMeant: (rawLabel: string) => boolean,
): Promise<void> {
  const filed = (await manager.findBy(ArticleTermEntity, { termId: fromTermId })).filter((row) =>
    isMeant(row.rawLabel),
  );
  for (const { articleId, scheme, position } of filed) {
    await manager.update(ArticleTermEntity, { articleId, scheme, position }, { termId: toTermId });
    const path = `${listOf(scheme)}[${position}]`;
    await manager.delete(FindingEntity, { articleId, code: 'TERM_UNKNOWN', path });
  }
  const lists = new Map(filed.map(({ articleId, scheme }) => [`${articleId} ${scheme}`, { articleId, scheme }]));
  for (const { articleId, scheme } of lists.values()) await fileOnce(manager, articleId, scheme);
}

/** Makes the articles of one source another's. */
export async function moveToSource(manager: EntityManager, fromSourceId: string, toSourceId: string): Promise<void> {
  await manager.update(OriginEntity, { sourceId: fromSourceId }, { sourceId: toSourceId });
}

/** Takes a term's second place in an article's list away; what is said of the places behind it moves up with them. */
async function fileOnce(manager: EntityManager, articleId: string, scheme: ArticleTermEntity['scheme']): Promise<void> {
  const rows = await manager.find(ArticleTermEntity, { where: { articleId, scheme }, order: { position: 'ASC' } });
  const kept = rows.filter(({ termId }, i) => rows.findIndex((row) => row.termId === termId) === i);
  if (kept.length === rows.length) return;
  await manager.delete(ArticleTermEntity, { articleId, scheme });
  await manager.insert(
    ArticleTermEntity,
    kept.map(({ termId, rawLabel }, position) => ({ articleId, scheme, position, termId, rawLabel })),
  );
  const places = new Map(kept.map((row, place) => [row.position, place]));
  const list = listOf(scheme);
  for (const Entity of [EvidenceEntity, FindingEntity]) {
    const said = await manager.find(Entity, {
      select: { articleId: true, position: true, path: true },
      where: { articleId, path: Like(`${list}[%`) },
    });
    for (const { position, path } of said) {
      const [whole = '', before] = /^[a-z]+\[(\d+)\]/.exec(path) ?? [];
      const place = places.get(Number(before));
      const row = { articleId, position };
      if (place === undefined) await manager.delete(Entity, row);
      else if (place !== Number(before)) {
        await manager.update(Entity, row, { path: `${list}[${place}]${path.slice(whole.length)}` });
      }
    }
  }
}

function listOf(scheme: ArticleTermEntity['scheme']): string {
  return scheme === 'REGION' ? 'regions' : 'themes';
}
