import { ArgsType, Field, ObjectType } from '@nestjs/graphql';
import { FieldArgs } from '../common/field-args.js';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import type { TranslationMethod } from '../common/vocabulary.js';
import { enumType, TranslationMethodType } from '../common/vocabulary.type.js';
import { Correction } from './correction.type.js';
import type { EditionCorrection, ServedText } from './edition-content.js';
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

/** The format of a body for which none is asked. */
export const DEFAULT_BODY_FORMAT: BodyFormat = 'MARKDOWN';

/** What a body weighs among an answer's values: it is as long as a hundred names. */
export const BODY_COST = 100;

@ArgsType()
class DekArgs {
  @Field(() => BodyFormatType, { defaultValue: 'PLAIN', description: 'How to write it.' })
  readonly format!: BodyFormat;
}

@ArgsType()
export class BodyArgs {
  @Field(() => BodyFormatType, { defaultValue: DEFAULT_BODY_FORMAT, description: 'How to write it.' })
  readonly format!: BodyFormat;
}

@ObjectType('Text', { description: 'An article’s text in one language.' })
export class Text {
  constructor(
    private readonly facts: ServedText,
    private readonly isFallbackText: boolean,
    private readonly formattedDek: FormattedText | null,
    /** The body in the formats that the query asks for. */
    private readonly bodies: Partial<FormattedText>,
    /** The article's, where the query asks for them. */
    private readonly allCorrections: readonly EditionCorrection[] | undefined,
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

  @Field(() => String, {
    nullable: true,
    description: 'The paragraph below the headline that sums the text up; null where there is none.',
  })
  dek(@FieldArgs(DekArgs) { format }: DekArgs): string | null {
    return this.formattedDek?.[FORMAT_KEYS[format]] ?? null;
  }

  @Field(() => String, { description: 'The text itself.', complexity: BODY_COST })
  body(@FieldArgs(BodyArgs) { format }: BodyArgs): string {
    const body = this.bodies[FORMAT_KEYS[format]];
    if (body === undefined) throw new TypeError('a body was answered that had not been asked for');
    return body;
  }

  @Field(() => [Correction], {
    description: 'What was put right after publication, in the order of time, for readers of this language.',
  })
  get corrections(): readonly Correction[] {
    if (this.allCorrections === undefined) throw new TypeError('corrections were answered that had not been asked for');
    return this.allCorrections.filter((one) => one.language === this.language).map((one) => new Correction(one));
  }
}
