import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { LanguageTag } from '../common/language-tag.js';
import { nameBasedId } from '../common/name-based-id.js';
import type { SeedOutcome } from '../common/seed-outcome.js';
import { toSlug } from '../common/slug.js';
import type { TermScheme } from '../common/vocabulary.js';
import { freeId } from '../database/free-id.js';
import { requireStorableName } from '../database/name-length.js';
import { TermAliasEntity, TermEntity, TermLabelEntity } from './term.entity.js';
import type { TermRecord } from './term-file.js';
import { writtenForm, writtenForms } from './written-form.js';

/** Files articles under another term, or for good under the same: those whose page's label is meant. */
export type Refile = (
  manager: EntityManager,
  fromTermId: string,
  toTermId: string,
  isMeant: (rawLabel: string) => boolean,
) => Promise<void>;

/** A term that pages write in some way. */
export type KnownTerm = Pick<TermEntity, 'id' | 'isListed'>;

const TERMS_BY_FORM = `
select a.folded, t.id, t.is_listed as "isListed" from desk.term_alias a join desk.term t on t.id = a.term_id
where a.scheme = $1 and a.folded = any ($2) for key share of t`;

@Injectable()
export class TaxonomyService {
  /**
   * Makes the desk's term, its labels and the ways in which pages write it what the data file says, and no more than
   * that. A way of writing that another term had, since an import has added one by itself or a data file has thought
   * better of it, is this term's now: the articles whose pages write it so go with it, and a term that nothing writes
   * any longer is gone. A term that no data file names any more stays: articles may be filed under it.
   */
  async seed(
    manager: EntityManager,
    scheme: TermScheme,
    record: TermRecord,
    refile: Refile = () => Promise.resolve(),
  ): Promise<SeedOutcome> {
    const known = await manager.findOneBy(TermEntity, { scheme, slug: record.slug });
    const id = known?.id ?? (await idOf(manager, scheme, record.slug));
    if (known === null) await manager.insert(TermEntity, { id, scheme, slug: record.slug, isListed: true });
    const isNewlyListed = known?.isListed === false;
    if (isNewlyListed) await manager.update(TermEntity, { id }, { isListed: true });
    const isRelabelled = await this.#seedLabels(manager, id, record);
    const isRewritten = await this.#seedAliases(manager, scheme, id, record, refile);
    if (known === null) return 'added';
    if (!isRelabelled && !isRewritten && !isNewlyListed) return 'unchanged';
    const forms = new Set(writtenForms(record));
    await refile(manager, id, id, (rawLabel) => forms.has(writtenForm(rawLabel)));
    return 'changed';
  }

  /** The term that pages write like this, kept from being merged until the transaction ends; null where no list has it. */
  async findByLabel(manager: EntityManager, scheme: TermScheme, label: string): Promise<TermEntity | null> {
    for (;;) {
      const alias = await manager.findOneBy(TermAliasEntity, { scheme, folded: writtenForm(label) });
      if (alias === null) return null;
      const term = await manager.findOne(TermEntity, { where: { id: alias.termId }, lock: { mode: 'for_key_share' } });
      // Merged into another one meanwhile: the way of writing leads there.
      if (term !== null) return term;
    }
  }

  /**
   * The terms that pages write like these, by label; they are kept from being merged until the transaction ends.
   * A label that no list has is not among them.
   */
  async findByLabels(
    manager: EntityManager,
    scheme: TermScheme,
    labels: Iterable<string>,
  ): Promise<Map<string, KnownTerm>> {
    const forms = new Map([...new Set(labels)].map((label) => [label, writtenForm(label)]));
    if (forms.size === 0) return new Map();
    const rows = await manager.query<(KnownTerm & { folded: string })[]>(TERMS_BY_FORM, [scheme, [...forms.values()]]);
    const known = new Map(rows.map(({ folded, ...term }) => [folded, term]));
    return new Map(
      [...forms].flatMap(([label, form]) => {
        const term = known.get(form);
        return term === undefined ? [] : [[label, term]];
      }),
    );
  }

  /** The term that pages write like this; a new one where no list has it. Throws NameTooLongError. */
  async findOrAdd(
    manager: EntityManager,
    scheme: TermScheme,
    label: string,
    language: LanguageTag,
  ): Promise<TermEntity> {
    return (await this.findByLabel(manager, scheme, label)) ?? this.add(manager, scheme, label, language);
  }

  /** Adds a term that a page names and no list has, with the page's label alone. Throws NameTooLongError. */
  async add(manager: EntityManager, scheme: TermScheme, label: string, language: LanguageTag): Promise<TermEntity> {
    const folded = requireStorableName(writtenForm(requireStorableName(label)));
    const plain = toSlug(label);
    for (let place = 1; ; place++) {
      const slug = place === 1 ? plain : `${plain}-${place}`;
      const inserted = await manager
        .createQueryBuilder()
        .insert()
        .into(TermEntity)
        .values({ id: await idOf(manager, scheme, slug), scheme, slug, isListed: false })
        .orIgnore()
        .returning(['id'])
        .execute();
      const [added] = inserted.raw as { id: string }[];
      if (added !== undefined) {
        const claimed = await manager
          .createQueryBuilder()
          .insert()
          .into(TermAliasEntity)
          .values({ scheme, folded, termId: added.id })
          .orIgnore()
          .returning(['folded'])
          .execute();
        if ((claimed.raw as unknown[]).length > 0) {
          await manager.insert(TermLabelEntity, { termId: added.id, language, label });
          return manager.findOneByOrFail(TermEntity, { id: added.id });
        }
        await manager.delete(TermEntity, { id: added.id });
      }
      // Whoever was first to add this very label has added the alias too; another label takes another slug.
      const known = await this.findByLabel(manager, scheme, label);
      if (known !== null) return known;
    }
  }

  async #seedLabels(manager: EntityManager, termId: string, record: TermRecord): Promise<boolean> {
    const labels = new Map(Object.entries(record.labels));
    let isChanged = false;
    for (const { language, label } of await manager.findBy(TermLabelEntity, { termId })) {
      if (labels.get(language) === label) labels.delete(language);
      else if (!labels.has(language)) {
        await manager.delete(TermLabelEntity, { termId, language });
        isChanged = true;
      }
    }
    for (const [language, label] of labels) await manager.save(TermLabelEntity, { termId, language, label });
    return isChanged || labels.size > 0;
  }

  async #seedAliases(
    manager: EntityManager,
    scheme: TermScheme,
    termId: string,
    record: TermRecord,
    refile: Refile,
  ): Promise<boolean> {
    const forms = new Set(writtenForms(record));
    const before = await manager.findBy(TermAliasEntity, { scheme, termId });
    const surplus = before.filter(({ folded }) => !forms.has(folded));
    if (surplus.length > 0) await manager.remove(TermAliasEntity, surplus);
    const missing = [...forms].filter((form) => !before.some(({ folded }) => folded === form));
    if (missing.length === 0) return surplus.length > 0;

    const losers = new Set<string>();
    for (const folded of missing) {
      await manager
        .createQueryBuilder()
        .insert()
        .into(TermAliasEntity)
        .values({ scheme, folded, termId })
        .orIgnore()
        .execute();
      const { termId: ownerId } = await manager.findOneByOrFail(TermAliasEntity, { scheme, folded });
      if (ownerId !== termId) losers.add(ownerId);
    }
    for (const loserId of losers) {
      // Imports that file articles under it at this moment are waited for; later ones find this term.
      await manager.findOne(TermEntity, { where: { id: loserId }, lock: { mode: 'pessimistic_write' } });
      await manager.update(TermAliasEntity, { scheme, folded: In(missing), termId: loserId }, { termId });
      const isGone = !(await manager.existsBy(TermAliasEntity, { termId: loserId }));
      await refile(manager, loserId, termId, (rawLabel) => isGone || forms.has(writtenForm(rawLabel)));
      if (isGone) await manager.delete(TermEntity, { id: loserId });
    }
    return true;
  }
}

/** The id that a new term gets. */
function idOf(manager: EntityManager, scheme: TermScheme, slug: string): Promise<string> {
  return freeId(manager, TermEntity, nameBasedId('term', scheme, slug));
}
