import { ArgsType, Extensions, Field, ID, ObjectType } from '@nestjs/graphql';
import { FieldArgs } from '../common/field-args.js';
import { IS_CAPPED, PageInfo, type Place, TOTAL_COUNT } from '../common/connection.js';
import { IS_KEPT, type KeptView } from '../common/kept-json.js';
import { toGlobalId } from '../common/global-id.js';
import { type LanguagePreference, type LanguageTag, lookupLanguage } from '../common/language-tag.js';
import { Node } from '../common/node.type.js';
import type { PartialDate } from '../common/partial-date.js';
import { LanguageTagScalar, PartialDateScalar } from '../common/scalars.js';
import type { ArticleKind, ContactPurpose, CreditRole } from '../common/vocabulary.js';
import type { Shown } from '../common/shown.js';
import { ArticleKindType, ContactPurposeType, CreditRoleType } from '../common/vocabulary.type.js';
import { ContactPoint } from '../contacts/contact-point.type.js';
import { Publisher } from '../publishers/publisher.type.js';
import { decideReuse } from '../rights/reuse-decision.js';
import { type Notice, ReuseDecision, type ReuseTerm, ReuseUse, Rights } from '../rights/rights.type.js';
import { Term } from '../taxonomy/term.type.js';
import type { EditionParts, Part, PublishedArticle } from './article-row.js';
import { Credit, Edition, Evidence, TypedLink } from './article-parts.type.js';
import type { ServedContent } from './edition-content.js';
import { Correction } from './correction.type.js';
import { dateLabel, DateLabelArgs } from './date-label.js';
import { Origin } from './origin.type.js';
import { Text } from './text.type.js';
import { Wrapper } from './wrapper.type.js';

@ArgsType()
class CreditsArgs {
  @Field(() => CreditRoleType, { nullable: true, description: 'Only who did this.' })
  readonly role?: CreditRole | null;
}

@ArgsType()
class ContactPointsArgs {
  @Field(() => ContactPurposeType, { nullable: true, description: 'Only those for this.' })
  readonly purpose?: ContactPurpose | null;
}

@ArgsType()
class WrapperArgs {
  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'The language of the lines; without it, or where the publisher has none in it, the best there is.',
  })
  readonly language?: LanguageTag | null;
}

@ArgsType()
class ReuseArgs {
  @Field(() => ReuseUse, { description: 'What you want to do, and where.' })
  readonly use!: ReuseUse;
}

@ArgsType()
class EvidenceArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Only the evidence of this value and of what is below it, like `origin` or `links[3].url`.',
  })
  readonly path?: string | null;
}

@ObjectType('Article', {
  implements: () => [Node],
  description: 'An article as a publisher carries it: the work with its attribution.',
})
@Extensions({ [IS_KEPT]: true })
export class Article implements Node, KeptView {
  #text: Text | undefined;

  constructor(
    private readonly row: PublishedArticle,
    private readonly asked: LanguagePreference,
    private readonly shown: Shown,
    /** The languages to serve the text in, where all else is served in others. */
    private readonly askedOfText = asked,
  ) {
    shown.articleIds.add(row.articleId);
    if (row.written !== undefined) shown.hasWritten = true;
  }

  get keptJson(): string | null {
    const { written } = this.row;
    if (written === undefined) return null;
    if (written.language !== null) this.shown.languages.add(written.language);
    return written.json;
  }

  keepJson(json: string): void {
    this.row.keep?.({ json, language: this.#text?.language ?? null });
  }

  @Field(() => ID, { description: 'An opaque id, by which `node` finds the article again.' })
  get id(): string {
    return toGlobalId('Article', this.row.articleId);
  }

  @Field(() => String, {
    description:
      'Its name in addresses, in the language served, like `the-liberation-of-palmyra`: the one to lead readers to who ' +
      'came by another of its names, in another language or a former one.',
  })
  get slug(): string {
    return this.text.slug;
  }

  @Field(() => ArticleKindType, { description: 'What it is.' })
  get kind(): ArticleKind {
    return this.#part('kind');
  }

  @Field(() => Edition, { description: 'The edition that you are reading.' })
  get edition(): Edition {
    return { number: this.#part('number'), issuedAt: new Date(this.#part('issuedAt')) };
  }

  @Field(() => Text, { description: 'The text in the best of the languages asked for. It tells which one that is.' })
  get text(): Text {
    this.#text ??= this.#servedText();
    return this.#text;
  }

  @Field(() => [Text], { description: 'The text in every published language, first the one that the page came with.' })
  get texts(): readonly Text[] {
    const { language, isFallback } = this.text;
    return this.#part('texts').map((text) => this.#textOf(text.language, isFallback && text.language === language));
  }

  @Field(() => Publisher, { description: 'Who carries it here.' })
  get publisher(): Publisher {
    return new Publisher(this.#part('publisher'));
  }

  @Field(() => PartialDateScalar, { description: 'The day on which this publisher carried it, like `2016-03-30`.' })
  get publishedOn(): PartialDate {
    return this.#part('publishedDate');
  }

  @Field(() => String, {
    description: 'The day of publication as the language writes dates, like `1er avril 2016` or `April 1, 2016`.',
  })
  publishedOnLabel(@FieldArgs(DateLabelArgs) { language }: DateLabelArgs): string {
    return dateLabel(this.#part('publishedDate'), language, this.#labelPreference().asked);
  }

  @Field(() => Origin, { description: 'Where it stood first.' })
  get origin(): Origin {
    return new Origin(this.#part('origin'), this.#labelPreference().asked);
  }

  @Field(() => [Term], { description: 'The regions that it is filed under, in the page’s order.' })
  get regions(): readonly Term[] {
    return this.#terms('regions');
  }

  @Field(() => [Term], { description: 'The themes that it is filed under, in the page’s order.' })
  get themes(): readonly Term[] {
    return this.#terms('themes');
  }

  @Field(() => [Term], { description: 'The in-depth reports that it is part of, in the page’s order.' })
  get reports(): readonly Term[] {
    return this.#terms('reports');
  }

  @Field(() => Rights, { description: 'Who holds the rights, and who allows what.' })
  get rights(): Rights {
    const { status, holder, copyright } = this.#part('rights');
    const [terms, notices] = [() => this.#reuseTerms(), () => this.#notices()];
    return {
      status,
      holder,
      copyright,
      get reuseTerms() {
        return terms();
      },
      get notices() {
        return notices();
      },
    };
  }

  @Field(() => [TypedLink], {
    description: 'The links of the page’s furniture, in its order. They are no part of the text.',
  })
  get links(): readonly TypedLink[] {
    return this.#part('links');
  }

  @Field(() => [Credit], { description: 'Who did what for it, in the page’s order.' })
  credits(@FieldArgs(CreditsArgs) { role }: CreditsArgs): readonly Credit[] {
    const credits = this.#part('credits');
    return role == null ? credits : credits.filter((credit) => credit.role === role);
  }

  @Field(() => [ContactPoint], { description: 'The addresses on the page, in its order.' })
  contactPoints(@FieldArgs(ContactPointsArgs) { purpose }: ContactPointsArgs): readonly ContactPoint[] {
    return this.#part('contactPoints').filter((point) => purpose == null || point.purposes.includes(purpose));
  }

  @Field(() => Wrapper, { description: 'The publisher’s page around the text, with its lines and legal texts.' })
  wrapper(@FieldArgs(WrapperArgs) { language }: WrapperArgs): Wrapper {
    const wrappers = this.#part('wrappers');
    const available = Object.keys(wrappers);
    const served =
      (language == null ? this.#preference.choose(available) : lookupLanguage([language], available)) ??
      this.#part('pageLanguage');
    return {
      language: served,
      lines: (wrappers[served] ?? []).map((line) => ({ ...line, language: served })),
      notices: this.#notices(),
    };
  }

  @Field(() => ReuseDecision, { description: 'What the page’s rules say of a use that you have in mind.' })
  reuse(@FieldArgs(ReuseArgs) { use }: ReuseArgs): ReuseDecision {
    const { effect, terms, duties } = decideReuse(this.#reuseTerms(), use);
    const [deciding] = terms;
    return {
      effect,
      audienceLabel: deciding?.audienceLabel ?? null,
      terms,
      duties,
      holderConfirmed: deciding?.holderConfirmed ?? false,
      holder: this.#part('rights').holder,
      contactPoint:
        deciding?.contactPoint ??
        (deciding === undefined ? null : (this.contactPoints({ purpose: 'REPRODUCTION_PERMISSION' })[0] ?? null)),
    };
  }

  @Field(() => [Evidence], {
    description: 'Which characters of the publisher’s page gave each value, in the page’s order of reading.',
  })
  evidence(@FieldArgs(EvidenceArgs) { path }: EvidenceArgs): readonly Evidence[] {
    const { evidence } = this.row;
    if (evidence === undefined) throw notAskedFor('evidence');
    return path == null
      ? evidence
      : evidence.filter(
          (one) => one.path === path || one.path.startsWith(`${path}.`) || one.path.startsWith(`${path}[`),
        );
  }

  @Field(() => [Correction], {
    description: 'What was put right after publication, in the order of time: a note for each published language.',
  })
  get corrections(): readonly Correction[] {
    return this.#part('corrections').map((one) => new Correction(one));
  }

  /** A part that was fetched; that it was is worked out from the query. */
  #part<Name extends Part>(name: Name): EditionParts[Name] {
    const part = this.row.parts.get(name);
    if (part === undefined) throw notAskedFor(name);
    return part;
  }

  get #preference(): LanguagePreference {
    return this.#orPublisher(this.asked);
  }

  /** The languages to serve: those asked for, or the publisher's where none were. */
  #orPublisher(asked: LanguagePreference): LanguagePreference {
    return asked.asked.length > 0 ? asked : asked.then(this.#part('publisherTag'));
  }

  #terms(list: keyof ServedContent['terms']): readonly Term[] {
    const preference = this.#labelPreference();
    return this.#part('terms')[list].map((term) => new Term(term, preference));
  }

  #labelPreference(): LanguagePreference {
    return this.#preference.then(this.#part('pageLanguage'), this.#part('originalLanguage'));
  }

  #reuseTerms(): ReuseTerm[] {
    return this.#part('rights').reuseTerms.map((term) => ({ ...term, statedBy: new Publisher(term.statedBy) }));
  }

  #notices(): Notice[] {
    return this.#part('notices').map((notice) => ({ ...notice, statedBy: new Publisher(notice.statedBy) }));
  }

  #servedText(): Text {
    const served = this.#orPublisher(this.askedOfText).choose(this.#part('texts').map((text) => text.language));
    const text = this.#textOf(served, served === null);
    this.shown.languages.add(text.language);
    return text;
  }

  /** The text in the language; the one that the page came with where the language is null. */
  #textOf(language: LanguageTag | null, isFallback: boolean): Text {
    const { bodies } = this.row;
    const texts = this.#part('texts');
    const text = texts.find((t) => t.language === language) ?? texts[0];
    if (text === undefined) throw new TypeError('an edition without any text was issued');
    return new Text(
      text,
      isFallback,
      this.row.parts.get('deks')?.[text.language] ?? null,
      bodies?.[text.language] ?? this.row,
      this.row.parts.get('corrections'),
    );
  }
}

function notAskedFor(name: string): TypeError {
  return new TypeError(`an article’s ${name} was answered that had not been asked for`);
}

@ObjectType('ArticleEdge', { description: 'An article in a list.' })
export class ArticleEdge {
  constructor(
    private readonly place: Place,
    article: Article,
  ) {
    this.node = article;
  }

  @Field(() => String, { description: 'The article’s place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }

  @Field(() => Article, { description: 'The article.' })
  readonly node: Article;
}

@ObjectType('ArticleConnection', { description: 'A page of a list of articles.' })
export class ArticleConnection {
  @Field(() => [ArticleEdge], { description: 'The articles of this page, in the list’s order.' })
  readonly edges!: readonly ArticleEdge[];

  @Field(() => PageInfo, { description: 'Where this page stands in the list.' })
  readonly pageInfo!: PageInfo;

  @Field(TOTAL_COUNT.type, { description: TOTAL_COUNT.description })
  readonly totalCount!: number | null;

  @Field(IS_CAPPED.type, { description: IS_CAPPED.description })
  readonly totalCountIsCapped!: boolean | null;
}
