import { Field, GraphQLISODateTime, ID, ObjectType } from '@nestjs/graphql';
import { type Connection, PageInfo, type Place } from '../../common/connection.js';
import { toGlobalId } from '../../common/global-id.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import type { AssignmentFacts, ColleagueFacts, NoteFacts, TextLockFacts } from './task-facts.js';

@ObjectType({ description: 'Somebody at the desk, as the others there see them.' })
export class Colleague {
  constructor(private readonly facts: ColleagueFacts) {}

  @Field(() => ID, { description: 'An opaque id: their account’s.' })
  get id(): string {
    return toGlobalId('Account', this.facts.id);
  }

  @Field(() => String, { description: 'Their name.' })
  get name(): string {
    return this.facts.name;
  }

  @Field(() => Boolean, { description: 'Whether they are shut out.' })
  get isDisabled(): boolean {
    return this.facts.isDisabled;
  }
}

@ObjectType({
  description: 'Whose task one language of an article is, so that nobody does it twice; whether it has a text or not.',
})
export class Assignment {
  constructor(private readonly facts: AssignmentFacts) {}

  get about(): Pick<AssignmentFacts, 'articleId' | 'language'> {
    return this.facts;
  }

  @Field(() => LanguageTagScalar, { description: 'Which language.' })
  get language(): LanguageTag {
    return this.facts.language;
  }

  @Field(() => Colleague, { description: 'Whose task it is.' })
  get assignee(): Colleague {
    return new Colleague(this.facts.assignee);
  }

  @Field(() => Colleague, { description: 'Who has said so; the assignee, where they have claimed it.' })
  get assignedBy(): Colleague {
    return new Colleague(this.facts.assignedBy);
  }

  @Field(() => GraphQLISODateTime, { description: 'Since when.' })
  get assignedAt(): Date {
    return this.facts.assignedAt;
  }
}

@ObjectType({
  description:
    'Who has a text before their eyes to write it. It keeps nobody from saving: who saves late gets an `EditConflict`, ' +
    'lock or no lock.',
})
export class TextLock {
  constructor(readonly facts: TextLockFacts) {}

  @Field(() => Colleague, { description: 'Who it is.' })
  get holder(): Colleague {
    return new Colleague(this.facts.holder);
  }

  @Field(() => GraphQLISODateTime, {
    description: 'Until when that is to be believed: saving and `lockText` put it off. Then anybody may have it.',
  })
  get endsAt(): Date {
    return this.facts.endsAt;
  }
}

@ObjectType({ description: 'The passage of a text that a note is of.' })
export class NotePassage {
  @Field(() => ID, { description: 'Its block’s id, or `headline`, or `dek`. It may be gone since.' })
  readonly blockId!: string;

  @Field(() => String, { description: 'How it began when the note was written.' })
  readonly quote!: string;
}

@ObjectType({ description: 'What somebody tells the others at the desk. Readers never get it.' })
export class Note {
  constructor(private readonly facts: NoteFacts) {}

  get about(): Pick<NoteFacts, 'articleId' | 'language'> {
    return this.facts;
  }

  @Field(() => ID, { description: 'An opaque id.' })
  get id(): string {
    return toGlobalId('Note', this.facts.id);
  }

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'The language that it is of; null where it is of the article as a whole.',
  })
  get language(): LanguageTag | null {
    return this.facts.language;
  }

  @Field(() => NotePassage, { nullable: true, description: 'The passage that it is of; null where it is of none.' })
  get passage(): NotePassage | null {
    return this.facts.passage;
  }

  @Field(() => String, { description: 'What it says: plain text.' })
  get body(): string {
    return this.facts.body;
  }

  @Field(() => Colleague, { description: 'Who has written it.' })
  get writtenBy(): Colleague {
    return new Colleague(this.facts.writtenBy);
  }

  @Field(() => GraphQLISODateTime, { description: 'When it was written.' })
  get writtenAt(): Date {
    return this.facts.writtenAt;
  }

  @Field(() => GraphQLISODateTime, {
    nullable: true,
    description: 'When its author last worded it anew; null where it reads as it was written.',
  })
  get editedAt(): Date | null {
    return this.facts.editedAt;
  }

  @Field(() => Colleague, { nullable: true, description: 'Who has resolved it; null while nobody has.' })
  get resolvedBy(): Colleague | null {
    return this.facts.resolvedBy === null ? null : new Colleague(this.facts.resolvedBy);
  }

  @Field(() => GraphQLISODateTime, { nullable: true, description: 'When it was resolved; null while it is not.' })
  get resolvedAt(): Date | null {
    return this.facts.resolvedAt;
  }
}

@ObjectType({ description: 'A task in the desk’s list.' })
export class AssignmentEdge {
  @Field(() => Assignment, { description: 'The task.' })
  readonly node: Assignment;

  constructor(
    node: Assignment,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of tasks.' })
export class AssignmentConnection implements Connection<AssignmentEdge> {
  @Field(() => [AssignmentEdge], { description: 'The tasks of the page, the longest waiting first.' })
  readonly edges!: readonly AssignmentEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}

@ObjectType({ description: 'A note in the desk’s list.' })
export class NoteEdge {
  @Field(() => Note, { description: 'The note.' })
  readonly node: Note;

  constructor(
    node: Note,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of notes.' })
export class NoteConnection implements Connection<NoteEdge> {
  @Field(() => [NoteEdge], { description: 'The notes of the page, the newest first.' })
  readonly edges!: readonly NoteEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}
