import type { EntityManager } from 'typeorm';
import { RevisionEntity } from '../articles/translation.entity.js';
import type { LanguageTag } from '../common/language-tag.js';
import { reviveMoments, rowAsJson } from '../database/row-as-json.js';
import type { EditionContent, EditionCorrection, EditionEvidence } from './edition-content.js';
import type { FormattedText } from './markdown-formats.js';

/** The last edition that was issued of an article. */
export interface LastEdition {
  readonly id: string;
  readonly articleId: string;
  readonly number: number;
  readonly content: EditionContent;
  readonly evidence: readonly EditionEvidence[];
}

/** What an article's next edition is made from, beside the article itself. */
export interface NextEdition {
  readonly articleId: string;
  readonly last: LastEdition | null;
  /** Whether readers get the article: then all other languages stay as they are, and else none of them is there. */
  readonly isServed: boolean;
  /** Whether a person has taken this text, or the article, from readers: nothing but a person gives it back to them. */
  readonly isWithheld: boolean;
  /** Whether a person has written the text since readers got it last, and nobody has approved it. */
  readonly isUnapproved: boolean;
  /** The last edition's, by language. */
  readonly bodies: ReadonlyMap<LanguageTag, FormattedText>;
  readonly evidence: readonly EditionEvidence[];
  /** The newest in the language that is asked for; null where there is none. */
  readonly revision: RevisionEntity | null;
  /** In any language, in the order of time. */
  readonly corrections: readonly EditionCorrection[];
  /** Findings that somebody has waived, and what they were about: they hold while that is so. */
  readonly waived: readonly WaivedFinding[];
}

/** A finding that blocks nothing, for a reason that somebody gave. */
export interface WaivedFinding {
  readonly code: string;
  readonly language: LanguageTag | null;
  readonly path: string;
  readonly cause: string;
}

/** A language of an article; null for all of it, as it was published. */
interface Asked {
  readonly articleId: string;
  readonly language: LanguageTag | null;
}

/** What the next editions of articles are made from, by article, by one statement. */
export async function listNextEditions(
  manager: EntityManager,
  asked: readonly Asked[],
): Promise<Map<string, NextEdition>> {
  if (asked.length === 0) return new Map();
  const revisions = manager.dataSource.getMetadata(RevisionEntity);
  const rows = await manager.query<Row[]>(nextEditions(rowAsJson(revisions, 'r')), [
    asked.map(({ articleId }) => articleId),
    asked.map(({ language }) => language),
  ]);
  return new Map(
    rows.map(({ bodies, revision, corrections, last, isServed, ...row }) => [
      row.articleId,
      {
        ...row,
        last,
        isServed,
        bodies: new Map(bodies.map(({ language, ...body }) => [language, body])),
        revision: revision === null ? null : reviveMoments(revisions, revision),
        // An edition may have come from elsewhere, with corrections that were noted there.
        corrections: onceInTime([...(last?.content.corrections ?? []), ...corrections]),
      },
    ]),
  );
}

interface Row extends Omit<NextEdition, 'bodies' | 'corrections'> {
  readonly bodies: readonly ({ readonly language: LanguageTag } & FormattedText)[];
  readonly corrections: readonly EditionCorrection[];
}

/** The notes of one correction are of one moment: they stand in the order of their languages. */
function onceInTime(corrections: readonly EditionCorrection[]): EditionCorrection[] {
  const byId = new Map(corrections.map((one) => [one.id, one]));
  const placeOf = ({ correctedAt, language, id }: EditionCorrection): string => `${correctedAt} ${language} ${id}`;
  return [...byId.values()].sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

/**
 * Of findings that a document made, the sentence says all that they are about. A revision that an import has made may hold
 * what a person wrote before it: all since the one that readers got last are looked at.
 */
const nextEditions = (revision: string): string => `
select w.article_id as "articleId",
  case when e.id is not null then json_build_object('id', e.id, 'articleId', e.article_id, 'number', e.number,
    'content', e.content, 'evidence', e.evidence) end as last,
  exists (select from edition.current_article c where c.article_id = w.article_id) as "isServed",
  exists (select from edition.tombstone t where t.article_id = w.article_id)
    or exists (select from desk.unpublished_text u where u.article_id = w.article_id and u.language = w.language)
    as "isWithheld",
  exists (select from desk.translation t join desk.revision r on r.translation_id = t.id
    where t.article_id = w.article_id and t.language = w.language and t.state not in ('APPROVED', 'PUBLISHED')
      and r.made_by is not null and r.number > coalesce((
        select p.number from jsonb_array_elements(e.content -> 'texts') x
        join desk.revision p on p.id = (x ->> 'revisionId')::uuid where p.translation_id = t.id), 0)) as "isUnapproved",
  (select coalesce(json_agg(json_build_object('language', t.language, 'markdown', t.body, 'html', t.html,
    'plain', t.plain)), '[]') from edition.edition_text t where t.edition_id = e.id) as bodies,
  (select coalesce(json_agg(json_build_object('path', v.path, 'documentSha256', d.sha256, 'start', v.start_offset,
    'end', v.end_offset, 'exact', v.exact, 'prefix', v.prefix, 'suffix', v.suffix) order by v.position), '[]')
    from desk.evidence v join desk.document d on d.id = v.document_id where v.article_id = w.article_id) as evidence,
  (select ${revision} from desk.revision r join desk.translation t on t.id = r.translation_id
    where t.article_id = w.article_id and t.language = w.language order by r.number desc limit 1) as revision,
  (select coalesce(json_agg(json_build_object('id', c.id, 'language', c.language, 'note', c.note, 'correctedAt',
    to_char(c.corrected_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))), '[]')
    from desk.correction c where c.article_id = w.article_id) as corrections,
  (select coalesce(json_agg(json_build_object('code', f.code, 'language', f.language, 'path', f.path,
    'cause', f.cause)), '[]') from desk.finding_waiver f where f.article_id = w.article_id) as waived
from unnest($1::uuid[], $2::text[]) as w (article_id, language)
left join lateral (
  select * from edition.edition e where e.article_id = w.article_id order by e.number desc limit 1) e on true`;
