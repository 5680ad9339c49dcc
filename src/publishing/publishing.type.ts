import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../common/global-id.js';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { Tombstone, type TombstoneFacts } from '../editions/tombstone.type.js';
import { DeskFinding } from './desk-finding.type.js';
import type { DeskFindingFacts } from './desk-finding.js';
import type { PublicationFacts, Unpublished } from './publications.service.js';
import type { PublicationScheduleEntity } from './publishing.entity.js';

/** Which text something was done with; where the language is null, with the whole article. */
interface PublishingSubject {
  readonly articleId: string;
  readonly language: LanguageTag | null;
}

@ObjectType({ description: 'Readers have the text.' })
export class TranslationPublished {
  constructor(private readonly facts: PublicationFacts) {}

  get about(): PublishingSubject {
    return this.facts;
  }

  @Field(() => ID, { description: 'The article’s id.' })
  get articleId(): string {
    return toGlobalId('Article', this.facts.articleId);
  }

  @Field(() => LanguageTagScalar, { description: 'The language that was published.' })
  get language(): LanguageTag {
    return this.facts.language;
  }

  @Field(() => Int, { description: 'The number of the edition that readers get.' })
  get edition(): number {
    return this.facts.edition;
  }

  @Field(() => Boolean, { description: 'Whether it was issued now; false where readers had just this already.' })
  get isNew(): boolean {
    return this.facts.isNew;
  }

  @Field(() => [DeskFinding], { description: 'What is remarkable of it all the same, and is better mended.' })
  get findings(): readonly DeskFinding[] {
    return this.facts.findings.map((one) => new DeskFinding(one));
  }
}

@ObjectType({ description: 'A publication that is to come.' })
export class Schedule {
  constructor(readonly entity: PublicationScheduleEntity) {}

  get about(): PublishingSubject {
    return this.entity;
  }

  @Field(() => ID, { description: 'The article’s id.' })
  get articleId(): string {
    return toGlobalId('Article', this.entity.articleId);
  }

  @Field(() => LanguageTagScalar, { description: 'The language that is to be published.' })
  get language(): LanguageTag {
    return this.entity.language;
  }

  @Field(() => Int, { description: 'The number of the revision that is to be published.' })
  get revision(): number {
    return this.entity.revisionNumber;
  }

  @Field(() => String, { description: 'When, as clocks in the zone show it, like `2026-12-24T08:00:00`.' })
  get localTime(): string {
    return this.entity.localTime;
  }

  @Field(() => String, { description: 'The zone, like `Europe/Paris`.' })
  get timeZone(): string {
    return this.entity.timeZone;
  }

  @Field(() => GraphQLISODateTime, { description: 'When, in UTC.' })
  get dueAt(): Date {
    return this.entity.dueAt;
  }

  @Field(() => Int, { description: 'Counts its changes: say it when you change or cancel it.' })
  get version(): number {
    return this.entity.version;
  }

  @Field(() => String, { description: 'Who scheduled it, as they were called then.' })
  get scheduledBy(): string {
    return this.entity.scheduledBy.name;
  }

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When it was due and could not be done; null where it is still to come.',
  })
  get failedAt(): Date | null {
    return this.entity.failedAt;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Why it could not be done: a problem’s code, like `NOT_APPROVED`.',
  })
  get problem(): string | null {
    return this.entity.problem;
  }
}

@ObjectType({ description: 'Readers no longer have the text.' })
export class TranslationUnpublished {
  constructor(
    readonly about: PublishingSubject,
    private readonly left: Unpublished,
  ) {}

  @Field(() => Int, {
    nullable: true,
    description: 'The number of the edition that readers get; null where this was the last text, and they get none.',
  })
  get edition(): number | null {
    return this.left.edition;
  }

  @Field(() => Schedule, {
    nullable: true,
    description: 'What gives readers the language again, unless you call it off; null where nothing is scheduled.',
  })
  get schedule(): Schedule | null {
    return this.left.schedule === null ? null : new Schedule(this.left.schedule);
  }
}

@ObjectType({ description: 'It will be published then.' })
export class PublicationScheduled {
  @Field(() => Schedule, { description: 'When, and what.' })
  readonly schedule: Schedule;

  constructor(entity: PublicationScheduleEntity) {
    this.schedule = new Schedule(entity);
  }
}

@ObjectType({ description: 'It will not be published by itself.' })
export class PublicationCancelled {
  @Field(() => LanguageTagScalar, { description: 'The language that was to be published.' })
  readonly language: LanguageTag;

  constructor(
    private readonly article: string,
    language: LanguageTag,
  ) {
    this.language = language;
  }

  @Field(() => ID, { description: 'The article’s id.' })
  get articleId(): string {
    return toGlobalId('Article', this.article);
  }

  get about(): PublishingSubject {
    return { articleId: this.article, language: this.language };
  }
}

@ObjectType({ description: 'Readers have the corrected text, and are told.' })
export class ArticleCorrected {
  @Field(() => Int, { description: 'The number of the edition that readers get.' })
  readonly edition: number;

  constructor(
    readonly about: PublishingSubject,
    edition: number,
  ) {
    this.edition = edition;
  }
}

@ObjectType({ description: 'Readers no longer get the article, in any language, and are told why.' })
export class ArticleTakenBack {
  @Field(() => Tombstone, { description: 'What they are told.' })
  readonly tombstone: Tombstone;
  readonly about: PublishingSubject;

  constructor(facts: TombstoneFacts) {
    this.about = { articleId: facts.articleId, language: null };
    this.tombstone = new Tombstone(facts);
  }
}

@ObjectType({ description: 'The article is no longer withdrawn: readers get again what they had of it.' })
export class ArticleReinstated {
  @Field(() => Int, {
    nullable: true,
    description:
      'The number of the edition that readers get; null where they had nothing any more when it was withdrawn.',
  })
  readonly edition: number | null;
  readonly about: PublishingSubject;

  constructor(articleId: string, edition: number | null) {
    this.about = { articleId, language: null };
    this.edition = edition;
  }
}

@ObjectType({ description: 'The finding blocks nothing for as long as it is about the same.' })
export class FindingWaived {
  @Field(() => DeskFinding, { description: 'What it is, with its waiver.' })
  readonly finding: DeskFinding;

  constructor(facts: DeskFindingFacts) {
    this.finding = new DeskFinding(facts);
  }
}

@ObjectType({ description: 'The finding blocks again what is to be published. What readers have, they keep.' })
export class WaiverRevoked {
  @Field(() => DeskFinding, { description: 'What it is, without a waiver.' })
  readonly finding: DeskFinding;

  constructor(facts: DeskFindingFacts) {
    this.finding = new DeskFinding(facts);
  }
}
