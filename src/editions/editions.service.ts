import { Injectable } from '@nestjs/common';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import { ArticlesQueries, type WholeArticle } from '../articles/articles.queries.js';
import { blocksPublishing, type Finding } from '../articles/finding.js';
import type { LanguageTag } from '../common/language-tag.js';
import { firstDayOf } from '../common/partial-date.js';
import { EvidenceEntity } from '../documents/provenance.entity.js';
import { PublishersService } from '../publishers/publishers.service.js';
import { buildEdition, buildEditionText } from './build-edition.js';
import {
  ArticleReferenceEntity,
  ArticleSlugEntity,
  CurrentArticleEntity,
  EditionEntity,
  EditionTextEntity,
  ReferenceEntity,
  type ReferenceKind,
} from './edition.entity.js';
import type { EditionContent, EditionEvidence, EditionText } from './edition-content.js';
import { plainText } from './markdown-formats.js';

/** What publishing one language came to. */
export type Published =
  | { readonly outcome: 'published'; readonly number: number }
  | { readonly outcome: 'unchanged'; readonly number: number }
  | { readonly outcome: 'blocked'; readonly findings: readonly Finding[] };

interface Bodies {
  readonly texts: readonly EditionText[];
  readonly bodies: ReadonlyMap<LanguageTag, string>;
}

/** Issues editions: the only way from the desk to readers. */
@Injectable()
export class EditionsService {
  constructor(
    private readonly articles: ArticlesQueries,
    private readonly publishers: PublishersService,
  ) {}

  /**
   * Publishes one language of an article within the caller's transaction: a new edition holds that language's newest
   * revision, and the other languages' texts exactly as the last edition had them. Nothing is issued when nothing
   * has changed, or when a finding blocks the language.
   */
  async publish(manager: EntityManager, articleId: string, language: LanguageTag, reason: string): Promise<Published> {
    const article = await this.articles.findWholeForUpdate(manager, articleId);
    if (article === null) throw new TypeError('an article that does not exist can not be published');
    if (blocksPublishing(article.findings, language)) {
      return { outcome: 'blocked', findings: article.findings.filter((f) => f.severity === 'ERROR') };
    }
    const last = await manager.findOne(EditionEntity, { where: { articleId }, order: { number: 'DESC' } });
    const { texts, bodies } = await this.#textsWith(manager, article, language, last);
    const wrappers = await this.publishers.listWrappers(manager, article.publisher);
    const content = JSON.parse(JSON.stringify(buildEdition(article, texts, wrappers))) as EditionContent;
    if (last !== null && isDeepStrictEqual(last.content, content)) return { outcome: 'unchanged', number: last.number };

    const number = (last?.number ?? 0) + 1;
    const evidence = await this.#evidenceOf(manager, articleId);
    const edition = await manager.save(EditionEntity, { articleId, number, reason, content, evidence });
    await manager.insert(
      EditionTextEntity,
      [...bodies].map(([tag, body]) => ({ editionId: edition.id, language: tag, body })),
    );
    await this.#serve(manager, edition, bodies);
    return { outcome: 'published', number };
  }

  /** Whether any edition of the article was ever issued. */
  async isPublished(manager: EntityManager, articleId: string): Promise<boolean> {
    return manager.existsBy(EditionEntity, { articleId });
  }

  async #textsWith(
    manager: EntityManager,
    article: WholeArticle,
    language: LanguageTag,
    last: EditionEntity | null,
  ): Promise<Bodies> {
    const translation = article.translations.find((t) => t.language === language);
    const revision = translation && (await this.articles.findLatestRevision(manager, translation));
    if (translation === undefined || revision == null) throw new TypeError(`the article has no text in ${language}`);
    const kept = last?.content.texts.filter((text) => text.language !== language) ?? [];
    const bodies = new Map<LanguageTag, string>([[language, revision.body]]);
    if (last !== null && kept.length > 0) {
      const texts = await manager.findBy(EditionTextEntity, { editionId: last.id });
      for (const text of texts) if (text.language !== language) bodies.set(text.language, text.body);
    }
    return { texts: [...kept, buildEditionText(translation, revision)], bodies };
  }

  async #evidenceOf(manager: EntityManager, articleId: string): Promise<EditionEvidence[]> {
    const found = await manager.find(EvidenceEntity, {
      where: { articleId },
      relations: { document: true },
      order: { position: 'ASC' },
    });
    return found.map(({ path, document, startOffset, endOffset, exact, prefix, suffix }) => ({
      path,
      documentSha256: document.sha256,
      start: startOffset,
      end: endOffset,
      exact,
      prefix,
      suffix,
    }));
  }

  /** Makes the edition the one that readers get: its row, slugs, references and search words. */
  async #serve(
    manager: EntityManager,
    edition: EditionEntity,
    bodies: ReadonlyMap<LanguageTag, string>,
  ): Promise<void> {
    const { id: editionId, articleId, content, number, issuedAt } = edition;
    await manager.upsert(
      CurrentArticleEntity,
      {
        articleId,
        editionId,
        number,
        issuedAt,
        kind: content.kind,
        relation: content.origin.relation,
        publisherId: content.publisher.id,
        sourceId: content.origin.source?.id ?? null,
        publishedOn: firstDayOf(content.publishedOn),
        languages: content.texts.map((text) => text.language),
        originalLanguage: content.originalLanguage,
        content,
      },
      ['articleId'],
    );
    await manager
      .createQueryBuilder()
      .insert()
      .into(ArticleSlugEntity)
      .values([...new Set(content.texts.map((text) => text.slug))].map((slug) => ({ slug, articleId })))
      .orIgnore()
      .execute();
    await this.#serveReferences(manager, articleId, content);
    const languages = content.texts.map((text) => text.language);
    await manager.query('delete from edition.article_search where article_id = $1 and not language = any ($2)', [
      articleId,
      languages,
    ]);
    await manager.query(INDEX_FOR_SEARCH, [
      articleId,
      languages,
      content.texts.map((text) => text.headline),
      content.texts.map((text) => text.dek ?? ''),
      languages.map((language) => searchNames(content, language)),
      languages.map((language) => plainText(bodies.get(language) ?? '')),
    ]);
  }

  async #serveReferences(manager: EntityManager, articleId: string, content: EditionContent): Promise<void> {
    const shown: { kind: ReferenceKind; facts: { id: string; slug: string }; name: string }[] = [
      { kind: 'PUBLISHER', facts: content.publisher, name: content.publisher.name },
      ...(content.origin.source === null
        ? []
        : [{ kind: 'SOURCE' as const, facts: content.origin.source, name: content.origin.source.name }]),
      ...[...content.regions, ...content.themes].map(({ rawLabel: _, ...facts }) => ({
        kind: facts.scheme,
        facts,
        name: facts.slug,
      })),
    ];
    await manager.upsert(
      ReferenceEntity,
      shown.map(({ kind, facts, name }) => ({ kind, id: facts.id, slug: facts.slug, name, content: facts })),
      ['kind', 'id'],
    );
    await manager.delete(ArticleReferenceEntity, { articleId });
    await manager.insert(
      ArticleReferenceEntity,
      shown.map(({ kind, facts }) => ({ articleId, kind, referenceId: facts.id })),
    );
  }
}

/** The text search configuration of each language is its own; a language without one is split into words only. */
const INDEX_FOR_SEARCH = `
insert into edition.article_search (article_id, language, configuration, headline, dek, names, body)
select $1, language,
  (case split_part(language, '-', 1)
    when 'fr' then 'public.colophon_fr' when 'en' then 'public.colophon_en' else 'public.colophon_simple' end)::regconfig,
  headline, dek, names, body
from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) as t(language, headline, dek, names, body)
on conflict (article_id, language) do update set
  configuration = excluded.configuration, headline = excluded.headline, dek = excluded.dek, names = excluded.names,
  body = excluded.body`;

/** The names by which readers search: who wrote it, where it stood first, what it is filed under. */
function searchNames(content: EditionContent, language: LanguageTag): string {
  const names = [
    ...content.credits.map((credit) => credit.agent.name),
    content.origin.source?.name,
    ...[...content.regions, ...content.themes].flatMap((term) => [term.labels[language], term.rawLabel]),
  ];
  return [...new Set(names.filter((name) => name !== undefined))].join(' ; ');
}
