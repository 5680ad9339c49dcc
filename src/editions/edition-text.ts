import type { RevisionEntity, TranslationEntity } from '../articles/translation.entity.js';
import type { EditionText } from './edition-content.js';
import { type FormattedText, formatMarkdown, type TextPlace } from './markdown-formats.js';

/** The body of a text in every format, as it is written where it is published. */
export function formatBody(
  translation: Pick<TranslationEntity, 'articleId' | 'language'>,
  body: string,
): FormattedText {
  return formatMarkdown(body, placeOf(translation, 'body'));
}

/** Where a part of an article's text stands: no other text of any article has the same. */
export function placeOf(
  { articleId, language }: Pick<TranslationEntity, 'articleId' | 'language'>,
  part: 'dek' | 'body',
): TextPlace {
  return { idPrefix: `${part}-${articleId}-${language}-`, language };
}

/** One language's text of an edition, from the revision that is published. */
export function buildEditionText(translation: TranslationEntity, revision: RevisionEntity): EditionText {
  const { dek } = revision;
  const { slug, translator } = translation;
  if (slug === null) throw new TypeError('a text that has a revision has a slug');
  return {
    language: translation.language,
    isOriginal: translation.isOriginal,
    isOutdated: false,
    method: translation.method,
    slug,
    headline: revision.headline,
    dek: dek === null ? null : formatMarkdown(dek, placeOf(translation, 'dek')),
    revisionId: revision.id,
    sourceRevisionId: revision.sourceRevisionId,
    ...(translator === null ? {} : { translator: { name: translator.name, kind: translator.kind } }),
  };
}
