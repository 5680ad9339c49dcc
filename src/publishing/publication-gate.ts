import type { EntityManager } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import type { TranslationState } from '../common/vocabulary.js';
import { IS_LIVING, transitionFor } from '../texts/translation-states.js';
import { FINDINGS_OF_ARTICLE, WAIVER_OF_FINDING } from './attribution.js';
import { type DeskFindingFacts, FINDING_AS_JSON, isBlocking, toDeskFinding } from './desk-finding.js';
import { ArticleIsWithdrawn, BlockedByFindings, NotApproved, RevisionConflict } from './publishing.problems.js';

/** How one language of an article stands: all that has to be known before readers get it, or no longer. */
export interface PublicationGate {
  /** Null where the article has no text in the language. */
  readonly text: {
    readonly isOriginal: boolean;
    readonly state: TranslationState;
    /** The newest; null where there is none. */
    readonly revisionNumber: number | null;
  } | null;
  /** The newest edition that was issued; null where there is none. */
  readonly lastEdition: number | null;
  /** What readers have; empty where they do not get the article. */
  readonly servedLanguages: readonly LanguageTag[];
  readonly isWithdrawn: boolean;
  /** Whether a person has taken the text from readers. */
  readonly isUnpublished: boolean;
  /** What is to come; null where nothing is. */
  readonly schedule: { readonly version: number; readonly dueAt: string; readonly localTime: string } | null;
  /** Of the article and of this language. */
  readonly findings: readonly DeskFindingFacts[];
}

/**
 * How one language of an article stands, which is locked until the transaction ends: whoever publishes, corrects or
 * withdraws takes turns. Null where there is no such article.
 */
export async function lockAtGate(
  manager: EntityManager,
  articleId: string,
  language: LanguageTag | null,
): Promise<PublicationGate | null> {
  await manager.query('select 1 from desk.article where id = $1 for update', [articleId]);
  const [row] = await manager.query<(PublicationGate & { findings: Parameters<typeof toDeskFinding>[0][] })[]>(GATE, [
    articleId,
    language,
  ]);
  return row === undefined ? null : { ...row, findings: row.findings.map(toDeskFinding) };
}

const GATE = `
select
  (select json_build_object('isOriginal', t.is_original, 'state', t.state, 'revisionNumber',
    (select max(r.number) from desk.revision r where r.translation_id = t.id))
    from desk.translation t where t.article_id = a.id and t.language = $2 and ${IS_LIVING}) as text,
  (select max(e.number) from edition.edition e where e.article_id = a.id) as "lastEdition",
  coalesce((select c.languages from edition.current_article c where c.article_id = a.id), '{}') as "servedLanguages",
  exists (select from edition.tombstone t where t.article_id = a.id) as "isWithdrawn",
  exists (select from desk.unpublished_text u where u.article_id = a.id and u.language = $2) as "isUnpublished",
  (select json_build_object('version', s.version, 'dueAt', s.due_at, 'localTime', s.local_time)
    from desk.publication_schedule s where s.article_id = a.id and s.language = $2) as schedule,
  (select coalesce(json_agg(${FINDING_AS_JSON} order by x.key), '[]')
    from (${FINDINGS_OF_ARTICLE}) x left join lateral (${WAIVER_OF_FINDING}) w on true
    where x.language is null or x.language = $2) as findings
from desk.article a where a.id = $1`;

/** What stands in the way of publishing a text that there is; null where nothing does. */
export function refusalAtGate(
  gate: PublicationGate,
  language: LanguageTag,
  expectedRevision: number,
): ArticleIsWithdrawn | RevisionConflict | NotApproved | BlockedByFindings | null {
  const { text, isWithdrawn, findings } = gate;
  if (text?.revisionNumber == null) throw new TypeError(`no text in ${language}`);
  if (isWithdrawn) return new ArticleIsWithdrawn();
  if (text.revisionNumber !== expectedRevision) return new RevisionConflict(text.revisionNumber);
  if (transitionFor('publish', text.state, text.isOriginal) === null) return new NotApproved(text.state);
  const blocking = findings.filter((finding) => isBlocking(finding, language));
  return blocking.length === 0 ? null : new BlockedByFindings(blocking);
}
