import slugify from '@sindresorhus/slugify';

/** An address may be long, but not without end. */
const LONGEST_SLUG = 120;

/** A headline or name as an address: `L’État d’urgence` → `l-etat-d-urgence`; never empty. */
export function toSlug(text: string): string {
  const slug = slugify(text.replace(/['’]/g, ' ').replace(/(\p{L})\.(?=\p{L}\.)/gu, '$1'), { decamelize: false });
  if (slug.length <= LONGEST_SLUG) return slug === '' ? 'untitled' : slug;
  const cut = slug.slice(0, LONGEST_SLUG + 1);
  return cut.slice(0, cut.lastIndexOf('-') > 60 ? cut.lastIndexOf('-') : LONGEST_SLUG);
}
