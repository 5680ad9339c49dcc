import type { EntityManager } from 'typeorm';
import { freeSlugs } from '../articles/reserve-slugs.js';
import type { LanguageTag } from '../common/language-tag.js';
import { toSlug } from '../common/slug.js';
import { Refusal } from '../database/transaction.js';
import { SlugTaken } from './texts.problems.js';

/** A text that has a slug, or is to have one; without an id while there is none yet. */
export interface SluggedText {
  readonly articleId: string;
  readonly translationId: string | null;
}

/** Whether another article has the slug, or had it, in whatever language, or another text of this one has it. */
export async function isSlugTaken(manager: EntityManager, text: SluggedText, slug: string): Promise<boolean> {
  const owner = await ownerOf(manager, slug);
  return owner !== null && (owner !== text.articleId || (await isOfAnotherText(manager, text, slug)));
}

/** Keeps a slug for an article, for good. Throws a Refusal with SlugTaken where another one, or another text, has it. */
export async function keepSlug(manager: EntityManager, text: SluggedText, slug: string): Promise<void> {
  await manager.query('insert into desk.slug (slug, article_id) values ($1, $2) on conflict do nothing', [
    slug,
    text.articleId,
  ]);
  if (await isSlugTaken(manager, text, slug)) throw new Refusal(new SlugTaken(slug));
}

/** A text that has a headline, and no slug yet. */
export interface UnsluggedText extends SluggedText {
  readonly language: LanguageTag;
  readonly headline: string;
}

/** A slug for a text whose headline was just written, kept for its article. */
export async function slugOfHeadline(manager: EntityManager, text: UnsluggedText): Promise<string> {
  for (;;) {
    const free = await findSlug(manager, text);
    try {
      await keepSlug(manager, text, free);
      return free;
    } catch (error) {
      // Somebody was faster: there is another one.
      if (!(error instanceof Refusal)) throw error;
    }
  }
}

/**
 * The slug that a text would have by its headline now: the headline's; where another language of the article has that
 * one, the text's own language is added, and where another article has it, the publisher's name.
 */
export async function findSlug(manager: EntityManager, text: UnsluggedText): Promise<string> {
  const { articleId, language, headline } = text;
  const plain = toSlug(headline);
  const inLanguage = `${plain}-${language.toLowerCase()}`;
  const isOwn = (await ownerOf(manager, plain)) === articleId;
  for (const slug of isOwn ? [plain, inLanguage] : [plain]) if (!(await isSlugTaken(manager, text, slug))) return slug;
  const [publisher] = await manager.query<{ slug: string }[]>(PUBLISHER, [articleId]);
  const [free = inLanguage] = await freeSlugs(manager, [{ headline, publisherSlug: publisher?.slug ?? '' }]);
  return free;
}

async function isOfAnotherText(
  manager: EntityManager,
  { articleId, translationId }: SluggedText,
  slug: string,
): Promise<boolean> {
  const others = await manager.query<unknown[]>(OTHER_TEXTS, [articleId, translationId, slug]);
  return others.length > 0;
}

const OTHER_TEXTS = `
select 1 from desk.translation t left join desk.working_text w on w.translation_id = t.id
where t.article_id = $1 and t.id is distinct from $2 and $3 in (t.slug, w.slug)`;

const PUBLISHER = `
select p.slug from desk.article a join desk.publisher p on p.id = a.publisher_id where a.id = $1`;

async function ownerOf(manager: EntityManager, slug: string): Promise<string | null> {
  const [row] = await manager.query<{ articleId: string }[]>(
    'select article_id as "articleId" from desk.slug where slug = $1',
    [slug],
  );
  return row?.articleId ?? null;
}
