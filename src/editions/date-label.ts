import { ArgsType, Field } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { isDateLanguage, writeDate } from '../common/written-date.js';

@ArgsType()
export class DateLabelArgs {
  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'The language; without it, the first that the query asks for.',
  })
  readonly language?: LanguageTag | null;
}

/** A date as a language writes it: the one named, or the first of the others in which dates can be written. */
export function dateLabel(
  date: PartialDate,
  language: LanguageTag | null | undefined,
  others: readonly LanguageTag[],
): string {
  const written = [...(language == null ? [] : [language]), ...others].find(isDateLanguage);
  return written === undefined ? date : writeDate(date, written);
}
