import { Field, ID, ObjectType } from '@nestjs/graphql';
import { PageInfo, TOTAL_COUNT } from '../common/connection.js';
import { toGlobalId } from '../common/global-id.js';
import { type LanguageTag, lookupLanguage } from '../common/language-tag.js';
import { Node } from '../common/node.type.js';
import type { PartialDate } from '../common/partial-date.js';
import { PartialDateScalar } from '../common/scalars.js';
import type { ArticleKind, ContactPurpose, CreditRole } from '../common/vocabulary.js';
import { ArticleKindType } from '../common/vocabulary.type.js';
import { ContactPoint } from '../contacts/contact-point.type.js';
import { Publisher } from '../publishers/publisher.type.js';
import { decideReuse, type IntendedUse } from '../rights/reuse-decision.js';
import { type Notice, ReuseDecision, type ReuseTerm, Rights } from '../rights/rights.type.js';
import { Term } from '../taxonomy/term.type.js';
import { type Credit, Edition, type Evidence, TypedLink } from './article-parts.type.js';
import type { EditionContent, EditionEvidence } from './edition-content.js';
import type { FormattedText } from './markdown-formats.js';
import { Origin } from './origin.type.js';
import { Text } from './text.type.js';
import { Wrapper } from './wrapper.type.js';

/** A published article as the read side keeps it; bodies and evidence only where they were asked for. */
export interface PublishedArticle {
  readonly articleId: string;
  readonly number: number;
  readonly issuedAt: Date;
  readonly content: EditionContent;
  readonly bodies: Readonly<Record<LanguageTag, Partial<FormattedText>>> | null;
  readonly evidence: readonly EditionEvidence[] | null;
}

@ObjectType('Article', {
  implements: () => [Node],
  description: 'An article as a publisher carries it: the work with its attribution.',
})
export class Article implements Node {
  /** The languages to serve, best first: those asked for, or the publisher's where none were. */
  readonly #asked: readonly LanguageTag[];
  #text: Text | undefined;

  constructor(
    private readonly row: PublishedArticle,
    asked: readonly LanguageTag[],
  ) {
    this.#asked = asked.length > 0 ? asked : [row.content.publisher.language];
  }

  @Field(() => ID, { description: 'An opaque id, by which `node` finds the article again.' })
  get id(): string {
    return toGlobalId('Article', this.row.articleId);
  }

  @Field(() => String, {
    description: 'Its name in addresses, in the language served, like `the-liberation-of-palmyra`.',
  })
  get slug(): string {
    return this.text.slug;
  }

  @Field(() => ArticleKindType, { description: 'What it is.' })
  get kind(): ArticleKind {
    return this.row.content.kind;
  }

  @Field(() => Edition, { description: 'The edition that you are reading.' })
  get edition(): Edition {
    return { number: this.row.number, issuedAt: this.row.issuedAt };
  }

  @Field(() => Text, { description: 'The text in the best of the languages asked for. It tells which one that is.' })
  get text(): Text {
    this.#text ??= this.#servedText();
    return this.#text;
  }

  @Field(() => [Text], { description: 'The text in every published language, first the one that the page came with.' })
  get texts(): readonly Text[] {
    const { language, isFallback } = this.text;
    return this.row.content.texts.map((text) => this.#textOf(text.language, isFallback && text.language === language));
  }

  @Field(() => Publisher, { description: 'Who carries it here.' })
  get publisher(): Publisher {
    return new Publisher(this.row.content.publisher);
  }

  @Field(() => PartialDateScalar, { description: 'The day on which this publisher carried it, like `2016-03-30`.' })
  get publishedOn(): PartialDate {
    return this.row.content.publishedOn;
  }

  @Field(() => Origin, { description: 'Where it stood first.' })
  get origin(): Origin {
    return new Origin(this.row.content.origin);
  }

  @Field(() => [Term], { description: 'The regions that it is filed under, in the page’s order.' })
  get regions(): readonly Term[] {
    return this.row.content.regions.map((term) => new Term(term, this.#labelLanguages()));
  }

  @Field(() => [Term], { description: 'The themes that it is filed under, in the page’s order.' })
  get themes(): readonly Term[] {
    return this.row.content.themes.map((term) => new Term(term, this.#labelLanguages()));
  }

  @Field(() => [Term], { description: 'The in-depth reports that it is part of, in the page’s order.' })
  get reports(): readonly Term[] {
    return this.row.content.reports.map((term) => new Term(term, this.#labelLanguages()));
  }

  @Field(() => Rights, { description: 'Who holds the rights, and who allows what.' })
  get rights(): Rights {
    const { rights } = this.row.content;
    return {
      ...rights,
      reuseTerms: this.#reuseTerms(),
      notices: this.#notices(),
    };
  }

  @Field(() => [TypedLink], {
    description: 'The links of the page’s furniture, in its order. They are no part of the text.',
  })
  get links(): readonly TypedLink[] {
    return this.row.content.links;
  }

  /** Everybody credited, or those in one role. */
  creditsIn(role: CreditRole | null): readonly Credit[] {
    return this.row.content.credits.filter((credit) => role === null || credit.role === role);
  }

  /** The page's contact points, or those for one purpose. */
  contactPointsFor(purpose: ContactPurpose | null): readonly ContactPoint[] {
    return this.row.content.contactPoints.filter((point) => purpose === null || point.purposes.includes(purpose));
  }

  /** The page's lines in the language, or in the first language asked for that has a wrapper, else the page's own. */
  wrapperIn(language: LanguageTag | null): Wrapper {
    const { wrappers, pageLanguage } = this.row.content;
    const served = lookupLanguage(language === null ? this.#asked : [language], Object.keys(wrappers)) ?? pageLanguage;
    return {
      language: served,
      lines: (wrappers[served] ?? []).map((line) => ({ ...line, language: served })),
      notices: this.#notices(),
    };
  }

  /** What the page's rules say of a use. */
  decide(use: IntendedUse): ReuseDecision {
    const { effect, terms, duties } = decideReuse(this.#reuseTerms(), use);
    const [deciding] = terms;
    return {
      effect,
      audienceLabel: deciding?.audienceLabel ?? null,
      terms,
      duties,
      holderConfirmed: deciding?.holderConfirmed ?? false,
      holder: this.row.content.rights.holder,
      contactPoint:
        deciding?.contactPoint ??
        (deciding === undefined ? null : (this.contactPointsFor('REPRODUCTION_PERMISSION')[0] ?? null)),
    };
  }

  /** Evidence of every value shown, or of one value and what is below it. */
  evidenceOf(path: string | null): readonly Evidence[] {
    const found = this.row.evidence ?? [];
    return path === null
      ? found
      : found.filter((one) => one.path === path || one.path.startsWith(`${path}.`) || one.path.startsWith(`${path}[`));
  }

  #labelLanguages(): readonly LanguageTag[] {
    const { pageLanguage, originalLanguage } = this.row.content;
    return [...this.#asked, pageLanguage, originalLanguage];
  }

  #reuseTerms(): ReuseTerm[] {
    return this.row.content.rights.reuseTerms.map((term) => ({ ...term, statedBy: new Publisher(term.statedBy) }));
  }

  #notices(): Notice[] {
    return this.row.content.rights.notices.map((notice) => ({ ...notice, statedBy: new Publisher(notice.statedBy) }));
  }

  #servedText(): Text {
    const { texts } = this.row.content;
    const served = lookupLanguage(
      this.#asked,
      texts.map((text) => text.language),
    );
    return this.#textOf(served, served === null);
  }

  /** The text in the language; the one that the page came with where the language is null. */
  #textOf(language: LanguageTag | null, isFallback: boolean): Text {
    const { texts, origin } = this.row.content;
    const text = texts.find((t) => t.language === language) ?? texts[0];
    if (text === undefined) throw new TypeError('an edition without any text was issued');
    // The page of a translation never came with the original.
    const isOriginal = text.isOriginal && origin.relation !== 'TRANSLATED';
    return new Text({ ...text, isOriginal }, isFallback, this.row.bodies?.[text.language] ?? {});
  }
}

@ObjectType('ArticleEdge', { description: 'An article in a list.' })
export class ArticleEdge {
  @Field(() => String, { description: 'The article’s place in the list, to go on from.' })
  readonly cursor!: string;

  @Field(() => Article, { description: 'The article.' })
  readonly node!: Article;
}

@ObjectType('ArticleConnection', { description: 'A page of a list of articles.' })
export class ArticleConnection {
  @Field(() => [ArticleEdge], { description: 'The articles of this page, in the list’s order.' })
  readonly edges!: readonly ArticleEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
  readonly pageInfo!: PageInfo;

  @Field(TOTAL_COUNT.type, { description: TOTAL_COUNT.description })
  readonly totalCount!: Promise<number>;
}
