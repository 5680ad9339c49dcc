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
import { NoSuchFinding } from './publishing.problems.js';

/** A finding that is to block nothing, and why. */
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
}
