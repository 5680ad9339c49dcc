import { Field, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { enumType } from '../common/vocabulary.type.js';
import { LINE_ROLES, type LineRole } from '../publishers/line-roles.js';
import { Notice } from '../rights/rights.type.js';

export const LineRoleType = enumType('LineRole', 'What a line of a publisher’s page says.', LINE_ROLES, {
  BYLINE: 'Who wrote it: `Par South Front`.',
  DATELINE: 'Who published it here, and when: `Mondialisation.ca, 30 mars 2016`.',
  ORIGIN_LINE: 'Who published it first, and when: `South Front 28 mars 2016`.',
  REGION_LINE: 'The regions it is filed under.',
  THEME_LINE: 'The themes it is filed under.',
  REPORT_LINE: 'The in-depth reports it is part of.',
  ORIGINAL_LINE: 'Which text it was translated from: title, language, source, date.',
  TRANSLATOR_LINE: 'Who translated it: `Traduit par Jeanne Roux`.',
  FIRST_PUBLISHED_LINE: 'Where and when it stood first: `First published by South Front on March 28, 2016`.',
  SOURCE_STATEMENT: 'The sentence that names the source.',
  COPYRIGHT_LINE: 'The copyright notice.',
  CREDITS_LINE: 'The line that leads to more by the same authors.',
});

@ObjectType('WrapperLine', { description: 'A line of a publisher’s page around an article.' })
export class WrapperLine {
  @Field(() => LineRoleType, { description: 'What the line says.' })
  readonly role!: LineRole;

  @Field(() => String, { description: 'The line as the publisher writes it in this language, plain.' })
  readonly text!: string;

  @Field(() => LanguageTagScalar, { description: 'The language of the line.' })
  readonly language!: LanguageTag;
}

@ObjectType('Wrapper', {
  description: 'A publisher’s page around an article, in one language: labels, lines and legal texts.',
})
export class Wrapper {
  @Field(() => LanguageTagScalar, { description: 'The language of the lines.' })
  readonly language!: LanguageTag;

  @Field(() => [WrapperLine], { description: 'The lines, in the page’s order.' })
  readonly lines!: readonly WrapperLine[];

  @Field(() => [Notice], { description: 'The legal texts below the article. Each tells its own language.' })
  readonly notices!: readonly Notice[];
}
