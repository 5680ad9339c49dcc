import { type EntityManager, In, Like } from 'typeorm';
import { ArticleTermEntity } from '../articles/article-parts.entity.js';
import { FindingEntity } from '../articles/finding.entity.js';
import { OriginEntity } from '../articles/origin.entity.js';
import { TERM_LISTS } from '../common/vocabulary.js';
import { EvidenceEntity } from './provenance.entity.js';

/**
 * Files the articles of one term under another: those whose page's label is meant. The remark that no list has the term
 * is settled with that, also where a term that an import has added by itself is in a list now and stays the same.
 * An article that is filed under the other term already stays there once, at its first place.
 */
export async function refileArticles(
  manager: EntityManager,
  fromTermId: string,
  toTermId: string,
  isMeant: (rawLabel: string) => boolean,
): Promise<void> {
  const written = await manager.query<{ label: string }[]>(
    'select distinct raw_label as label from desk.article_term where term_id = $1',
    [fromTermId],
  );
  const meant = written.map(({ label }) => label).filter(isMeant);
  if (meant.length === 0) return;
  await manager.update(ArticleTermEntity, { termId: fromTermId, rawLabel: In(meant) }, { termId: toTermId });
  await manager.query(SETTLE, [toTermId, meant, JSON.stringify(TERM_LISTS)]);
  const doubled = await manager.query<FiledList[]>(DOUBLED, [toTermId]);
  for (const list of doubled) await fileOnce(manager, list);
}

type FiledList = Pick<ArticleTermEntity, 'articleId' | 'scheme'>;

const SETTLE = `
delete from desk.finding f using desk.article_term t
where t.term_id = $1 and t.raw_label = any ($2) and f.article_id = t.article_id and f.code = 'TERM_UNKNOWN'
  and f.path = format('%s[%s]', $3::jsonb ->> t.scheme, t.position)`;

const DOUBLED = `
select article_id as "articleId", scheme from desk.article_term where term_id = $1
group by article_id, scheme having count(*) > 1`;

/** Makes the articles of one source another's. */
export async function moveToSource(manager: EntityManager, fromSourceId: string, toSourceId: string): Promise<void> {
  await manager.update(OriginEntity, { sourceId: fromSourceId }, { sourceId: toSourceId });
}

/** Takes a term's second place in an article's list away; what is said of the places behind it moves up with them. */
async function fileOnce(manager: EntityManager, { articleId, scheme }: FiledList): Promise<void> {
  const rows = await manager.find(ArticleTermEntity, { where: { articleId, scheme }, order: { position: 'ASC' } });
  const kept = rows.filter(({ termId }, i) => rows.findIndex((row) => row.termId === termId) === i);
  if (kept.length === rows.length) return;
  await manager.delete(ArticleTermEntity, { articleId, scheme });
  await manager.insert(
    ArticleTermEntity,
    kept.map(({ termId, rawLabel }, position) => ({ articleId, scheme, position, termId, rawLabel })),
  );
  const places = new Map(kept.map((row, place) => [row.position, place]));
  const list = TERM_LISTS[scheme];
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
