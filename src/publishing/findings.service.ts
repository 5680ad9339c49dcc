import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AuditTrail } from '../accounts/audit/audit-trail.js';
import type { Actor } from '../common/actor.js';
import type { LanguageTag } from '../common/language-tag.js';
import { NotFound } from '../common/problem.type.js';
import { inTransactionUnlessProblem } from '../database/transaction.js';
import type { DeskFindingCode } from './attribution.js';
import type { DeskFindingFacts } from './desk-finding.js';
import { lockAtGate } from './publication-gate.js';
import { FindingWaiverEntity } from './publishing.entity.js';
import { NoSuchFinding, NoSuchWaiver } from './publishing.problems.js';

/** A finding that is to block nothing, or to block again, and why. */
export interface WaiverWish {
  readonly articleId: string;
  readonly code: DeskFindingCode;
  readonly language: LanguageTag | null;
  readonly path: string;
  readonly reason: string;
}

/** Lets people answer for what is found. Who may, is asked before. */
@Injectable()
export class FindingsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly trail: AuditTrail,
  ) {}

  /** Has a finding block nothing for as long as it is about the same. Problems: NotFound, NoSuchFinding. */
  async waive(
    actor: Actor,
    { articleId, code, language, path, reason }: WaiverWish,
  ): Promise<DeskFindingFacts | NotFound | NoSuchFinding> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const gate = await lockAtGate(manager, articleId, language);
      if (gate === null) return new NotFound('articleId');
      const finding = gate.findings.find(
        (one) => one.code === code && one.language === language && one.path === path && one.waiver === null,
      );
      if (finding === undefined) return new NoSuchFinding();
      const { cause } = finding;
      const saved = await manager.save(FindingWaiverEntity, {
        articleId,
        code,
        language,
        path,
        cause,
        reason,
        waivedBy: actor.name,
      });
      await this.trail.record(manager, actor, {
        operation: 'finding.waive',
        objectType: 'Article',
        objectId: articleId,
        language,
        after: { code, path, cause },
        reason,
      });
      return { ...finding, waiver: { reason, waivedBy: actor.name, waivedAt: saved.waivedAt.toISOString() } };
    });
  }

  /**
   * Takes a waiver back: the finding blocks what is published from now on. What readers have, they keep. The waiver and its
   * reason stay in the audit trail. Problems: NotFound, NoSuchWaiver.
   */
  async revoke(
    actor: Actor,
    { articleId, code, language, path, reason }: WaiverWish,
  ): Promise<DeskFindingFacts | NotFound | NoSuchWaiver> {
    return inTransactionUnlessProblem(this.dataSource, async (manager) => {
      const gate = await lockAtGate(manager, articleId, language);
      if (gate === null) return new NotFound('articleId');
      const finding = gate.findings.find(
        (one) => one.code === code && one.language === language && one.path === path && one.waiver !== null,
      );
      if (finding === undefined) return new NoSuchWaiver();
      const { cause, waiver } = finding;
      await manager.query(REVOKE, [articleId, code, language, path, cause]);
      await this.trail.record(manager, actor, {
        operation: 'finding.waive',
        objectType: 'Article',
        objectId: articleId,
        language,
        before: { code, path, cause, waiver },
        after: null,
        reason,
      });
      return { ...finding, waiver: null };
    });
  }
}

const REVOKE = `
delete from desk.finding_waiver
where article_id = $1 and code = $2 and language is not distinct from $3 and path = $4 and cause = $5`;
