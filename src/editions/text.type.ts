import { Field, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import type { TranslationMethod } from '../common/vocabulary.js';
import { enumType, TranslationMethodType } from '../common/vocabulary.type.js';
import type { EditionText } from './edition-content.js';
import type { FormattedText } from './markdown-formats.js';

export const BODY_FORMATS = ['MARKDOWN', 'HTML', 'PLAIN'] as const;
export type BodyFormat = (typeof BODY_FORMATS)[number];

export const BodyFormatType = enumType('BodyFormat', 'How a text is written.', BODY_FORMATS, {
  MARKDOWN: 'As it is stored: CommonMark with GitHub’s extensions, verbatim.',
  HTML:
    'As HTML that is safe to put into a page: no markup of the author’s own, no scripts; links lead to absolute ' +
    '`http`, `https` and `mailto` addresses or to the text’s own footnotes.',
  PLAIN:
    'As plain text: an empty line between paragraphs, a new line between the items of a list and the rows of a ' +
    'table, a tab between cells.',
});

/** Where a format stands in a formatted text. */
export const FORMAT_KEYS: Readonly<Record<BodyFormat, keyof FormattedText>> = {
  MARKDOWN: 'markdown',
  HTML: 'html',
  PLAIN: 'plain',
};

@ObjectType('Text', { description: 'An article’s text in one language.' })
export class Text {
  constructor(
    private readonly facts: EditionText,
    private readonly isFallbackText: boolean,
    /** The body in the formats that the query asks for. */
    private readonly body: Partial<FormattedText>,
  ) {}

  @Field(() => LanguageTagScalar, { description: 'The language that it is in.' })
  get language(): LanguageTag {
    return this.facts.language;
  }

  @Field(() => Boolean, {
    description: 'Whether it is what was written first: false for a translation, also where it is all that there is.',
  })
  get isOriginal(): boolean {
    return this.facts.isOriginal;
  }

  @Field(() => Boolean, {
    description: 'Whether it stands in for the languages asked for, none of which is published.',
  })
  get isFallback(): boolean {
    return this.isFallbackText;
  }

  @Field(() => Boolean, { description: 'Whether the original has been published anew since this was translated.' })
  get isOutdated(): boolean {
    return this.facts.isOutdated;
  }

  @Field(() => TranslationMethodType, {
    nullable: true,
    description:
      'How it was translated; null for the original, and where the page of a translation does not name who did it.',
  })
  get method(): TranslationMethod | null {
    return this.facts.method;
  }

  @Field(() => String, { description: 'The article’s name in addresses, in this language.' })
  get slug(): string {
    return this.facts.slug;
  }

  @Field(() => String, { description: 'The line that announces the text, plain.' })
  get headline(): string {
    return this.facts.headline;
  }

  /** The paragraph that sums it up, in the format; null where there is none. */
  dekAs(format: BodyFormat): string | null {
    return this.facts.dek?.[FORMAT_KEYS[format]] ?? null;
  }

  /** The body in the format. */
  bodyAs(format: BodyFormat): string {
    const body = this.body[FORMAT_KEYS[format]];
    if (body === undefined) throw new TypeError('a body was answered that had not been asked for');
    return body;
  }
}
