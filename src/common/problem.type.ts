import { Field, InterfaceType, ObjectType } from '@nestjs/graphql';

/** What is expected to go wrong now and then: it is answered, not thrown, and what answers it has changed nothing. */
@InterfaceType('Problem', {
  description:
    'Why something was not done. It has changed nothing. Go by `code`; the message is for people and may be worded anew.',
  resolveType: (problem: Problem) => problem.constructor.name,
})
export abstract class Problem {
  @Field({ description: 'What kind of problem it is, like `INVALID_VALUE`: the same for all problems of one type.' })
  readonly code: string;

  @Field({ description: 'What is wrong, in a sentence for people.' })
  readonly message: string;

  @Field(() => [String], {
    description: 'The part of the arguments that it is about, like `["input", "name"]`; empty for none.',
  })
  readonly path: readonly string[];

  constructor(code: string, message: string, path: readonly string[] = []) {
    this.code = code;
    this.message = message;
    this.path = path;
  }
}

@ObjectType({ implements: () => Problem, description: 'A value that can not be taken as it is.' })
export class InvalidValue extends Problem {
  /** `field` as a path below the input, like `origin.url` or `credits.3.name`; `reason` goes on after it: `must be …`. */
  constructor(field: string, reason: string) {
    super('INVALID_VALUE', `“${field}” ${reason}.`, ['input', ...field.split('.')]);
  }
}

@ObjectType({ implements: () => Problem, description: 'Nothing that you may see has this id.' })
export class NotFound extends Problem {
  constructor(field: string) {
    super('NOT_FOUND', `There is nothing that “${field}” names.`, ['input', field]);
  }
}
