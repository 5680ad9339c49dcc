import { Injectable } from '@nestjs/common';
import { PASSWORD_LENGTH_MAX } from '../account-fields.js';

/** Source: OWASP, Password Storage Cheat Sheet: argon2id with 19 MiB, two passes, one lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** What hashes of these parameters begin with. Source: PHC string format. */
const HASHED_SO = `$argon2id$v=19$m=${PARAMETERS.memoryCost},t=${PARAMETERS.timeCost},p=${PARAMETERS.parallelism}$`;

/** Hashes and checks passwords, in threads of Node's own pool. */
@Injectable()
export class Passwords {
  #dummy: Promise<string> | null = null;

  /** What is stored of a password. */
  async hash(password: string): Promise<string> {
    const { hash } = await import('@node-rs/argon2');
    return hash(formOf(password), PARAMETERS);
  }

  /**
   * Whether the password is the one that was hashed. Without a hash, one that nothing fits is checked instead: to find out
   * that there is no account takes the same work.
   */
  async verify(passwordHash: string | null, password: string): Promise<boolean> {
    this.#dummy ??= this.hash('no account has this one');
    const dummy = await this.#dummy;
    const isTooLong = password.length > PASSWORD_LENGTH_MAX;
    const { verify } = await import('@node-rs/argon2');
    const isRight = await verify(passwordHash ?? dummy, isTooLong ? '' : formOf(password));
    return isRight && passwordHash !== null && !isTooLong;
  }

  /** Whether a hash was made with other parameters than those of today. */
  isOutdated(passwordHash: string): boolean {
    return !passwordHash.startsWith(HASHED_SO);
  }
}

/** The same password typed on different keyboards. Source: NIST SP 800-63B, 3.1.1.2. */
function formOf(password: string): string {
  return password.normalize('NFKC');
}
