import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { PageRequest } from '../common/connection.js';
import { isName, isUuid, type PagedList } from '../common/cursor.js';
import { groupBy } from '../common/group-by.js';
import type { LanguageTag } from '../common/language-tag.js';
import type { Severity } from '../common/vocabulary.js';
import {
  type DeskFindingCode,
  ERRORS_OF_ARTICLE,
  FINDINGS_OF_ARTICLE,
  SUSPECTS,
  WAIVER_OF_FINDING,
} from './attribution.js';
import { type DeskFindingFacts, FINDING_AS_JSON, toDeskFinding } from './desk-finding.js';

/** The findings of the whole desk, article by article. */
export const FINDINGS: PagedList = { name: 'findings:ARTICLE_ASC', key: [isUuid, isName] };

/** Which findings are asked for: all that is given has to hold. */
export interface FindingWish {
  readonly articleId: string | null;
  readonly severity: Severity | null;
  readonly language: LanguageTag | null;
  readonly codes: readonly DeskFindingCode[] | null;
  readonly isWaived: boolean | null;
}

/** Reads of what is remarkable about articles, as it is now. */
@Injectable()
export class FindingsQueries {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A page of findings with one more than asked for, in order. */
  async list({ size, fromEnd, after, before }: PageRequest, wish: FindingWish): Promise<DeskFindingFacts[]> {
    const direction = fromEnd ? 'desc' : 'asc';
    // Few articles have errors: they are not looked for in each.
    const isOfErrors = wish.severity === 'ERROR';
    const rows = await this.dataSource.query<{ finding: Parameters<typeof toDeskFinding>[0] }[]>(
      `select ${FINDING_AS_JSON} as finding
       from desk.article a cross join lateral (${isOfErrors ? ERRORS_OF_ARTICLE : FINDINGS_OF_ARTICLE}) x
       left join lateral (${WAIVER_OF_FINDING}) w on true
       where ${isOfErrors ? `a.id in (${SUSPECTS}) and` : ''} ${wish.isWaived === true ? WAIVED : ''} ${CONDITIONS} order by a.id ${direction}, x.key ${direction} limit $10`,
      [
        wish.articleId,
        wish.severity,
        wish.language,
        wish.codes,
        wish.isWaived,
        after?.[0] ?? null,
        after?.[1] ?? null,
        before?.[0] ?? null,
        before?.[1] ?? null,
        size + 1,
      ],
    );
    const findings = rows.map(({ finding }) => toDeskFinding(finding));
    return fromEnd ? findings.reverse() : findings;
  }
}

/** All findings of articles as they are now, by the article's id, by one statement. */
export async function listFindingsOfArticles(
  dataSource: DataSource,
  articleIds: readonly string[],
): Promise<Map<string, DeskFindingFacts[]>> {
  const rows = await dataSource.query<{ finding: Parameters<typeof toDeskFinding>[0] }[]>(
    `select ${FINDING_AS_JSON} as finding
     from desk.article a cross join lateral (${FINDINGS_OF_ARTICLE}) x
     left join lateral (${WAIVER_OF_FINDING}) w on true where a.id = any ($1) order by a.id, x.key`,
    [articleIds],
  );
  return groupBy(
    rows.map(({ finding }) => toDeskFinding(finding)),
    ({ articleId }) => articleId,
  );
}

/** Only of these articles was anything ever waived. */
const WAIVED = 'a.id in (select v.article_id from desk.finding_waiver v) and';

/** The first of each pair of conditions on places is for the index of articles. */
const CONDITIONS = `
  ($1::uuid is null or a.id = $1) and ($2::text is null or x.severity = $2)
  and ($3::text is null or x.language is null or x.language = $3) and ($4::text[] is null or x.code = any ($4))
  and ($5::boolean is null or (w.id is not null) = $5)
  and ($6::uuid is null or a.id >= $6 and (a.id > $6 or x.key > $7))
  and ($8::uuid is null or a.id <= $8 and (a.id < $8 or x.key < $9))`;
