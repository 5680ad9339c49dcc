import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import type { NoticeKind } from '../common/vocabulary.js';
import type { ReuseClause } from '../publishers/wrapper-definition.js';
import { NoticeEntity } from './notice.entity.js';
import { ReuseTermEntity } from './reuse-term.entity.js';

/** A clause in the wording in which a page states it. */
export interface StatedClause {
  readonly statedById: string;
  readonly clauseKey: string;
  readonly language: LanguageTag;
  readonly text: string;
}

@Injectable()
export class RightsService {
  /** The notice in this wording: the version that has it, or a new one. */
  async findOrAddNotice(manager: EntityManager, stated: StatedClause, kind: NoticeKind): Promise<NoticeEntity> {
    const { text, ...clause } = stated;
    const versions = await manager.find(NoticeEntity, { where: clause, order: { version: 'DESC' } });
    const same = versions.find((notice) => notice.text === text && notice.kind === kind);
    if (same !== undefined) return same;
    return manager.save(NoticeEntity, { ...stated, kind, version: (versions[0]?.version ?? 0) + 1 });
  }

  /** The reuse term in this wording: the version that has it, or a new one. */
  async findOrAddReuseTerm(
    manager: EntityManager,
    stated: StatedClause,
    meaning: ReuseClause,
    audienceLabel: string | null,
    contactPointId: string | null,
  ): Promise<ReuseTermEntity> {
    const { text, ...clause } = stated;
    const versions = await manager.find(ReuseTermEntity, { where: clause, order: { version: 'DESC' } });
    const term = {
      ...stated,
      effect: meaning.effect,
      actions: [...meaning.actions],
      media: [...meaning.media],
      duties: [...meaning.duties],
      audienceLabel,
      contactPointId,
    };
    const meaningOf = (t: typeof term): string =>
      JSON.stringify([t.text, t.effect, t.actions, t.media, t.duties, t.audienceLabel, t.contactPointId]);
    const same = versions.find((version) => meaningOf(version) === meaningOf(term));
    return same ?? manager.save(ReuseTermEntity, { ...term, version: (versions[0]?.version ?? 0) + 1 });
  }
}
