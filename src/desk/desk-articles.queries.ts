import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import type { ArticleKind, TranslationState } from '../common/vocabulary.js';

/** One language of an article in a list. */
export interface ListedText {
  readonly translationId: string;
  readonly language: LanguageTag;
  readonly isOriginal: boolean;
  readonly state: TranslationState;
  /** What is in hand, or the newest revision's; empty while nobody has written one. */
  readonly headline: string;
  readonly isUnsaved: boolean;
  /** How many passages of its source are otherwise than it knows them. */
  readonly outdatedPassages: number;
}

/** An article in a list of the desk. */
export interface ListedArticle {
  readonly id: string;
  readonly kind: ArticleKind;
  readonly version: number;
  readonly updatedAt: Date;
  /** Exact to the microsecond, for `after`. */
  readonly updated: string;
  /** The original first, then by language. */
  readonly texts: readonly ListedText[];
}

/** Which articles a list has: those of which one text is all that is said. */
export interface DeskFilter {
  readonly isOutdated?: boolean;
  readonly language?: LanguageTag;
  readonly state?: TranslationState;
}

/** Lists of the desk. */
@Injectable()
export class DeskArticlesQueries {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** Articles, those that were changed last first, from one on: in one statement, whatever is asked of their texts. */
  async list(
    first: number,
    after: Pick<ListedArticle, 'updated' | 'id'> | null = null,
    { isOutdated, language, state }: DeskFilter = {},
  ): Promise<ListedArticle[]> {
    const parameters: unknown[] = [first];
    const put = (value: unknown, type: string): string => `$${parameters.push(value)}::${type}`;
    const conditions =
      after === null ? [] : [`(a.updated_at, a.id) < (${put(after.updated, 'timestamptz')}, ${put(after.id, 'uuid')})`];
    // The table of what is out of date is small, and knows its languages: where it is asked for, it leads.
    const [texts, text] = isOutdated === true ? ['desk.outdated_text o', 'o'] : ['desk.translation t', 't'];
    const ofText = isOutdated === undefined || isOutdated ? [] : [`not exists (${IS_OUTDATED})`];
    if (language !== undefined) ofText.push(`${text}.language = ${put(language, 'text')}`);
    if (state !== undefined) {
      const inState = put(state, 'text');
      ofText.push(
        isOutdated === true
          ? `exists (select from desk.translation t where t.id = o.translation_id and t.state = ${inState})`
          : `t.state = ${inState}`,
      );
    }
    if (isOutdated === true || ofText.length > 0) {
      const narrowed = ofText.length === 0 ? '' : `where ${ofText.join(' and ')}`;
      conditions.push(`a.id in (select ${text}.article_id from ${texts} ${narrowed})`);
    }
    const where = conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`;
    return this.dataSource.manager.query<ListedArticle[]>(
      `with page as (
        select a.id, a.kind, a.version, a.updated_at from desk.article a ${where}
        order by a.updated_at desc, a.id desc limit $1)
      select p.id, p.kind, p.version, p.updated_at as "updatedAt", p.updated_at::text as updated, x.texts
      from page p cross join lateral (${TEXTS}) x order by p.updated_at desc, p.id desc`,
      parameters,
    );
  }
}

const IS_OUTDATED = 'select from desk.outdated_text o where o.translation_id = t.id';

const TEXTS = `
select coalesce(json_agg(json_build_object('translationId', t.id, 'language', t.language, 'isOriginal', t.is_original,
    'state', t.state, 'headline', coalesce(w.headline, r.headline, ''), 'isUnsaved', w.translation_id is not null,
    'outdatedPassages', coalesce(o.passages, 0)) order by not t.is_original, t.language collate "C"), '[]') as texts
from desk.translation t
left join desk.working_text w on w.translation_id = t.id
left join desk.outdated_text o on o.translation_id = t.id
left join lateral (
  select r.headline from desk.revision r where r.translation_id = t.id order by r.number desc limit 1) r on true
where t.article_id = p.id`;
