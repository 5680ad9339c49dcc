import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { AuditTrail } from '../accounts/audit/audit-trail.js';
import type { Actor } from '../common/actor.js';
import type { LanguageTag } from '../common/language-tag.js';
import { NotFound } from '../common/problem.type.js';
import { inTransactionUnlessProblem } from '../database/transaction.js';
import { EditionsService } from '../editions/editions.service.js';
import { type DeskFindingFacts, isBlocking } from './desk-finding.js';
import { lockAtGate, refusalAtGate } from './publication-gate.js';
import { PublicationScheduleEntity } from './publishing.entity.js';
import {
  type ArticleIsWithdrawn,
  type BlockedByFindings,
  EditionConflict,
  type NotApproved,
  NotPublished,
  type RevisionConflict,
} from './publishing.problems.js';

/** One language of an article, as somebody has seen it. */
export interface PublicationWish {
  readonly articleId: string;
  readonly language: LanguageTag;
  /** The number of the revision that readers are to get. */
  readonly expectedRevision: number;
  readonly reason?: string | null;
}

/** A text that readers have. */
export interface PublicationFacts {
  readonly articleId: string;
  readonly language: LanguageTag;
  readonly edition: number;
  /** Whether this issued an edition; false where readers had it already. */
  readonly isNew: boolean;
  /** What is remarkable of it all the same. */
  readonly findings: readonly DeskFindingFacts[];
}

/** What readers get after one language was taken from them. */
export interface Unpublished {
  /** Null where they get nothing any more. */
  readonly edition: number | null;
  /** What gives them the language again, unless it is called off; null where nothing does. */
  readonly schedule: PublicationScheduleEntity | null;
}

/** What publishing may come to beside the publication. */
export type PublicationProblem = NotFound | RevisionConflict | NotApproved | BlockedByFindings | ArticleIsWithdrawn;

/** Gives readers texts, and takes them from them: one language at a time, and never another. Who may, is asked before. */
@Injectable()
export class PublicationsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly editions: EditionsService,
    private readonly trail: AuditTrail,
  ) {}

  /** Publishes one language of an article: its newest revision, if that is approved and nothing blocks it. */
  async publish(actor: Actor, wish: PublicationWish): Promise<PublicationFacts | PublicationProblem> {
    return inTransactionUnlessProblem(this.dataSource, (manager) => this.publishIn(manager, actor, wish));
  }

  /** The same within the caller's transaction, of which nothing may stay when it comes to a problem. */
  async publishIn(
    manager: EntityManager,
    actor: Actor,
    { articleId, language, expectedRevision, reason = null }: PublicationWish,
  ): Promise<PublicationFacts | PublicationProblem> {
    const gate = await lockAtGate(manager, articleId, language);
    if (gate === null) return new NotFound('articleId');
    if (gate.text?.revisionNumber == null) return new NotFound('language');
    const refusal = refusalAtGate(gate, language, expectedRevision);
    if (refusal !== null) return refusal;
    if (gate.isUnpublished) await manager.query(FORGET_UNPUBLISHED, [articleId, language]);
    if (gate.schedule !== null) await manager.query(END_SCHEDULE, [articleId, language]);
    const published = (
      await this.editions.publishLocked(manager, [{ articleId, language }], reason ?? 'Published')
    ).get(articleId);
    if (published === undefined || !('number' in published))
      throw new TypeError('the gate has let through what is shut out');
    const { number: edition, outcome } = published;
    const isNew = outcome === 'published';
    // Where readers had it already and nothing was to come, nothing was done.
    if (isNew || gate.schedule !== null) {
      await this.trail.record(manager, actor, {
        operation: 'article.publish',
        objectType: 'Article',
        objectId: articleId,
        language,
        before: { edition: gate.lastEdition, languages: gate.servedLanguages, schedule: gate.schedule },
        after: { edition, revision: expectedRevision },
        reason,
      });
    }
    const findings = gate.findings.filter((finding) => !isBlocking(finding, language) && finding.waiver === null);
    return { articleId, language, edition, isNew, findings };
  }

  /**
   * Takes one language of an article from readers; with the last one, they no longer get the article, and are told
   * nothing of it. Gives the new edition's number; null where none is left; and what is scheduled of the language still.
   */
  async unpublish(
    actor: Actor,
    {
      articleId,
      language,
      expectedEdition,
      reason = null,
    }: {
      readonly articleId: string;
      readonly language: LanguageTag;
      readonly expectedEdition: number;
      readonly reason?: string | null;
    },
  ): Promise<Unpublished | NotFound | NotPublished | EditionConflict> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const gate = await lockAtGate(manager, articleId, language);
      if (gate === null) return new NotFound('articleId');
      if (!gate.servedLanguages.includes(language)) return new NotPublished(language);
      if (gate.lastEdition !== expectedEdition) return new EditionConflict(gate.lastEdition ?? 0);
      await manager.query(NOTE_UNPUBLISHED, [articleId, language]);
      const edition = await this.editions.unpublishLocked(manager, articleId, language, reason ?? 'Unpublished');
      await this.trail.record(manager, actor, {
        operation: 'article.unpublish',
        objectType: 'Article',
        objectId: articleId,
        language,
        before: { edition: gate.lastEdition, languages: gate.servedLanguages, schedule: gate.schedule },
        // What is to come of it, comes.
        after: { edition, languages: gate.servedLanguages.filter((one) => one !== language), schedule: gate.schedule },
        reason,
      });
      const schedule =
        gate.schedule === null ? null : await manager.findOneBy(PublicationScheduleEntity, { articleId, language });
      return { edition, schedule };
    });
  }
}

const FORGET_UNPUBLISHED = 'delete from desk.unpublished_text where article_id = $1 and language = $2';

const END_SCHEDULE = 'delete from desk.publication_schedule where article_id = $1 and language = $2';

/** A published text goes back to where it was before; one that somebody works on stays a draft. */
const NOTE_UNPUBLISHED = `
with noted as (
  insert into desk.unpublished_text (article_id, language) values ($1, $2) on conflict do nothing
)
update desk.translation set state = 'APPROVED' where article_id = $1 and language = $2 and state = 'PUBLISHED'`;
