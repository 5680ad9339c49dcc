import { type DeskContext, signedIn } from '../accounts/viewer.js';
import type { ArticleFilter } from './article.inputs.js';

/**
 * Lets only who is signed in, and may read at the desk, filter by what is the desk's business. Throws UNAUTHENTICATED or
 * FORBIDDEN. For all other filters nobody asks who it is.
 */
export async function checkDeskFilters(filter: ArticleFilter | null | undefined, context: DeskContext): Promise<void> {
  if (filter != null && asksTheDesk(filter)) (await signedIn(context)).demand('desk.read');
}

function asksTheDesk({ hasOutdatedTranslation, and, or, not }: ArticleFilter): boolean {
  if (hasOutdatedTranslation != null) return true;
  return [...(and ?? []), ...(or ?? []), ...(not == null ? [] : [not])].some(asksTheDesk);
}
