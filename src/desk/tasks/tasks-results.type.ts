import { createUnionType, Field, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../../common/global-id.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { InvalidValue, NotFound } from '../../common/problem.type.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import {
  AssigneeMayNot,
  NotAssigned,
  NoteIsResolved,
  NotYourNote,
  TextHeld,
  TranslationTaken,
} from './tasks.problems.js';
import { Assignment, Note, TextLock } from './tasks.type.js';

const typeOf = (value: object): string => value.constructor.name;

@ObjectType({ description: 'It is their task.' })
export class TranslationAssigned {
  @Field(() => Assignment, { description: 'Whose, and which.' })
  readonly assignment: Assignment;

  constructor(assignment: Assignment) {
    this.assignment = assignment;
  }
}

@ObjectType({ description: 'It is your task.' })
export class TranslationClaimed {
  @Field(() => Assignment, { description: 'Yours, since when, and which.' })
  readonly assignment: Assignment;

  constructor(assignment: Assignment) {
    this.assignment = assignment;
  }
}

@ObjectType({ description: 'It is nobody’s task any longer: whoever may translate it can claim it.' })
export class TranslationReleased {
  @Field(() => LanguageTagScalar, { description: 'The language that it is in, or is to be.' })
  readonly language: LanguageTag;

  constructor(readonly about: { readonly articleId: string; readonly language: LanguageTag }) {
    this.language = about.language;
  }
}

@ObjectType({ description: 'The others are told that you are writing the text.' })
export class TextLocked {
  @Field(() => TextLock, { description: 'Until when: saving puts it off, and so does locking it again.' })
  readonly lock: TextLock;

  constructor(lock: TextLock) {
    this.lock = lock;
  }
}

@ObjectType({ description: 'You no longer write the text, whether you did or not.' })
export class TextUnlocked {
  constructor(readonly id: string) {}

  @Field(() => ID, { description: 'The text’s id.' })
  get translationId(): string {
    return toGlobalId('Translation', this.id);
  }
}

@ObjectType({ description: 'The note is written.' })
export class NoteAdded {
  @Field(() => Note, { description: 'The note, as everybody at the desk reads it.' })
  readonly note: Note;

  constructor(note: Note) {
    this.note = note;
  }
}

@ObjectType({ description: 'The note reads otherwise.' })
export class NoteEdited {
  @Field(() => Note, { description: 'The note as it reads now.' })
  readonly note: Note;

  constructor(note: Note) {
    this.note = note;
  }
}

@ObjectType({ description: 'What the note is about is settled.' })
export class NoteResolved {
  @Field(() => Note, { description: 'The note, with who has resolved it.' })
  readonly note: Note;

  constructor(note: Note) {
    this.note = note;
  }
}

export const AssignTranslationResult = createUnionType({
  name: 'AssignTranslationResult',
  description: 'Whose task it is now, or why it is not.',
  types: () => [TranslationAssigned, NotFound, AssigneeMayNot, TranslationTaken, NotAssigned] as const,
  resolveType: typeOf,
});

export const UnassignTranslationResult = createUnionType({
  name: 'UnassignTranslationResult',
  description: 'That it is nobody’s task, or why it is somebody’s still.',
  types: () => [TranslationReleased, NotFound, TranslationTaken, NotAssigned] as const,
  resolveType: typeOf,
});

export const ClaimTranslationResult = createUnionType({
  name: 'ClaimTranslationResult',
  description: 'That it is your task, or whose it is.',
  types: () => [TranslationClaimed, NotFound, AssigneeMayNot, TranslationTaken] as const,
  resolveType: typeOf,
});

export const ReleaseTranslationResult = createUnionType({
  name: 'ReleaseTranslationResult',
  description: 'That it is your task no longer, or why it was not.',
  types: () => [TranslationReleased, NotFound, TranslationTaken, NotAssigned] as const,
  resolveType: typeOf,
});

export const LockTextResult = createUnionType({
  name: 'LockTextResult',
  description: 'That you are writing the text, or who is.',
  types: () => [TextLocked, NotFound, TextHeld] as const,
  resolveType: typeOf,
});

export const UnlockTextResult = createUnionType({
  name: 'UnlockTextResult',
  description: 'That you no longer write the text, or that there is none.',
  types: () => [TextUnlocked, NotFound] as const,
  resolveType: typeOf,
});

export const AddNoteResult = createUnionType({
  name: 'AddNoteResult',
  description: 'The note, or why there is none.',
  types: () => [NoteAdded, NotFound, InvalidValue] as const,
  resolveType: typeOf,
});

export const EditNoteResult = createUnionType({
  name: 'EditNoteResult',
  description: 'The note as it reads now, or why it reads as before.',
  types: () => [NoteEdited, NotFound, InvalidValue, NotYourNote, NoteIsResolved] as const,
  resolveType: typeOf,
});

export const ResolveNoteResult = createUnionType({
  name: 'ResolveNoteResult',
  description: 'The note, which is resolved, or that there is none.',
  types: () => [NoteResolved, NotFound] as const,
  resolveType: typeOf,
});
