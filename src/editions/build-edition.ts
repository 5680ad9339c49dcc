import { foldLabel } from '../common/fold-label.js';
import type { WholeArticle } from '../articles/articles.queries.js';
import type { PublisherEntity } from '../publishers/publisher.entity.js';
import type { CompiledWrapper } from '../publishers/compiled-wrapper.js';
import { LINE_ROLES } from '../publishers/line-roles.js';
import type { PublisherFacts } from '../publishers/publisher.type.js';
import type { TermFacts } from '../taxonomy/term.type.js';
import type { ArticleTermEntity } from '../articles/article-parts.entity.js';
import type { EditionContactPoint, EditionContent, EditionText } from './edition-content.js';
import { type LineFacts, writeWrapperLines } from './wrapper-lines.js';

export function publisherFacts({ id, slug, name, legalName, url, language }: PublisherEntity): PublisherFacts {
  return { id, slug, name, legalName, url, language };
}

export function termFacts({ term, rawLabel }: Pick<ArticleTermEntity, 'term' | 'rawLabel'>): TermFacts {
  const labels = Object.fromEntries(
    term.labels.map(({ language, label }) => [language, label] as const).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  return { id: term.id, scheme: term.scheme, slug: term.slug, labels, rawLabel };
}

/** Whether the publisher is who holds the rights, by whichever of its names. */
export function isHolder({ name, legalName, abbreviation }: PublisherEntity, holder: string | null): boolean {
  const names = [name, legalName, abbreviation].filter((own) => own !== null);
  return holder !== null && names.some((own) => foldLabel(own) === foldLabel(holder));
}

/** The page's lines in every language that the publisher has a wrapper for. */
export function linesByLanguage(facts: LineFacts, wrappers: readonly CompiledWrapper[]): EditionContent['wrappers'] {
  return Object.fromEntries(wrappers.map((wrapper) => [wrapper.language, writeWrapperLines(facts, wrapper)]));
}

function inOrderOfPage(lines: WholeArticle['wrapperLines']): EditionContent['pageLines'] {
  return LINE_ROLES.flatMap((role) => lines.filter((line) => line.role === role)).map(({ role, pattern }) => ({
    role,
    pattern,
  }));
}

/** The original first, then by language; which are out of date is told by their revisions. */
function arrangeTexts(texts: readonly EditionText[], outdatedRevisions: ReadonlySet<string>): EditionText[] {
  return texts
    .map((text) => ({ ...text, isOutdated: !text.isOriginal && outdatedRevisions.has(text.revisionId) }))
    .sort((a, b) => Number(b.isOriginal) - Number(a.isOriginal) || (a.language < b.language ? -1 : 1));
}

/** The article's credits, and those who have translated the texts that are shown, where the article does not name them. */
function creditsOf(article: WholeArticle, texts: readonly EditionText[]): EditionContent['credits'] {
  const credits: EditionContent['credits'][number][] = article.credits.map(({ role, agent: { name, kind } }) => ({
    role,
    agent: { name, kind },
  }));
  for (const { translator } of texts) {
    const isNamed = credits.some(({ role, agent }) => role === 'TRANSLATOR' && agent.name === translator?.name);
    if (translator !== undefined && !isNamed) credits.push({ role: 'TRANSLATOR', agent: translator });
  }
  return credits;
}

/**
 * Builds what an edition shows: the article as it is at the desk now, with the texts given. `outdatedRevisions` are
 * those of the texts' revisions whose original reads otherwise in this very edition than they know it. Pure.
 */
export function buildEdition(
  article: WholeArticle,
  texts: readonly EditionText[],
  wrappers: readonly CompiledWrapper[],
  outdatedRevisions: ReadonlySet<string>,
): EditionContent {
  const { origin, copyright } = article;
  const contactPoints = article.contactPoints.map(({ contactPoint: { email }, purposes }): EditionContactPoint => ({
    email,
    purposes,
  }));
  const termsOf = (scheme: string): TermFacts[] => article.terms.filter((t) => t.scheme === scheme).map(termFacts);
  const holder = copyright?.author ?? copyright?.source ?? null;
  const facts: LineFacts = {
    kind: article.kind,
    pageLanguage: article.pageLanguage,
    originalLanguage: article.originalLanguage,
    publishedOn: article.publishedOn,
    publisher: publisherFacts(article.publisher),
    origin: {
      relation: origin.relation,
      source:
        origin.source === null
          ? null
          : { id: origin.source.id, slug: origin.source.slug, name: origin.source.name, url: origin.source.url },
      url: origin.url,
      title: origin.title,
      language: origin.language,
      publishedOn: origin.publishedOn,
    },
    credits: creditsOf(article, arrangeTexts(texts, outdatedRevisions)),
    regions: termsOf('REGION'),
    themes: termsOf('THEME'),
    reports: termsOf('REPORT'),
    rights: {
      status: holder === null ? 'NOT_EVALUATED' : 'IN_COPYRIGHT',
      holder,
      copyright:
        copyright === null
          ? null
          : { raw: copyright.raw, author: copyright.author, source: copyright.source, year: copyright.year },
      reuseTerms: article.reuseTerms.map(({ reuseTerm: term }) => ({
        effect: term.effect,
        actions: term.actions,
        media: term.media,
        duties: term.duties,
        audienceLabel: term.audienceLabel,
        holderConfirmed: isHolder(term.statedBy, holder),
        statedBy: publisherFacts(term.statedBy),
        contactPoint: contactPoints.find(({ email }) => email === term.contactPoint?.email) ?? null,
        version: term.version,
        text: { language: term.language, value: term.text },
      })),
      notices: article.notices.map(({ notice }) => ({
        kind: notice.kind,
        statedBy: publisherFacts(notice.statedBy),
        version: notice.version,
        text: { language: notice.language, value: notice.text },
      })),
    },
    contactPoints,
    pageLines: inOrderOfPage(article.wrapperLines),
  };
  return {
    ...facts,
    links: article.links.map(({ kind, url }) => ({ kind, url })),
    wrappers: linesByLanguage(facts, wrappers),
    texts: arrangeTexts(texts, outdatedRevisions),
  };
}
