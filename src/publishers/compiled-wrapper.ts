import type { LanguageTag } from '../common/language-tag.js';
import { compileLinePattern, type LinePattern, type PublisherNames } from './line-pattern.js';
import { LINE_ROLES, type LineRole } from './line-roles.js';
import type { ClauseDefinition, WrapperDefinition } from './wrapper-definition.js';

/** A clause of a wrapper with its wordings ready to match. */
export interface CompiledClause {
  readonly definition: ClauseDefinition;
  readonly wordings: readonly LinePattern[];
}

/** A wrapper whose patterns are ready to read and write lines. */
export interface CompiledWrapper {
  readonly publisherSlug: string;
  readonly publisher: PublisherNames;
  readonly language: LanguageTag;
  readonly definition: WrapperDefinition;
  /** The patterns of each line; the first is the one in which new lines are written. */
  readonly lines: ReadonlyMap<LineRole, readonly LinePattern[]>;
  readonly clauses: readonly CompiledClause[];
  /** The same for pages that name another publisher, whichever. */
  readonly ofAnyPublisher: () => CompiledWrapper;
}

/** Makes a wrapper's patterns ready to read and write. */
export function compileWrapper(
  publisherSlug: string,
  publisher: PublisherNames,
  language: LanguageTag,
  definition: WrapperDefinition,
): CompiledWrapper {
  // Few pages ever need it.
  let ofAny: CompiledWrapper | undefined;
  const wrapper = compileWith({ publisherSlug, publisher, language, definition }, publisher, () => {
    ofAny ??= compileWith({ publisherSlug, publisher, language, definition }, null, () => wrapper);
    return ofAny;
  });
  return wrapper;
}

function compileWith(
  facts: Pick<CompiledWrapper, 'publisherSlug' | 'publisher' | 'language' | 'definition'>,
  names: PublisherNames | null,
  ofAnyPublisher: () => CompiledWrapper,
): CompiledWrapper {
  const { language, definition } = facts;
  const compile = (pattern: string): LinePattern => compileLinePattern(pattern, language, names);
  return {
    ...facts,
    lines: new Map(LINE_ROLES.map((role) => [role, (definition.lines[role] ?? []).map(compile)])),
    clauses: definition.clauses.map((clause) => ({ definition: clause, wordings: clause.wordings.map(compile) })),
    ofAnyPublisher,
  };
}
