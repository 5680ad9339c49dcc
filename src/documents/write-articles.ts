import { Injectable } from '@nestjs/common';
import type { EntityManager, ObjectLiteral } from 'typeorm';
import {
  ArticleContactPointEntity,
  ArticleLinkEntity,
  ArticleNoticeEntity,
  ArticleReuseTermEntity,
  ArticleTermEntity,
  CopyrightNoticeEntity,
  CreditEntity,
  WrapperLineEntity,
} from '../articles/article-parts.entity.js';
import { type Finding, FINDING_SEVERITIES } from '../articles/finding.js';
import { OriginEntity } from '../articles/origin.entity.js';
import type { LanguageTag } from '../common/language-tag.js';
import { TERM_LISTS, TERM_SCHEMES } from '../common/vocabulary.js';
import { ContactsService } from '../contacts/contacts.service.js';
import { insertRows, type RowOf } from '../database/insert-rows.js';
import { RightsService } from '../rights/rights.service.js';
import { SourcesService } from '../sources/sources.service.js';
import { TaxonomyService } from '../taxonomy/taxonomy.service.js';
import type { ArticleFields } from './article-fields.js';

/** An article and those of its fields that are to be written; the others stay as the desk has them. */
export interface ArticleToWrite {
  readonly articleId: string;
  readonly publisherId: string;
  readonly pageLanguage: LanguageTag;
  /** Whether the desk has rows of it that give way. */
  readonly isKnown: boolean;
  readonly fields: Partial<ArticleFields>;
}

type Lists = (article: ArticleToWrite) => readonly object[] | undefined;

/** Writes what articles are made of beside their texts, many articles at a time. */
@Injectable()
export class ArticleWriter {
  constructor(
    private readonly sources: SourcesService,
    private readonly taxonomy: TaxonomyService,
    private readonly contacts: ContactsService,
    private readonly rights: RightsService,
  ) {}

  /**
   * Writes the fields within the caller's transaction. Gives what is to be remarked of each article: terms that no
   * list has. Throws NameTooLongError.
   */
  async write(manager: EntityManager, articles: readonly ArticleToWrite[]): Promise<Map<string, Finding[]>> {
    await this.#writeOrigins(manager, articles);
    await this.#writeCredits(manager, articles);
    const remarks = await this.#writeTerms(manager, articles);
    await this.#writeClauses(manager, articles);
    await replaceRows(manager, CopyrightNoticeEntity, articles, ({ fields }) => {
      const copyright = fields['rights.copyright'];
      return copyright === undefined ? undefined : copyright === null ? [] : [{ ...copyright }];
    });
    await replaceRows(manager, ArticleLinkEntity, articles, ({ fields }) => fields.links?.map(placed));
    await replaceRows(manager, WrapperLineEntity, articles, ({ fields }) => fields['wrapper.lines']);
    return remarks;
  }

  async #writeOrigins(manager: EntityManager, articles: readonly ArticleToWrite[]): Promise<void> {
    const names = articles.map(({ fields }) => fields['origin.source']).filter((name) => name != null);
    const sources = await this.sources.findOrAddAll(manager, names);
    const added: RowOf<OriginEntity>[] = [];
    for (const { articleId, isKnown, fields } of articles) {
      const source = fields['origin.source'];
      const row = defined({
        relation: fields['origin.relation'],
        sourceId: source == null ? source : (sources.get(source)?.id ?? null),
        url: fields['origin.url'],
        title: fields['origin.title'],
        language: fields['origin.language'],
        publishedOn: fields['origin.publishedOn'],
      });
      if (!isKnown) added.push({ articleId, ...row });
      else if (Object.keys(row).length > 0) await manager.update(OriginEntity, { articleId }, row);
    }
    await insertRows(manager, OriginEntity, added);
  }

  async #writeCredits(manager: EntityManager, articles: readonly ArticleToWrite[]): Promise<void> {
    const names = articles.flatMap(({ fields }) => fields.credits?.map(({ name }) => name) ?? []);
    const agents = await this.sources.findOrAddAgents(manager, names);
    await replaceRows(manager, CreditEntity, articles, ({ fields }) =>
      fields.credits?.map(({ role, name }, position) => ({ position, role, agentId: agents.get(name)?.id })),
    );
  }

  /** Files articles under their terms; a term that no list has is added with the page's label, and remarked. */
  async #writeTerms(manager: EntityManager, articles: readonly ArticleToWrite[]): Promise<Map<string, Finding[]>> {
    const remarks = new Map<string, Finding[]>();
    for (const scheme of TERM_SCHEMES) {
      const list = TERM_LISTS[scheme];
      const listed = articles.filter(({ fields }) => fields[list] !== undefined);
      if (listed.length === 0) continue;
      const terms = await this.taxonomy.findByLabels(
        manager,
        scheme,
        listed.flatMap(({ fields }) => fields[list] ?? []),
      );
      for (const { fields, pageLanguage } of listed) {
        for (const label of fields[list] ?? []) {
          if (terms.has(label)) continue;
          terms.set(label, await this.taxonomy.findOrAdd(manager, scheme, label, pageLanguage));
        }
      }
      await replaceRows(
        manager,
        ArticleTermEntity,
        articles,
        ({ fields }) =>
          fields[list]?.map((rawLabel, position) => ({ scheme, position, termId: terms.get(rawLabel)?.id, rawLabel })),
        { scheme },
      );
      for (const { articleId, fields } of listed) {
        const unknown = (fields[list] ?? []).flatMap((label, i) =>
          terms.get(label)?.isListed === false ? [termUnknown(list, i, label)] : [],
        );
        if (unknown.length > 0) remarks.set(articleId, [...(remarks.get(articleId) ?? []), ...unknown]);
      }
    }
    return remarks;
  }

  async #writeClauses(manager: EntityManager, articles: readonly ArticleToWrite[]): Promise<void> {
    const stated = articles.flatMap(({ publisherId, fields }) => [
      ...(fields.contactPoints ?? []).map(({ email, purposes }) => ({ publisherId, email, purposes })),
      ...(fields['rights.reuseTerms'] ?? []).flatMap(({ email }) =>
        email === null ? [] : [{ publisherId, email, purposes: [] }],
      ),
    ]);
    const contacts = new Map(
      (await this.contacts.findOrAddAll(manager, stated)).map(({ publisherId, email, id }) => [
        `${publisherId} ${email}`,
        id,
      ]),
    );
    await replaceRows(manager, ArticleContactPointEntity, articles, ({ publisherId, fields }) =>
      fields.contactPoints?.map(({ email, purposes }, position) => ({
        position,
        contactPointId: contacts.get(`${publisherId} ${email}`),
        purposes,
      })),
    );

    const clauseOf = ({ publisherId, pageLanguage }: ArticleToWrite, clauseKey: string, text: string) => ({
      statedById: publisherId,
      clauseKey,
      language: pageLanguage,
      text,
    });
    const notices = await this.rights.findOrAddNotices(
      manager,
      articles.flatMap((article) =>
        (article.fields['rights.notices'] ?? []).map(({ clauseKey, kind, text }) => ({
          ...clauseOf(article, clauseKey, text),
          kind,
        })),
      ),
    );
    await replaceRows(manager, ArticleNoticeEntity, articles, ({ fields }) =>
      fields['rights.notices']?.map((_, position) => ({ position, noticeId: notices.shift()?.id })),
    );
    const terms = await this.rights.findOrAddReuseTerms(
      manager,
      articles.flatMap((article) =>
        (article.fields['rights.reuseTerms'] ?? []).map((term) => ({
          ...clauseOf(article, term.clauseKey, term.text),
          meaning: { effect: term.effect, actions: term.actions, media: term.media, duties: term.duties },
          audienceLabel: term.audienceLabel,
          contactPointId: term.email === null ? null : (contacts.get(`${article.publisherId} ${term.email}`) ?? null),
        })),
      ),
    );
    await replaceRows(manager, ArticleReuseTermEntity, articles, ({ fields }) =>
      fields['rights.reuseTerms']?.map((_, position) => ({ position, reuseTermId: terms.shift()?.id })),
    );
  }
}

/** Writes a list anew for the articles that have one to be written; `where` narrows what gives way to it. */
async function replaceRows(
  manager: EntityManager,
  entity: new () => ObjectLiteral,
  articles: readonly ArticleToWrite[],
  listOf: Lists,
  where: Readonly<Record<string, string>> = {},
): Promise<void> {
  const lists = articles.map((article) => ({ article, list: listOf(article) }));
  const known = lists.filter(({ article, list }) => article.isKnown && list !== undefined);
  if (known.length > 0) {
    await manager
      .createQueryBuilder()
      .delete()
      .from(entity)
      .where('article_id = any (:ids)', { ids: known.map(({ article }) => article.articleId) })
      .andWhere(where)
      .execute();
  }
  const rows = lists.flatMap(({ article: { articleId }, list }) => (list ?? []).map((row) => ({ ...row, articleId })));
  await insertRows(manager, entity, rows);
}

function placed<T extends object>(value: T, position: number): T & { position: number } {
  return { ...value, position };
}

/** Without what is undefined; null stays. */
function defined<T extends object>(row: T): Partial<T> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function termUnknown(list: string, position: number, label: string): Finding {
  return {
    code: 'TERM_UNKNOWN',
    severity: FINDING_SEVERITIES.TERM_UNKNOWN,
    language: null,
    path: `${list}[${position}]`,
    line: null,
    message: `No list of terms has “${label}”. Add it with its labels in each language.`,
  };
}
