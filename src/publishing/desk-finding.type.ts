import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { type Connection, PageInfo, type Place } from '../common/connection.js';
import { toGlobalId } from '../common/global-id.js';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { SEVERITIES, type Severity } from '../common/vocabulary.js';
import { enumType } from '../common/vocabulary.type.js';
import { DESK_FINDING_CODES, type DeskFindingCode } from './attribution.js';
import type { DeskFindingFacts } from './desk-finding.js';

export const SeverityEnum = enumType('Severity', 'Whether a finding keeps a text from being published.', SEVERITIES, {
  ERROR: 'It does, until it is mended or waived.',
  WARNING: 'It does not.',
});

export const FindingCodeEnum = enumType('FindingCode', 'What a finding is about.', DESK_FINDING_CODES, {
  CLAUSE_NOT_UNDERSTOOD: 'A legal text of the page that no rule understands.',
  CONTACT_POINT_MISSING: 'Readers are not told whom to write to.',
  COPYRIGHT_NOTICE_MISSING: 'Nothing says who holds the rights.',
  CREDIT_MISSING: 'Nobody is named as the author.',
  DATES_DISAGREE: 'Parts of the page give different dates.',
  IMPORT_CONFLICT: 'A document and a person at the desk have changed the same value, each otherwise.',
  LINK_DEAD: 'A link led nowhere when it was tried: `colophon links check`, or in the background.',
  LINK_TRUNCATED: 'A link is cut short.',
  LINK_UNSAFE: 'A link leads nowhere safe, and was left out.',
  NOT_PUBLISHED_AT_SOURCE: 'The system that it came from had not published it.',
  ORIGIN_AFTER_PUBLICATION: 'The source had it later than the publisher.',
  ORIGIN_DATE_MISSING: 'It is not known when the source published it.',
  ORIGIN_RELATION_UNKNOWN: 'It is not known how it is tied to what the source published.',
  ORIGIN_SOURCE_MISSING: 'It is not known where it stood first.',
  ORIGIN_URL_MISSING: 'The address at which the source has it is not known.',
  PART_NOT_UNDERSTOOD: 'A part of the page that no rule knows.',
  PERMISSION_MISSING: 'Somebody’s rule asks for a permission, or forbids what is to be done.',
  PUBLISHER_UNKNOWN: 'No data file has the publisher.',
  SOURCES_DISAGREE: 'Parts of the page name different sources or authors.',
  TERM_UNKNOWN: 'A region, theme or report that no list has.',
  TEXT_LANGUAGE_UNKNOWN: 'It is not clear which language the text is in.',
  TEXT_MISSING: 'There is no text.',
  TRANSLATION_NOTICE_MISSING: 'Readers are not told how it was translated.',
  TRANSLATOR_MISSING: 'Nobody is credited with the translation.',
});

@ObjectType({ description: 'That a finding blocks nothing, for as long as it is about the same.' })
export class FindingWaiver {
  @Field(() => String, { description: 'Why, in the words of whoever waived it.' })
  readonly reason: string;

  @Field(() => String, { description: 'Who did, as they were called then.' })
  readonly waivedBy: string;

  @Field(() => GraphQLISODateTime, { description: 'When.' })
  readonly waivedAt: Date;

  constructor({ reason, waivedBy, waivedAt }: NonNullable<DeskFindingFacts['waiver']>) {
    this.reason = reason;
    this.waivedBy = waivedBy;
    this.waivedAt = new Date(waivedAt);
  }
}

@ObjectType('Finding', { description: 'Something remarkable about an article, and what mends it.' })
export class DeskFinding {
  constructor(private readonly facts: DeskFindingFacts) {}

  get about(): Pick<DeskFindingFacts, 'articleId' | 'language'> {
    return this.facts;
  }

  @Field(() => ID, { description: 'The article’s id.' })
  get articleId(): string {
    return toGlobalId('Article', this.facts.articleId);
  }

  @Field(() => FindingCodeEnum, { description: 'What it is about.' })
  get code(): DeskFindingCode {
    return this.facts.code;
  }

  @Field(() => SeverityEnum, { description: 'Whether it keeps a text from being published.' })
  get severity(): Severity {
    return this.facts.severity;
  }

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'The language whose publishing it concerns; null where it concerns all of them.',
  })
  get language(): LanguageTag | null {
    return this.facts.language;
  }

  @Field(() => String, { description: 'The value that it is about, by its place in the article, like `origin.url`.' })
  get path(): string {
    return this.facts.path;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'The line of the document, counted from 1; null where no document has it.',
  })
  get line(): number | null {
    return this.facts.line;
  }

  @Field(() => String, { description: 'What is so, and what mends it, in a sentence or two for people.' })
  get message(): string {
    return this.facts.message;
  }

  @Field(() => FindingWaiver, { nullable: true, description: 'That somebody has waived it; null where nobody has.' })
  get waiver(): FindingWaiver | null {
    return this.facts.waiver === null ? null : new FindingWaiver(this.facts.waiver);
  }
}

@ObjectType({ description: 'A finding in the desk’s list.' })
export class FindingEdge {
  @Field(() => DeskFinding, { description: 'The finding.' })
  readonly node: DeskFinding;

  constructor(
    node: DeskFinding,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of findings.' })
export class FindingConnection implements Connection<FindingEdge> {
  @Field(() => [FindingEdge], { description: 'The findings of the page, article by article.' })
  readonly edges!: readonly FindingEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}

@InputType({ description: 'Which findings to list. All that is given has to hold.' })
export class FindingFilter {
  @Field(() => ID, { nullable: true, description: 'Only of this article.' })
  readonly articleId?: string | null;

  @Field(() => SeverityEnum, { nullable: true, description: 'Only those that block, or that do not.' })
  readonly severity?: Severity | null;

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'Only what concerns publishing in this language: what concerns all of them, too.',
  })
  readonly language?: LanguageTag | null;

  @Field(() => [FindingCodeEnum], { nullable: true, description: 'Only of these codes.' })
  readonly codes?: readonly DeskFindingCode[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what is waived, or only what is not.' })
  readonly isWaived?: boolean | null;
}
