import { Field, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../../common/language-tag.js';
import { Problem } from '../../common/problem.type.js';
import type { AssignmentFacts, TextLockFacts } from './task-facts.js';
import { Assignment, TextLock } from './tasks.type.js';

@ObjectType({
  implements: () => Problem,
  description: 'The text is somebody’s task by now, or somebody else’s than the one that you saw.',
})
export class TranslationTaken extends Problem {
  @Field(() => Assignment, { description: 'Whose it is, and since when: until they give it back, or an editor does.' })
  readonly assignment: Assignment;

  @Field(() => TextLock, {
    nullable: true,
    description: 'Who is writing it at the moment, and until when; null where nobody is.',
  })
  readonly lock: TextLock | null;

  constructor(assignment: AssignmentFacts, lock: TextLockFacts | null) {
    super('TRANSLATION_TAKEN', `This is ${assignment.assignee.name}’s task.`, ['input', 'language']);
    this.assignment = new Assignment(assignment);
    this.lock = lock === null ? null : new TextLock(lock);
  }
}

@ObjectType({ implements: () => Problem, description: 'The text is nobody’s task, or not yours to give back.' })
export class NotAssigned extends Problem {
  constructor() {
    super('NOT_ASSIGNED', 'This is not the task of whom you say.', ['input', 'language']);
  }
}

@ObjectType({
  implements: () => Problem,
  description: 'Who is to have the task may not do it: they may not write the text, or are shut out.',
})
export class AssigneeMayNot extends Problem {
  constructor(name: string, language: LanguageTag, field: string) {
    super('ASSIGNEE_MAY_NOT', `${name} may not write the text in the language ${language}.`, ['input', field]);
  }
}

@ObjectType({ implements: () => Problem, description: 'Somebody else has the text before their eyes to write it.' })
export class TextHeld extends Problem {
  @Field(() => TextLock, { description: 'Who, and until when that is to be believed.' })
  readonly lock: TextLock;

  constructor(lock: TextLockFacts) {
    super('TEXT_HELD', `${lock.holder.name} is writing this text.`, ['input', 'translationId']);
    this.lock = new TextLock(lock);
  }
}

@ObjectType({ implements: () => Problem, description: 'Only who has written a note words it anew.' })
export class NotYourNote extends Problem {
  constructor() {
    super('NOT_YOUR_NOTE', 'Somebody else has written this note: answer it by one of yours.', ['input', 'noteId']);
  }
}

@ObjectType({ implements: () => Problem, description: 'The note is resolved: it stays as it was then.' })
export class NoteIsResolved extends Problem {
  constructor() {
    super('NOTE_IS_RESOLVED', 'This note is resolved, and stays as it was then: write another one.', [
      'input',
      'noteId',
    ]);
  }
}
