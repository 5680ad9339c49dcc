import type { ArticleFields, NoticeField, ReuseTermField } from '../../documents/article-fields.js';
import type { CompiledWrapper } from '../../publishers/compiled-wrapper.js';
import type { ClauseDefinition } from '../../publishers/wrapper-definition.js';

/**
 * The notices and reuse terms that stand below every article of a publisher, as its wrapper words them now: for an
 * article that no page brings. A clause that speaks of what the wrapper does not know, such as for whom it holds, is left
 * for a person to write. Pure.
 */
export function standingClauses(
  { publisher, clauses }: Pick<CompiledWrapper, 'publisher' | 'clauses'>,
  contactPoints: ArticleFields['contactPoints'],
): Pick<ArticleFields, 'rights.notices' | 'rights.reuseTerms'> {
  const notices: NoticeField[] = [];
  const reuseTerms: ReuseTermField[] = [];
  for (const { definition, wordings } of clauses) {
    const email = emailFor(definition, contactPoints);
    const names = { publisher: publisher.name, legalName: publisher.legalName, abbreviation: publisher.abbreviation };
    // The first wording is the one that is written now.
    const text = wordings[0]?.write({ ...names, email }) ?? null;
    if (text === null) continue;
    const { key: clauseKey, notice, reuse } = definition;
    if (notice !== undefined) notices.push({ clauseKey, kind: notice, text });
    if (reuse !== undefined) {
      const { effect, actions, media, duties } = reuse;
      reuseTerms.push({ clauseKey, text, effect, actions, media, duties, audienceLabel: null, email });
    }
  }
  return { 'rights.notices': notices, 'rights.reuseTerms': reuseTerms };
}

/** Whom a clause names to be asked: an address that this article has for what the clause is for. */
function emailFor({ contact = [] }: ClauseDefinition, contactPoints: ArticleFields['contactPoints']): string | null {
  const point = contactPoints.find(({ purposes }) => contact.some((purpose) => purposes.includes(purpose)));
  return point?.email ?? null;
}
