/** Who does something at the desk. */
export interface Actor {
  /** Null where no account did it: a command, an import. */
  readonly accountId: string | null;
  /** The name as it was then, for people: accounts are renamed. */
  readonly name: string;
}
