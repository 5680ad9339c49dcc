import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import { nameBasedId } from '../common/name-based-id.js';
import type { NoticeKind } from '../common/vocabulary.js';
import { freeId } from '../database/free-id.js';
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

/** A notice as a page states it. */
export interface StatedNotice extends StatedClause {
  readonly kind: NoticeKind;
}

/** A reuse term as a page states it. */
export interface StatedReuseTerm extends StatedClause {
  readonly meaning: ReuseClause;
  readonly audienceLabel: string | null;
  readonly contactPointId: string | null;
}

@Injectable()
export class RightsService {
  /** The versions of notices that have these wordings, in their order. */
  async findOrAddNotices(manager: EntityManager, stated: readonly StatedNotice[]): Promise<NoticeEntity[]> {
    const known = await listVersions(manager, NoticeEntity, stated);
    const found: NoticeEntity[] = [];
    for (const one of stated) {
      const { kind, ...clause } = one;
      let notice = known.find(
        (version) => isOfClause(version, one) && version.text === one.text && version.kind === kind,
      );
      if (notice === undefined) known.push((notice = await this.findOrAddNotice(manager, clause, kind)));
      found.push(notice);
    }
    return found;
  }

  /** The versions of reuse terms that have these wordings and meanings, in their order. */
  async findOrAddReuseTerms(manager: EntityManager, stated: readonly StatedReuseTerm[]): Promise<ReuseTermEntity[]> {
    const known = await listVersions(manager, ReuseTermEntity, stated);
    const found: ReuseTermEntity[] = [];
    for (const one of stated) {
      const { meaning, audienceLabel, contactPointId, ...clause } = one;
      const term = { ...clause, ...meaning, audienceLabel, contactPointId };
      let version = known.find((candidate) => isOfClause(candidate, one) && meaningOf(candidate) === meaningOf(term));
      if (version === undefined) {
        version = await this.findOrAddReuseTerm(manager, clause, meaning, audienceLabel, contactPointId);
        known.push(version);
      }
      found.push(version);
    }
    return found;
  }

  /** The notice in this wording: the version that has it, or a new one. */
  async findOrAddNotice(manager: EntityManager, stated: StatedClause, kind: NoticeKind): Promise<NoticeEntity> {
    const { text, ...clause } = stated;
    return findOrAddVersion(manager, stated.statedById, {
      list: () => manager.find(NoticeEntity, { where: clause, order: { version: 'DESC' } }),
      isSame: (notice) => notice.text === text && notice.kind === kind,
      add: async (version) => {
        const id = await freeId(manager, NoticeEntity, versionId('notice', stated, version));
        return manager.save(NoticeEntity, { ...stated, id, kind, version });
      },
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
    return findOrAddVersion(manager, stated.statedById, {
      list: () => manager.find(ReuseTermEntity, { where: clause, order: { version: 'DESC' } }),
      isSame: (version) => meaningOf(version) === meaningOf(term),
      add: async (version) => {
        const id = await freeId(manager, ReuseTermEntity, versionId('reuse term', stated, version));
        return manager.save(ReuseTermEntity, { ...term, id, version });
      },
    });
  }
}

/** The id of a version of a clause. */
function versionId(kind: string, { statedById, clauseKey, language }: StatedClause, version: number): string {
  return nameBasedId(kind, statedById, clauseKey, language, version);
}

type MeantTerm = ReuseClause & Pick<StatedReuseTerm, 'text' | 'audienceLabel' | 'contactPointId'>;

function meaningOf(term: MeantTerm): string {
  const { text, effect, actions, media, duties, audienceLabel, contactPointId } = term;
  return JSON.stringify([text, effect, actions, media, duties, audienceLabel, contactPointId]);
}

function isOfClause(version: Omit<StatedClause, 'text'>, { statedById, clauseKey, language }: StatedClause): boolean {
  return version.statedById === statedById && version.clauseKey === clauseKey && version.language === language;
}

/** All versions of the clauses that are stated. */
async function listVersions<Entity extends NoticeEntity | ReuseTermEntity>(
  manager: EntityManager,
  entity: new () => Entity,
  stated: readonly StatedClause[],
): Promise<Entity[]> {
  if (stated.length === 0) return [];
  const where = {
    statedById: In([...new Set(stated.map((one) => one.statedById))]),
    clauseKey: In([...new Set(stated.map((one) => one.clauseKey))]),
  };
  return manager.find<NoticeEntity | ReuseTermEntity>(entity, { where }) as Promise<Entity[]>;
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
