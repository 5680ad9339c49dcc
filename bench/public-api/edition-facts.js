import 'reflect-metadata';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { meaningOf, PURPOSES } from './licences.js';

const LANGUAGES = ['en', 'fr'];

/** The publisher of the seeds whose page the dataset's publishers have around their articles. */
const PAGE = join(import.meta.dirname, '..', '..', 'seeds', 'publishers', 'global-research.yaml');

/** What an edition of each article of the dataset shows, in Colophon's words. */
export class EditionFacts {
  #product;
  #references;
  #byId;

  /** How the publishers' pages write their lines, by language. */
  wrappers;

  constructor(product, wrappers, references) {
    this.#product = product;
    this.wrappers = wrappers;
    this.#references = references;
    this.#byId = Object.fromEntries(
      Object.entries(references).map(([kind, rows]) => [kind, new Map(rows.map((row) => [row.id, row]))]),
    );
  }

  /** `product` is the folder of the built product, by whose rules ids, slugs and lines are made. */
  static async open(product, references) {
    const load = (file) => import(pathToFileURL(join(product, file)).href);
    const [{ nameBasedId }, { toSlug }, { compileWrapper }, { writeWrapperLines }] = await Promise.all(
      ['common/name-based-id.js', 'common/slug.js', 'publishers/compiled-wrapper.js', 'editions/wrapper-lines.js'].map(
        load,
      ),
    );
    const { wrappers } = parse(await readFile(PAGE, 'utf8'));
    // Clauses name the publisher of the seeds: the dataset's publishers have none.
    const definitions = Object.fromEntries(
      LANGUAGES.map((language) => [language, { ...wrappers[language], clauses: [], kinds: [], isReadable: false }]),
    );
    const idOf = (kind, ...names) => nameBasedId(kind, 'bench', ...names);
    return new EditionFacts({ idOf, toSlug, compileWrapper, writeWrapperLines }, definitions, references);
  }

  /** The id of a thing of the dataset, the same at every run. */
  idOf(kind, ...names) {
    return this.#product.idOf(kind, ...names);
  }

  /** The slug of a text that the dataset gives none: as Colophon makes it, with the article's number. */
  slugOf({ headline }, number) {
    return `${this.#product.toSlug(headline)}-${number}`;
  }

  author(id) {
    return this.#byId.authors.get(id).name;
  }

  publisher({ id, slug, name, url }) {
    return { id: this.#product.idOf('publisher', id), slug, name, legalName: null, url, language: 'en' };
  }

  source({ id, slug, name, url }) {
    return { id: this.#product.idOf('source', id), slug, name, url };
  }

  term(scheme, { id, slug, en, fr }) {
    return { id: this.#product.idOf('term', scheme, id), scheme, slug, labels: { en, fr }, rawLabel: en };
  }

  contactPointId({ id }) {
    return this.#product.idOf('contactPoint', id);
  }

  contactsOf({ publisherId }) {
    return this.#references.contacts.filter((contact) => contact.publisherId === publisherId);
  }

  /** What the edition shows. */
  content(article, texts) {
    const { authors, sources, publishers, licences, regions, themes } = this.#byId;
    const publisher = this.publisher(publishers.get(article.publisherId));
    const source = this.source(sources.get(article.sourceId));
    const names = article.authors.map((author) => authors.get(author).name);
    const contactPoints = this.contactsOf(article).map(({ kind, value }) => ({
      email: value,
      purposes: PURPOSES[kind],
    }));
    const licence = licences.get(article.licenceId);
    const meaning = meaningOf(licence);
    const originPublishedOn = article.originalPublishedAt.slice(0, 10);
    const year = Number(originPublishedOn.slice(0, 4));
    const facts = {
      kind: article.kind === 'interview' ? 'INTERVIEW' : 'ARTICLE',
      pageLanguage: 'en',
      originalLanguage: 'en',
      publishedOn: (article.publishedAt ?? article.originalPublishedAt).slice(0, 10),
      publisher,
      origin: {
        relation: 'VERBATIM',
        source,
        url: article.originalUrl,
        title: null,
        language: 'en',
        publishedOn: originPublishedOn,
      },
      credits: names.map((name) => ({ role: 'AUTHOR', agent: { name, kind: 'PERSON' } })),
      regions: article.regions.map((id) => this.term('REGION', regions.get(id))),
      themes: article.themes.map((id) => this.term('THEME', themes.get(id))),
      reports: [],
      rights: {
        status: 'IN_COPYRIGHT',
        holder: names[0],
        copyright: {
          raw: `Copyright © ${names[0]}, ${source.name}, ${year}`,
          author: names[0],
          source: source.name,
          year,
        },
        reuseTerms: [
          {
            ...meaning,
            audienceLabel: null,
            holderConfirmed: false,
            statedBy: publisher,
            contactPoint: meaning.effect === 'ASK_FIRST' ? contactPoints.at(-1) : null,
            version: 1,
            text: { language: 'en', value: licence.name },
          },
        ],
        notices: [],
      },
      contactPoints,
      pageLines: [],
    };
    return { ...facts, links: [], wrappers: this.#linesOf(facts), texts: texts.map(toExportedText) };
  }

  /** The page's lines in every language, as publishing writes them. */
  #linesOf(facts) {
    const { compileWrapper, writeWrapperLines } = this.#product;
    const { slug, name } = facts.publisher;
    return Object.fromEntries(
      LANGUAGES.map((language) => [
        language,
        writeWrapperLines(
          facts,
          compileWrapper(slug, { name, legalName: null, abbreviation: null }, language, this.wrappers[language]),
        ),
      ]),
    );
  }
}

function toExportedText({ language, isOriginal, slug, headline, dek, body, revisionId, sourceRevisionId }) {
  const text = { language, isOriginal, isOutdated: false, method: null, slug, headline, dek };
  return { ...text, revisionId, sourceRevisionId, body };
}
