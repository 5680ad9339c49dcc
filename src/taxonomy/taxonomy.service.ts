import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { foldLabel } from '../common/fold-label.js';
import type { LanguageTag } from '../common/language-tag.js';
import type { SeedOutcome } from '../common/seed-outcome.js';
import { toSlug } from '../common/slug.js';
import type { TermScheme } from '../common/vocabulary.js';
import { TermAliasEntity, TermEntity, TermLabelEntity } from './term.entity.js';
import type { TermRecord } from './term-file.js';

@Injectable()
export class TaxonomyService {
  /** Makes the desk's term, its labels and the ways in which pages write it what the data file says. */
  async seed(manager: EntityManager, scheme: TermScheme, record: TermRecord): Promise<SeedOutcome> {
    const known = await manager.findOne(TermEntity, {
      where: { scheme, slug: record.slug },
      relations: { labels: true },
    });
    const term = known ?? (await manager.save(TermEntity, { scheme, slug: record.slug }));
    let outcome: SeedOutcome = known === null ? 'added' : 'unchanged';
    for (const [language, label] of Object.entries(record.labels)) {
      if (known?.labels.some((l) => l.language === language && l.label === label)) continue;
      await manager.save(TermLabelEntity, { termId: term.id, language, label });
      if (known !== null) outcome = 'changed';
    }
    const folded = new Set([...Object.values(record.labels), ...record.aliases].map(foldLabel));
    const aliases = new Map(
      (await manager.findBy(TermAliasEntity, { scheme, termId: term.id })).map((alias) => [alias.folded, alias]),
    );
    for (const alias of folded) {
      if (aliases.has(alias)) continue;
      await manager.save(TermAliasEntity, { scheme, folded: alias, termId: term.id });
      if (known !== null) outcome = 'changed';
    }
    return outcome;
  }

  /** The term that pages write like this, or null where no list has it. */
  async findByLabel(manager: EntityManager, scheme: TermScheme, label: string): Promise<TermEntity | null> {
    const alias = await manager.findOne(TermAliasEntity, {
      where: { scheme, folded: foldLabel(label) },
      relations: { term: true },
    });
    return alias?.term ?? null;
  }

  /** Adds a term that a page names and no list has, with the page's label alone. */
  async add(manager: EntityManager, scheme: TermScheme, label: string, language: LanguageTag): Promise<TermEntity> {
    const folded = foldLabel(label);
    const plain = toSlug(label);
    for (let place = 1; ; place++) {
      const slug = place === 1 ? plain : `${plain}-${place}`;
      const inserted = await manager
        .createQueryBuilder()
        .insert()
        .into(TermEntity)
        .values({ scheme, slug })
        .orIgnore()
        .returning(['id'])
        .execute();
      const [added] = inserted.raw as { id: string }[];
      if (added === undefined) {
        // Whoever was first to add this very label has added the alias too; another label takes another slug.
        const known = await this.findByLabel(manager, scheme, label);
        if (known !== null) return known;
        continue;
      }
      await manager.insert(TermLabelEntity, { termId: added.id, language, label });
      await manager.insert(TermAliasEntity, { scheme, folded, termId: added.id });
      return manager.findOneByOrFail(TermEntity, { id: added.id });
    }
  }
}
