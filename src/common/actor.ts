/** As what somebody acts. */
export const ACTOR_KINDS = ['ACCOUNT', 'TOKEN', 'COMMAND', 'IMPORT', 'STRANGER'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** Who changes something, and by what: what the audit trail remembers. */
export interface Actor {
  /**
   * ACCOUNT: a person who is signed in. TOKEN: a program with a token of theirs. COMMAND and IMPORT: whoever runs commands.
   * STRANGER: somebody who was not let in. */
  readonly kind: ActorKind;
  /** Null for commands, imports and strangers. */
  readonly accountId: string | null;
  /** For people: the account's name, as others at the desk read it; for commands those, `colophon user add`. */
  readonly name: string;
  /** The account's address. It is for the trail alone: who reads the desk is told names. */
  readonly email?: string | null;
  readonly sessionId?: string | null;
  readonly tokenId?: string | null;
  readonly requestId?: string | null;
  /** From where it was asked. */
  readonly address?: string | null;
}

/** Whoever runs a command on this machine. */
export function commandActor(command: string): Actor {
  return { kind: 'COMMAND', accountId: null, name: `colophon ${command}` };
}
