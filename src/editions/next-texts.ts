import type { WholeArticle } from '../articles/articles.queries.js';
import type { RevisionEntity, TranslationEntity } from '../articles/translation.entity.js';
import type { LanguageTag } from '../common/language-tag.js';
import type { EditionText } from './edition-content.js';
import { type FormattedText, formatMarkdown, type TextPlace } from './markdown-formats.js';
import type { NextEdition } from './next-edition.js';

/** One language of an article that is to be published. */
export interface ToPublish {
  readonly articleId: string;
  readonly language: LanguageTag;
  /** The text's body where somebody has formatted it already: `placeOf` says for where. */
  readonly body?: FormattedText | undefined;
}

interface Texts {
  readonly texts: readonly EditionText[];
  readonly bodies: ReadonlyMap<LanguageTag, FormattedText>;
}

/** An article with the texts that its next edition shows. */
export interface ToBuild extends Texts {
  readonly article: WholeArticle;
  readonly next: NextEdition;
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

/** The texts of an article's next edition: the newest in one language, and all others as readers have them. */
export function toBuildOf(article: WholeArticle, next: NextEdition, { language, body }: ToPublish): ToBuild {
  const { last, isServed, revision } = next;
  const translation = article.translations.find((one) => one.language === language);
  if (translation === undefined || revision === null) throw new TypeError(`no text in ${language}`);
  // The same text may be in another language now; the original is one.
  const isThis = (text: EditionText): boolean =>
    text.language === language || (translation.isOriginal && text.isOriginal);
  const kept = (isServed ? last?.content.texts : undefined)?.filter((text) => !isThis(text)) ?? [];
  const formatted =
    body?.markdown === revision.body ? body : formatMarkdown(revision.body, placeOf(translation, 'body'));
  return {
    article,
    next,
    texts: [...kept, buildEditionText(translation, revision)],
    bodies: new Map([
      ...[...next.bodies].filter(([tag]) => kept.some((text) => text.language === tag)),
      [language, formatted],
    ]),
  };
}
