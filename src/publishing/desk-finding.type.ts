import { Field, GraphQLISODateTime, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { type Connection, PageInfo, type Place } from '../common/connection.js';
import { toGlobalId } from '../common/global-id.js';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { SEVERITIES, type Severity } from '../common/vocabulary.js';
import { enumType } from '../common/vocabulary.type.js';
import type { DeskFindingFacts } from './desk-finding.js';

export const SeverityEnum = enumType('Severity', 'Whether a finding keeps a text from being published.', SEVERITIES, {
  ERROR: 'It does, until it is mended or waived.',
  WARNING: 'It does not.',
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

  @Field(() => ID, { description: 'The article’s id.' })
  get articleId(): string {
    return toGlobalId('Article', this.facts.articleId);
  }

  @Field(() => String, { description: 'What it is, like `CREDIT_MISSING`.' })
  get code(): string {
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

  @Field(() => [String], { nullable: true, description: 'Only of these codes, like `ORIGIN_URL_MISSING`.' })
  readonly codes?: readonly string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what is waived, or only what is not.' })
  readonly isWaived?: boolean | null;
}
