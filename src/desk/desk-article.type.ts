import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../common/global-id.js';
import { LanguagePreference, type LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import { LanguageTagScalar, PartialDateScalar } from '../common/scalars.js';
import type { ArticleKind } from '../common/vocabulary.js';
import { ArticleKindType } from '../common/vocabulary.type.js';
import { Origin } from '../editions/origin.type.js';
import { Tombstone } from '../editions/tombstone.type.js';
import { Publisher } from '../publishers/publisher.type.js';
import type { ArticleFacts } from './article-facts.js';
import type { DocumentFacts } from './article-parts.js';

@ObjectType({ description: 'What readers get of an article.' })
export class ServedEdition {
  constructor(private readonly facts: NonNullable<ArticleFacts['edition']>) {}

  @Field(() => Int, { description: 'Its number, counted from 1 for each article.' })
  get number(): number {
    return this.facts.number;
  }

  @Field(() => GraphQLISODateTime, { description: 'When it was issued.' })
  get issuedAt(): Date {
    return new Date(this.facts.issuedAt);
  }

  @Field(() => [LanguageTagScalar], { description: 'The languages that it has.' })
  get languages(): readonly LanguageTag[] {
    return this.facts.languages;
  }
}

@ObjectType({ description: 'A document that an article came in, or a later state of it.' })
export class DeskDocument {
  constructor(private readonly facts: DocumentFacts) {}

  @Field(() => Int, { description: 'Counted from 1 for each article.' })
  get number(): number {
    return this.facts.number;
  }

  @Field(() => String, { description: 'What the file was called.' })
  get fileName(): string {
    return this.facts.fileName;
  }

  @Field(() => String, { description: 'Its format, as the reader of it is called.' })
  get format(): string {
    return this.facts.format;
  }

  @Field(() => String, { description: 'Its SHA-256 in hexadecimal, by which evidence names it.' })
  get sha256(): string {
    return this.facts.sha256;
  }

  @Field(() => Int, { description: 'How many bytes it has.' })
  get sizeBytes(): number {
    return this.facts.sizeBytes;
  }

  @Field(() => GraphQLISODateTime, { description: 'When it came.' })
  get receivedAt(): Date {
    return new Date(this.facts.receivedAt);
  }
}

@ObjectType({ description: 'An article as it stands at the desk, published or not.' })
export class DeskArticle {
  constructor(readonly facts: ArticleFacts) {}

  @Field(() => ID, { description: 'An opaque id, the same that readers know it by.' })
  get id(): string {
    return toGlobalId('Article', this.facts.id);
  }

  @Field(() => Int, { description: 'Counts its changes beside its texts: say it when you change something.' })
  get version(): number {
    return this.facts.version;
  }

  @Field(() => ArticleKindType, { description: 'What it is.' })
  get kind(): ArticleKind {
    return this.facts.kind;
  }

  @Field(() => PartialDateScalar, { description: 'The day on which its publisher carried it, like `2016-03-30`.' })
  get publishedOn(): PartialDate {
    return this.facts.publishedOn;
  }

  @Field(() => Publisher, { description: 'Who carries it.' })
  get publisher(): Publisher {
    return new Publisher(this.facts.publisher);
  }

  @Field(() => LanguageTagScalar, { description: 'The language that it was written in first.' })
  get originalLanguage(): LanguageTag {
    return this.facts.originalLanguage;
  }

  @Field(() => LanguageTagScalar, { description: 'The language of the publisher’s page around it.' })
  get pageLanguage(): LanguageTag {
    return this.facts.pageLanguage;
  }

  @Field(() => Origin, { description: 'Where it stood first.' })
  get origin(): Origin {
    return new Origin(this.facts.origin, this.labelPreference.asked);
  }

  @Field(() => ServedEdition, { nullable: true, description: 'What readers get; null where they get nothing.' })
  get edition(): ServedEdition | null {
    const { edition } = this.facts;
    return edition === null ? null : new ServedEdition(edition);
  }

  @Field(() => Int, {
    nullable: true,
    description:
      'The newest edition’s number, whether readers get it or not: say it when you correct, withdraw or reinstate.',
  })
  get lastEdition(): number | null {
    return this.facts.lastEdition;
  }

  @Field(() => Tombstone, {
    nullable: true,
    description: 'What readers are told of an article that was withdrawn; null where it was not.',
  })
  get withdrawal(): Tombstone | null {
    const { tombstone } = this.facts;
    return tombstone === null ? null : new Tombstone(tombstone);
  }

  @Field(() => GraphQLISODateTime, { description: 'When it came to the desk.' })
  get createdAt(): Date {
    return new Date(this.facts.createdAt);
  }

  @Field(() => GraphQLISODateTime, { description: 'When it or one of its texts was changed last.' })
  get updatedAt(): Date {
    return new Date(this.facts.updatedAt);
  }

  /** In which language terms and dates are written, where nobody asks for one. */
  get labelPreference(): LanguagePreference {
    const { pageLanguage, originalLanguage, publisher } = this.facts;
    return new LanguagePreference([pageLanguage]).then(originalLanguage, publisher.language);
  }
}
