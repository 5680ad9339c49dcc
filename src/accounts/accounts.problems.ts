import { Field, Int, ObjectType } from '@nestjs/graphql';
import { Problem } from '../common/problem.type.js';

@ObjectType({
  implements: () => Problem,
  description:
    'The e-mail address or the password is wrong, or the account may not sign in: which of them is told to nobody.',
})
export class SignInRefused extends Problem {
  constructor(field = 'password') {
    super('SIGN_IN_REFUSED', 'The e-mail address or the password is wrong, or this account may not sign in.', [
      'input',
      field,
    ]);
  }
}

@ObjectType({
  implements: () => Problem,
  description: 'There were too many attempts of late, for this account or from this address.',
})
export class TooManyAttempts extends Problem {
  @Field(() => Int, { description: 'In how many seconds there may be another.' })
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number) {
    super('TOO_MANY_ATTEMPTS', 'There were too many attempts to sign in. Try again later.');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

@ObjectType({ implements: () => Problem, description: 'The session is over: sign in again.' })
export class SessionEnded extends Problem {
  constructor() {
    super('SESSION_ENDED', 'This session is over, or never was. Sign in again.', ['input', 'secret']);
  }
}

@ObjectType({
  implements: () => Problem,
  description:
    'The session was refreshed a moment ago, and has a newer secret: somebody asked twice at once. Use the newer one.',
})
export class SecretReplaced extends Problem {
  constructor() {
    super('SECRET_REPLACED', 'This session was refreshed a moment ago. Use its newer secret.', ['input', 'secret']);
  }
}

@ObjectType({ implements: () => Problem, description: 'The secret or code is wrong, was used before, or is too old.' })
export class SecretRefused extends Problem {
  constructor(field: string) {
    super('SECRET_REFUSED', 'This was used before, is too old, or never was given out.', ['input', field]);
  }
}

@ObjectType({ implements: () => Problem, description: 'Another account has this e-mail address.' })
export class EmailTaken extends Problem {
  constructor() {
    super('EMAIL_TAKEN', 'Another account has this e-mail address.', ['input', 'email']);
  }
}

@ObjectType({ implements: () => Problem, description: 'Nobody would be left to administer accounts.' })
export class LastAdmin extends Problem {
  constructor() {
    super('LAST_ADMIN', 'This is the last admin: make another one first.', ['input', 'accountId']);
  }
}
