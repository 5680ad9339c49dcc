import { Field, GraphQLISODateTime, ID, Int, ObjectType } from '@nestjs/graphql';
import { type Connection, PageInfo, type Place } from '../common/connection.js';
import { toGlobalId } from '../common/global-id.js';
import type { RevisionFacts } from './revision-facts.js';

@ObjectType({ description: 'A state of a text that is kept for good.' })
export class Revision {
  constructor(readonly facts: RevisionFacts) {}

  @Field(() => ID, { description: 'An opaque id.' })
  get id(): string {
    return toGlobalId('Revision', this.facts.id);
  }

  @Field(() => Int, { description: 'Counted from 1 for each text.' })
  get number(): number {
    return this.facts.number;
  }

  @Field(() => String, { description: 'The line that announces the text, plain.' })
  get headline(): string {
    return this.facts.headline;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The paragraph below the headline that sums the text up, in Markdown; null where there is none.',
  })
  get dek(): string | null {
    return this.facts.dek;
  }

  @Field(() => String, { description: 'Why it was made, in the words of whoever made it.' })
  get reason(): string {
    return this.facts.reason;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Who made it, as they were called then; null where an import has.',
  })
  get madeBy(): string | null {
    return this.facts.madeBy;
  }

  @Field(() => GraphQLISODateTime, { description: 'When it was made.' })
  get createdAt(): Date {
    return new Date(this.facts.createdAt);
  }
}

@ObjectType({ description: 'A revision in the list of a text’s.' })
export class RevisionEdge {
  @Field(() => Revision, { description: 'The revision.' })
  readonly node: Revision;

  constructor(
    node: Revision,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of a text’s revisions.' })
export class RevisionConnection implements Connection<RevisionEdge> {
  @Field(() => [RevisionEdge], { description: 'The revisions of the page, the newest first.' })
  readonly edges!: readonly RevisionEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}
