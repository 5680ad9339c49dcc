import { Field, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import type { TranslationMethod } from '../common/vocabulary.js';
import { enumType, TranslationMethodType } from '../common/vocabulary.type.js';
import type { EditionText } from './edition-content.js';
import { plainText, safeHtml } from './markdown-formats.js';

export const BODY_FORMATS = ['MARKDOWN', 'HTML', 'PLAIN'] as const;
export type BodyFormat = (typeof BODY_FORMATS)[number];

export const BodyFormatType = enumType('BodyFormat', 'How a body is written.', BODY_FORMATS, {
  MARKDOWN: 'As it is stored: CommonMark with GitHub’s extensions, verbatim.',
  HTML: 'As HTML that is safe to put into a page: scripts, event handlers and unsafe addresses are taken out.',
  PLAIN: 'As plain text, with an empty line between paragraphs.',
});

@ObjectType('Text', { description: 'An article’s text in one language.' })
export class Text {
  constructor(
    private readonly facts: EditionText,
    private readonly isFallbackText: boolean,
    /** Markdown; null where no body was asked for. */
    private readonly markdown: string | null,
  ) {}

  @Field(() => LanguageTagScalar, { description: 'The language that it is in.' })
  get language(): LanguageTag {
    return this.facts.language;
  }

  @Field(() => Boolean, { description: 'Whether the article was written in this language.' })
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

  @Field(() => TranslationMethodType, { nullable: true, description: 'How it was translated; null for the original.' })
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

  @Field(() => String, {
    nullable: true,
    description: 'The paragraph below the headline that sums it up; null where there is none.',
  })
  get dek(): string | null {
    return this.facts.dek;
  }

  /** The body in the format. */
  bodyAs(format: BodyFormat): string {
    if (this.markdown === null) throw new TypeError('a body was answered that had not been asked for');
    return format === 'MARKDOWN'
      ? this.markdown
      : format === 'HTML'
        ? safeHtml(this.markdown)
        : plainText(this.markdown);
  }
}
