import { useSyncExternalStore } from 'react';
import { session } from '../session/session.js';
import { ABOUT, type AboutArticle, type AboutText, type Chosen, OUTDATED } from './about.js';

let chosen: Chosen | null = null;
const watchers = new Set<() => void>();

/** The same for what is drawn; null while none is chosen. */
export function useChosen(): Chosen | null {
  return useSyncExternalStore(watch, () => chosen);
}

/** Chooses an article as it is now; without a language, its original's. Who is not there any more is let go. */
export async function choose(articleId: string, language?: string): Promise<Chosen | null> {
  const found = await session.find<{ desk: { article: AboutArticle | null } | null }>(ABOUT, { id: articleId });
  // What could not be asked may still be there.
  if (found === null) return chosen;
  const article = found.desk?.article ?? null;
  return show(article === null ? null : await about(article, language ?? article.originalLanguage));
}

/** Looks again at the article that is chosen: what was done may have changed it. */
export async function chooseAgain(): Promise<Chosen | null> {
  return chosen === null ? null : choose(chosen.article.id, chosen.language);
}

/** Another language of the same article. */
export async function chooseLanguage(language: string): Promise<void> {
  if (chosen !== null) show(await about(chosen.article, language));
}

/** Lets the article go: whoever signs in next may not see it. */
export function chooseNone(): void {
  show(null);
}

async function about(article: AboutArticle, language: string): Promise<Chosen> {
  const text = article.translations.find((one) => one.language === language) ?? null;
  return { article, language, text, outdatedPassages: text?.isOutdated === true ? await outdatedOf(text) : [] };
}

async function outdatedOf({ id }: AboutText): Promise<string[]> {
  const found = await session.find<{
    desk: { translationSheet: { rows: { passageId: string; change: object | null }[] } | null } | null;
  }>(OUTDATED, { id });
  const rows = found?.desk?.translationSheet?.rows ?? [];
  return rows.filter(({ change }) => change !== null).map(({ passageId }) => passageId);
}

function show(next: Chosen | null): Chosen | null {
  chosen = next;
  for (const watcher of watchers) watcher();
  return next;
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}
