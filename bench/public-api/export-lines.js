import { EditionFacts } from './edition-facts.js';
import { meaningOf, PURPOSES } from './licences.js';

/** The first line of an export. */
export const FIRST_LINE = { colophon: 'export', version: 1 };

/** Puts the dataset's rows into the lines that `export` writes and `seed` reads. */
export class ExportLines {
  #facts;
  #references;

  constructor(facts, references) {
    this.#facts = facts;
    this.#references = references;
  }

  /** `product` is the folder of the built product, by whose rules ids, slugs and lines are made. */
  static async open(product, references) {
    return new ExportLines(await EditionFacts.open(product, references), references);
  }

  /** The lines of what articles refer to. */
  *referenceLines() {
    const idOf = this.#facts.idOf.bind(this.#facts);
    const { publishers, sources, authors, regions, themes, contacts, licences } = this.#references;
    for (const publisher of publishers) {
      yield {
        type: 'publisher',
        ...this.#facts.publisher(publisher),
        abbreviation: null,
        wrappers: this.#facts.wrappers,
      };
    }
    for (const source of sources) yield { type: 'source', ...this.#facts.source(source) };
    for (const { name } of authors) yield { type: 'agent', id: idOf('agent', name), name, kind: 'PERSON' };
    for (const [scheme, terms] of [
      ['REGION', regions],
      ['THEME', themes],
    ]) {
      for (const term of terms) {
        const { rawLabel: _, ...facts } = this.#facts.term(scheme, term);
        yield { type: 'term', ...facts, isListed: true, aliases: [] };
      }
    }
    for (const contact of contacts) {
      yield {
        type: 'contactPoint',
        id: this.#facts.contactPointId(contact),
        publisherId: idOf('publisher', contact.publisherId),
        email: contact.value,
        purposes: PURPOSES[contact.kind],
      };
    }
    for (const publisher of publishers) {
      for (const licence of licences) yield this.#reuseTermLine(publisher, licence);
    }
  }

  /** The lines of one article: the article, a revision of each text, and the edition where it is published. */
  *articleLines(article) {
    const idOf = this.#facts.idOf.bind(this.#facts);
    const { id, publishedAt, originalPublishedAt } = article;
    const articleId = idOf('article', id);
    const at = publishedAt ?? originalPublishedAt;
    const texts = article.texts.map((text) => ({
      ...text,
      isOriginal: text.language === 'en',
      // One slug is the dataset's, the other is made as Colophon makes them.
      slug: text.language === 'en' ? article.slug : this.#facts.slugOf(text, id),
      translationId: idOf('translation', id, text.language),
      revisionId: idOf('revision', id, text.language),
      sourceRevisionId: text.language === 'en' ? null : idOf('revision', id, 'en'),
    }));
    const slugs = texts.map(({ slug }) => slug);
    const isPublished = publishedAt !== null;
    const content = this.#facts.content(article, texts);
    yield {
      type: 'article',
      id: articleId,
      publisherId: content.publisher.id,
      kind: content.kind,
      originalLanguage: 'en',
      pageLanguage: 'en',
      publishedOn: content.publishedOn,
      version: 1,
      createdAt: at,
      updatedAt: at,
      origin: this.#deskOrigin(content.origin),
      credits: article.authors.map((author) => ({
        role: 'AUTHOR',
        agentId: idOf('agent', this.#facts.author(author)),
      })),
      regions: content.regions.map(({ id: termId, rawLabel }) => ({ termId, rawLabel })),
      themes: content.themes.map(({ id: termId, rawLabel }) => ({ termId, rawLabel })),
      reports: [],
      copyright: content.rights.copyright,
      notices: [],
      reuseTerms: [idOf('reuseTerm', article.publisherId, article.licenceId)],
      contactPoints: this.#facts.contactsOf(article).map((contact) => ({
        contactPointId: this.#facts.contactPointId(contact),
        purposes: PURPOSES[contact.kind],
      })),
      links: [],
      wrapperLines: [],
      findings: [],
      evidence: [],
      documents: [],
      slugs,
      translations: texts.map(({ translationId, language, isOriginal, slug, sourceRevisionId }) => ({
        id: translationId,
        language,
        isOriginal,
        slug,
        method: null,
        sourceRevisionId,
        updatedAt: at,
      })),
      revisions: texts.length,
      editions: isPublished ? 1 : 0,
      served: isPublished ? { edition: 1, slugs } : null,
    };
    for (const { revisionId, translationId, headline, dek, body } of texts) {
      yield {
        type: 'revision',
        articleId,
        id: revisionId,
        translationId,
        number: 1,
        headline,
        dek,
        body,
        reason: 'Import',
        createdAt: at,
      };
    }
    if (!isPublished) return;
    yield {
      type: 'edition',
      articleId,
      id: idOf('edition', id),
      number: 1,
      reason: 'Import',
      issuedAt: publishedAt,
      content,
      evidence: [],
    };
  }

  #deskOrigin({ source, ...origin }) {
    return { ...origin, sourceId: source.id };
  }

  #reuseTermLine(publisher, licence) {
    const idOf = this.#facts.idOf.bind(this.#facts);
    const meaning = meaningOf(licence);
    const rights = this.#facts.contactsOf({ publisherId: publisher.id }).find(({ kind }) => kind === 'rights');
    return {
      type: 'reuseTerm',
      id: idOf('reuseTerm', publisher.id, licence.id),
      statedById: idOf('publisher', publisher.id),
      clauseKey: licence.code.replaceAll('.', '-'),
      language: 'en',
      version: 1,
      text: licence.name,
      ...meaning,
      audienceLabel: null,
      contactPointId: meaning.effect === 'ASK_FIRST' ? this.#facts.contactPointId(rights) : null,
    };
  }
}
