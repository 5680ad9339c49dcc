import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import type { NoticeKind } from '../common/vocabulary.js';
import { PublisherEntity } from '../publishers/publisher.entity.js';
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
    return findOrAddVersion(manager, stated.statedById, {
      list: () => manager.find(NoticeEntity, { where: clause, order: { version: 'DESC' } }),
      isSame: (notice) => notice.text === text && notice.kind === kind,
      add: (version) => manager.save(NoticeEntity, { ...stated, kind, version }),
    });
  }

  /** The reuse term in this wording: the version that has it, or a new one. */
  async findOrAddReuseTerm(
    manager: EntityManager,
    stated: StatedClause,
    meaning: ReuseClause,
    audienceLabel: string | null,
    contactPointId: string | null,
  ): Promise<ReuseTermEntity> {
    const { text: _, ...clause } = stated;
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
    return findOrAddVersion(manager, stated.statedById, {
      list: () => manager.find(ReuseTermEntity, { where: clause, order: { version: 'DESC' } }),
      isSame: (version) => meaningOf(version) === meaningOf(term),
      add: (version) => manager.save(ReuseTermEntity, { ...term, version }),
    });
  }
}

/** The versions of one clause, the newest first. */
interface Versions<T> {
  readonly list: () => Promise<T[]>;
  readonly isSame: (version: T) => boolean;
  readonly add: (version: number) => Promise<T>;
}

/** Whoever adds versions of one publisher's clauses takes turns; whoever finds what it looks for waits for nobody. */
async function findOrAddVersion<T extends { readonly version: number }>(
  manager: EntityManager,
  publisherId: string,
  { list, isSame, add }: Versions<T>,
): Promise<T> {
  const known = (await list()).find(isSame);
  if (known !== undefined) return known;
  await manager.findOneOrFail(PublisherEntity, {
    where: { id: publisherId },
    lock: { mode: 'for_no_key_update' },
  });
  const versions = await list();
  return versions.find(isSame) ?? add((versions[0]?.version ?? 0) + 1);
}
