import type { EntityManager } from 'typeorm';
import { freeSlugs } from '../articles/reserve-slugs.js';
import { toSlug } from '../common/slug.js';
import { Refusal } from '../database/transaction.js';
import { SlugTaken } from './texts.problems.js';

/** Whether another article has the slug, or had it, in whatever language. */
export async function isSlugTaken(manager: EntityManager, articleId: string, slug: string): Promise<boolean> {
  const owner = await ownerOf(manager, slug);
  return owner !== null && owner !== articleId;
}

/** Keeps a slug for an article, for good. Throws a Refusal with SlugTaken where another one has it. */
export async function keepSlug(manager: EntityManager, articleId: string, slug: string): Promise<void> {
  await manager.query('insert into desk.slug (slug, article_id) values ($1, $2) on conflict do nothing', [
    slug,
    articleId,
  ]);
  if ((await ownerOf(manager, slug)) !== articleId) throw new Refusal(new SlugTaken(slug));
}

/** A slug for a text whose headline was just written, kept for its article. */
export async function slugOfHeadline(
  manager: EntityManager,
  { articleId, headline }: { readonly articleId: string; readonly headline: string },
): Promise<string> {
  const plain = toSlug(headline);
  for (;;) {
    const [publisher] = await manager.query<{ slug: string }[]>(PUBLISHER, [articleId]);
    const isOwn = (await ownerOf(manager, plain)) === articleId;
    const [free = plain] = isOwn
      ? [plain]
      : await freeSlugs(manager, [{ headline, publisherSlug: publisher?.slug ?? '' }]);
    try {
      await keepSlug(manager, articleId, free);
      return free;
    } catch (error) {
      // Somebody was faster: there is another one.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

const PUBLISHER = `
select p.slug from desk.article a join desk.publisher p on p.id = a.publisher_id where a.id = $1`;

async function ownerOf(manager: EntityManager, slug: string): Promise<string | null> {
  const [row] = await manager.query<{ articleId: string }[]>(
    'select article_id as "articleId" from desk.slug where slug = $1',
    [slug],
  );
  return row?.articleId ?? null;
}
