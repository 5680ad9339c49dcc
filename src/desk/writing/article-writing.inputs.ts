import { Field, ID, InputType, Int } from '@nestjs/graphql';
import type { LanguageTag } from '../../common/language-tag.js';
import type { PartialDate } from '../../common/partial-date.js';
import { EmailAddressScalar, LanguageTagScalar, PartialDateScalar, UrlScalar } from '../../common/scalars.js';
import type { ArticleKind, ContactPurpose, CreditRole, LinkKind, OriginRelation } from '../../common/vocabulary.js';
import {
  ArticleKindType,
  ContactPurposeType,
  CreditRoleType,
  LinkKindType,
  OriginRelationType,
} from '../../common/vocabulary.type.js';

export const ARTICLE_ID = 'The article’s id.';
export const ARTICLE_VERSION = 'The article’s `version` that you saw: of another, nothing is done.';
export const REASON = 'Why, for the audit trail, of at most 1,000 characters.';
const STAYS = 'Left out, it stays.';
const WHOLE = 'All of them, in the order of the page: others are gone. Left out, they stay.';
const LABELS = 'as a list of terms has them in any language, or new ones, which are remarked as unknown';

@InputType({ description: 'Where an article stood first.' })
export class OriginInput {
  @Field(() => OriginRelationType, { description: 'How the article is tied to it.' })
  readonly relation!: OriginRelation;

  @Field(() => String, { nullable: true, description: 'The name of who published it first; null where nobody knows.' })
  readonly source?: string | null;

  @Field(() => UrlScalar, {
    nullable: true,
    description: 'Its address there, by http or https; null where nobody knows.',
  })
  readonly url?: string | null;

  @Field(() => String, { nullable: true, description: 'Its title there; null where nobody knows.' })
  readonly title?: string | null;

  @Field(() => LanguageTagScalar, { nullable: true, description: 'Its language there; null where nobody knows.' })
  readonly language?: LanguageTag | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: 'When it stood there first; null where nobody knows.',
  })
  readonly publishedOn?: PartialDate | null;
}

@InputType({ description: 'Somebody who has done something for an article.' })
export class CreditInput {
  @Field(() => CreditRoleType, { description: 'What they have done.' })
  readonly role!: CreditRole;

  @Field(() => String, { description: 'Their name, of 1 to 300 characters.' })
  readonly name!: string;
}

@InputType({ description: 'A copyright notice, whole and in its parts.' })
export class CopyrightNoticeInput {
  @Field(() => String, { description: 'The whole notice, like `Copyright © South Front, South Front, 2016`.' })
  readonly raw!: string;

  @Field(() => String, { nullable: true, description: 'The author that it names; null where it names none.' })
  readonly author?: string | null;

  @Field(() => String, { nullable: true, description: 'The source that it names; null where it names none.' })
  readonly source?: string | null;

  @Field(() => Int, { nullable: true, description: 'The year that it names, like `2016`; null where it names none.' })
  readonly year?: number | null;
}

@InputType({ description: 'An address below an article, and what it is for.' })
export class ContactPointInput {
  @Field(() => EmailAddressScalar, { description: 'The e-mail address.' })
  readonly email!: string;

  @Field(() => [ContactPurposeType], { description: 'What it is for.' })
  readonly purposes!: readonly ContactPurpose[];
}

@InputType({ description: 'A link below an article.' })
export class LinkInput {
  @Field(() => LinkKindType, { description: 'What it leads to.' })
  readonly kind!: LinkKind;

  @Field(() => UrlScalar, { description: 'Where it leads.' })
  readonly url!: string;
}

@InputType({ description: 'An article to write. What is not said of it is not known: nobody is filled in.' })
export class CreateArticleInput {
  @Field(() => ID, { description: 'The id of the publisher who carries it.' })
  readonly publisherId!: string;

  @Field(() => LanguageTagScalar, { description: 'The language of its original.' })
  readonly language!: LanguageTag;

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'The language of the publisher’s page around it; null for the publisher’s first.',
  })
  readonly pageLanguage?: LanguageTag | null;

  @Field(() => String, { description: 'The original’s headline, plain, of at most 1,000 characters.' })
  readonly headline!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What stands below the headline, in Markdown; null for nothing.',
  })
  readonly dek?: string | null;

  @Field(() => String, {
    description:
      'The original’s text, in Markdown, of at most 300,000 characters, 4,000 lines and 20,000 marks such as * and [.',
  })
  readonly body!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The original’s name in addresses, words of a-z and 0-9 parted by hyphens; null for the headline’s.',
  })
  readonly slug?: string | null;

  @Field(() => ArticleKindType, { description: 'What it is.' })
  readonly kind!: ArticleKind;

  @Field(() => PartialDateScalar, { description: 'The day on which the publisher carries it.' })
  readonly publishedOn!: PartialDate;

  @Field(() => OriginInput, { description: 'Where it stood first.' })
  readonly origin!: OriginInput;

  @Field(() => [CreditInput], { defaultValue: [], description: 'Who has done what for it, in the order of the page.' })
  readonly credits!: readonly CreditInput[];

  @Field(() => [String], { defaultValue: [], description: `The regions that it is about, ${LABELS}.` })
  readonly regions!: readonly string[];

  @Field(() => [String], { defaultValue: [], description: `The themes that it is about, ${LABELS}.` })
  readonly themes!: readonly string[];

  @Field(() => [String], { defaultValue: [], description: `The in-depth reports that it is part of, ${LABELS}.` })
  readonly reports!: readonly string[];

  @Field(() => CopyrightNoticeInput, { nullable: true, description: 'Its copyright notice; null where it has none.' })
  readonly copyright?: CopyrightNoticeInput | null;

  @Field(() => [ContactPointInput], { defaultValue: [], description: 'Whom to write to, in the order of the page.' })
  readonly contactPoints!: readonly ContactPointInput[];

  @Field(() => [LinkInput], { defaultValue: [], description: 'The links below it, in the order of the page.' })
  readonly links!: readonly LinkInput[];
}

@InputType({ description: 'What is to be otherwise with an article, beside its texts.' })
export class EditArticleInput {
  @Field(() => ID, { description: ARTICLE_ID })
  readonly articleId!: string;

  @Field(() => Int, { description: ARTICLE_VERSION })
  readonly expectedVersion!: number;

  @Field(() => ArticleKindType, { nullable: true, description: `What it is. ${STAYS}` })
  readonly kind?: ArticleKind | null;

  @Field(() => PartialDateScalar, {
    nullable: true,
    description: `The day on which the publisher carries it. ${STAYS}`,
  })
  readonly publishedOn?: PartialDate | null;

  @Field(() => OriginInput, {
    nullable: true,
    description: `Where it stood first, all that is known of it. ${STAYS}`,
  })
  readonly origin?: OriginInput | null;

  @Field(() => [CreditInput], { nullable: true, description: `Who has done what for it. ${WHOLE}` })
  readonly credits?: readonly CreditInput[] | null;

  @Field(() => [String], { nullable: true, description: `The regions that it is about, ${LABELS}. ${WHOLE}` })
  readonly regions?: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: `The themes that it is about, ${LABELS}. ${WHOLE}` })
  readonly themes?: readonly string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: `The in-depth reports that it is part of, ${LABELS}. ${WHOLE}`,
  })
  readonly reports?: readonly string[] | null;

  @Field(() => CopyrightNoticeInput, {
    nullable: true,
    description: 'Its copyright notice; null takes it away. Left out, it stays.',
  })
  readonly copyright?: CopyrightNoticeInput | null;

  @Field(() => [ContactPointInput], { nullable: true, description: `Whom to write to. ${WHOLE}` })
  readonly contactPoints?: readonly ContactPointInput[] | null;

  @Field(() => [LinkInput], { nullable: true, description: `The links below it. ${WHOLE}` })
  readonly links?: readonly LinkInput[] | null;

  @Field(() => String, { nullable: true, description: REASON })
  readonly reason?: string | null;
}

@InputType({ description: 'Which text is to have which name in addresses.' })
export class ChangeSlugInput {
  @Field(() => ID, { description: ARTICLE_ID })
  readonly articleId!: string;

  @Field(() => Int, { description: ARTICLE_VERSION })
  readonly expectedVersion!: number;

  @Field(() => LanguageTagScalar, { description: 'Which of its languages.' })
  readonly language!: LanguageTag;

  @Field(() => String, {
    description: 'The name, of at most 120 characters: words of a-z and 0-9, parted by hyphens.',
  })
  readonly slug!: string;
}
