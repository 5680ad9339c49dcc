import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditTrail } from '../accounts/audit/audit-trail.js';
import type { Actor } from '../common/actor.js';
import type { LanguageTag } from '../common/language-tag.js';
import { InvalidValue, NotFound } from '../common/problem.type.js';
import { inTransactionUnlessProblem } from '../database/transaction.js';
import { EditionsService } from '../editions/editions.service.js';
import { lockAtGate, refusalAtGate } from './publication-gate.js';
import type { PublicationProblem, PublicationWish } from './publications.service.js';
import { ArticleIsWithdrawn, EditionConflict, NotPublished, NotWithdrawn } from './publishing.problems.js';

/** What readers of one language are told of a correction. */
export interface CorrectionNote {
  readonly language: LanguageTag;
  readonly note: string;
}

/** A text that is put right, and what its readers are told. */
export interface CorrectionWish extends PublicationWish {
  readonly expectedEdition: number;
  /** One for each language that readers have. */
  readonly notes: readonly CorrectionNote[];
}

/** Why readers no longer get an article, as they are told. */
export interface WithdrawalWish {
  readonly articleId: string;
  readonly expectedEdition: number;
  readonly reason: string;
  /** Of the reason. */
  readonly language: LanguageTag;
}

/** Decides over whole articles: what is put right, what is withdrawn, and what is given back. Who may, is asked before. */
@Injectable()
export class ArticleDecisionsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly editions: EditionsService,
    private readonly trail: AuditTrail,
  ) {}

  /**
   * Publishes the corrected text of one language, and tells the readers of every language what was put right, in one
   * edition. Translations of a corrected original are out of date from then on, and say so. No other text changes.
   */
  async correct(
    actor: Actor,
    { articleId, language, expectedRevision, expectedEdition, notes, reason = null }: CorrectionWish,
  ): Promise<{ readonly edition: number } | PublicationProblem | NotPublished | EditionConflict | InvalidValue> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const gate = await lockAtGate(manager, articleId, language);
      if (gate === null) return new NotFound('articleId');
      if (gate.isWithdrawn) return new ArticleIsWithdrawn();
      const { servedLanguages, lastEdition } = gate;
      if (!servedLanguages.includes(language)) return new NotPublished(language);
      if (lastEdition !== expectedEdition) return new EditionConflict(lastEdition ?? 0);
      const told = new Set(notes.map((note) => note.language));
      if (
        told.size !== notes.length ||
        told.size !== servedLanguages.length ||
        !servedLanguages.every((one) => told.has(one))
      ) {
        return new InvalidValue('notes', `must have one for each published language: ${servedLanguages.join(', ')}`);
      }
      const refusal = refusalAtGate(gate, language, expectedRevision);
      if (refusal !== null) return refusal;
      await manager.query(NOTE_CORRECTIONS, [
        articleId,
        notes.map((note) => note.language),
        notes.map(({ note }) => note),
      ]);
      const published = (
        await this.editions.publishLocked(manager, [{ articleId, language }], reason ?? 'Corrected')
      ).get(articleId);
      if (published?.outcome !== 'published') throw new TypeError('a correction issues an edition');
      await this.trail.record(manager, actor, {
        operation: 'article.correct',
        objectType: 'Article',
        objectId: articleId,
        language,
        before: { edition: lastEdition },
        after: { edition: published.number, revision: expectedRevision, notes },
        reason,
      });
      return { edition: published.number };
    });
  }

  /**
   * Withdraws an article that was published once: readers get none of its languages any more, from one moment on, and who
   * comes for it is told why. What was to be published of it is called off.
   */
  async withdraw(
    actor: Actor,
    { articleId, expectedEdition, reason, language }: WithdrawalWish,
  ): Promise<{ readonly withdrawnAt: Date } | NotFound | ArticleIsWithdrawn | NotPublished | EditionConflict> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const gate = await lockAtGate(manager, articleId, null);
      if (gate === null) return new NotFound('articleId');
      if (gate.isWithdrawn) return new ArticleIsWithdrawn();
      if (gate.lastEdition === null) return new NotPublished(null);
      if (gate.lastEdition !== expectedEdition) return new EditionConflict(gate.lastEdition);
      if (gate.servedLanguages.length === 0) await manager.query(NOTE_TAKEN, [articleId]);
      const [tombstone] = await manager.query<{ withdrawnAt: Date }[]>(SET_TOMBSTONE, [articleId, reason, language]);
      const schedules = await manager.query<object[]>(CALL_OFF, [articleId, gate.servedLanguages]);
      await this.editions.withdrawLocked(manager, articleId, gate.lastEdition);
      await this.trail.record(manager, actor, {
        operation: 'article.withdraw',
        objectType: 'Article',
        objectId: articleId,
        before: { edition: gate.lastEdition, languages: gate.servedLanguages, schedules },
        after: { languages: [], schedules: [], reasonLanguage: language },
        reason,
      });
      if (tombstone === undefined) throw new TypeError('a tombstone was not set');
      return tombstone;
    });
  }

  /**
   * Gives readers again what they had of a withdrawn article, in every language, with the reference data of now. Of what
   * they had lost before it was withdrawn they get nothing: the edition is null then.
   */
  async reinstate(
    actor: Actor,
    {
      articleId,
      expectedEdition,
      reason = null,
    }: { readonly articleId: string; readonly expectedEdition: number; readonly reason?: string | null },
  ): Promise<{ readonly edition: number | null } | NotFound | NotWithdrawn | EditionConflict> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const gate = await lockAtGate(manager, articleId, null);
      if (gate === null) return new NotFound('articleId');
      if (!gate.isWithdrawn) return new NotWithdrawn();
      if (gate.lastEdition !== expectedEdition) return new EditionConflict(gate.lastEdition ?? 0);
      const [had] = await manager.query<{ isServed: boolean }[]>(TAKE_TOMBSTONE, [articleId]);
      let edition: number | null = null;
      if (had?.isServed === true) {
        edition = await this.editions.reinstateLocked(manager, articleId, reason ?? 'Reinstated');
        await manager.query(PUBLISHED_AGAIN, [articleId]);
      } else {
        await this.editions.forgetTombstoneLocked(manager, articleId);
      }
      await this.trail.record(manager, actor, {
        operation: 'article.reinstate',
        objectType: 'Article',
        objectId: articleId,
        before: { edition: gate.lastEdition },
        after: { edition },
        reason,
      });
      return { edition };
    });
  }
}

const NOTE_CORRECTIONS = `
insert into desk.correction (article_id, language, note)
select $1, language, note from unnest($2::text[], $3::text[]) as n (language, note)`;

const SET_TOMBSTONE = `
insert into edition.tombstone (article_id, reason, language) values ($1, $2, $3)
returning withdrawn_at as "withdrawnAt"`;

/** All that readers had last, somebody has taken from them before: no reinstatement gives it back. */
const NOTE_TAKEN = `
insert into desk.unpublished_text (article_id, language)
select e.article_id, x.language from edition.edition e, jsonb_to_recordset(e.content->'texts') as x (language text)
where e.article_id = $1 and e.number = (select max(l.number) from edition.edition l where l.article_id = $1)
on conflict do nothing`;

/** With whether readers had anything when the article was withdrawn. */
const TAKE_TOMBSTONE = `
with gone as (delete from edition.tombstone where article_id = $1 returning article_id)
select exists (
  select from edition.edition e, jsonb_to_recordset(e.content->'texts') as x (language text)
  where e.article_id = $1 and e.number = (select max(l.number) from edition.edition l where l.article_id = $1)
    and not exists (select from desk.unpublished_text u where u.article_id = $1 and u.language = x.language)
) as "isServed"`;

const CALL_OFF = `
with off as (delete from desk.publication_schedule where article_id = $1 returning *), approved as (
  update desk.translation set state = 'APPROVED' where article_id = $1 and language = any ($2) and state = 'PUBLISHED')
select language, version, due_at as "dueAt", local_time as "localTime" from off order by language collate "C"`;

/** Texts that are approved as readers have them: newer ones wait. */
const PUBLISHED_AGAIN = `
update desk.translation t set state = 'PUBLISHED'
from edition.current_article c, edition.edition e, jsonb_to_recordset(e.content->'texts')
  as x ("language" text, "revisionId" uuid)
where c.article_id = $1 and e.id = c.edition_id and t.article_id = $1 and t.language = x.language
  and t.state = 'APPROVED' and x."revisionId" = (
    select r.id from desk.revision r where r.translation_id = t.id order by r.number desc limit 1)`;
