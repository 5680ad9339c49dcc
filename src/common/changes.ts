/** Who wants to know of changes. */
export interface ChangesListener {
  /** From now on every change is heard; those before are not known. */
  watch(): void;
  /** Changes are no longer heard. */
  unwatch(): void;
  /** Editions of these articles were issued or taken back. */
  dropArticles(articleIds: readonly string[]): void;
}

/** Tells which articles were published or withdrawn. */
export interface ChangesSource {
  tell(listener: ChangesListener): void;
}
