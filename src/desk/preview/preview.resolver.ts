import { Args, ArgsType, Context, Field, ID, InputType, ResolveField, Resolver } from '@nestjs/graphql';
import { Desk } from '../../accounts/desk.type.js';
import { Permits } from '../../accounts/permits.js';
import { languagePreference, type RequestContext } from '../../common/language-preference.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import { Shown } from '../../common/shown.js';
import { userInputError } from '../../common/user-input-error.js';
import { enumType } from '../../common/vocabulary.type.js';
import { Article } from '../../editions/article.type.js';
import {
  EditionPreviews,
  PREVIEWED_STATES,
  type PreviewedState,
  type PreviewedText,
  type PreviewRefusal,
} from '../../editions/edition-previews.js';
import { NotApproved } from '../../publishing/publishing.problems.js';
import { uuidOf } from '../desk-texts.resolver.js';
import { ArticlePreviewed, NothingToShow, NoText, PreviewResult } from './preview-result.type.js';

const PreviewedStateEnum = enumType('PreviewedState', 'Which state of a text a preview shows.', PREVIEWED_STATES, {
  APPROVED: 'The newest revision, which has to be approved: what would be published.',
  SAVED: 'The newest revision, approved or not.',
  IN_HAND: 'What somebody has in hand, or else the newest revision.',
});

@InputType({ description: 'A text to preview.' })
class PreviewedTextInput implements PreviewedText {
  @Field(() => LanguageTagScalar, { description: 'The language that it is in.' })
  readonly language!: LanguageTag;

  @Field(() => PreviewedStateEnum, { defaultValue: 'APPROVED', description: 'Which state of it.' })
  readonly of!: PreviewedState;
}

@ArgsType()
class PreviewArgs {
  @Field(() => ID, { description: 'The article’s id.' })
  readonly articleId!: string;

  @Field(() => [PreviewedTextInput], {
    description: 'The texts to show that readers do not have, or not so. All others are as readers have them.',
  })
  readonly texts!: readonly PreviewedTextInput[];

  @Field(() => [LanguageTagScalar], {
    nullable: true,
    description:
      'The languages to serve, best first. Unless you say otherwise, `text` is one of `texts`, and all else, like the ' +
      'publisher’s page around it, is in the language in which readers get it.',
  })
  readonly languages?: readonly LanguageTag[] | null;
}

/** Shows what is not published as it would be, to who may read the desk. */
@Resolver(() => Desk)
export class PreviewResolver {
  constructor(private readonly previews: EditionPreviews) {}

  @Permits('desk.read')
  @ResolveField('preview', () => PreviewResult, {
    nullable: true,
    description:
      'An article as readers would get it, built as editions are, of which nothing is kept; null where there is no ' +
      'such article.',
  })
  async preview(
    @Args() { articleId, texts, languages }: PreviewArgs,
    @Context() context: RequestContext,
  ): Promise<typeof PreviewResult | null> {
    const named = texts.map(({ language }) => language);
    if (new Set(named).size !== named.length) throw userInputError('texts', 'must name each language once');
    const asked = languagePreference(languages, context);
    const askedOfText = languages == null && named.length > 0 ? languagePreference(named, context) : asked;
    const found = await this.previews.find(uuidOf('Article', articleId, 'articleId', 'an article'), texts);
    if (found === null) return null;
    if ('refused' in found) return problemOf(found, named);
    // What a preview shows is told to no cache: the answer is for one person.
    return new ArticlePreviewed(new Article(found, asked, new Shown(), askedOfText));
  }
}

function problemOf(refusal: PreviewRefusal, named: readonly LanguageTag[]): typeof PreviewResult {
  if (refusal.refused === 'NOTHING_TO_SHOW') return new NothingToShow();
  const path = ['texts', String(refusal.index)];
  if (refusal.refused === 'NOT_APPROVED') return new NotApproved(refusal.state, path);
  return new NoText(named[refusal.index] ?? noneOf(refusal.index), path);
}

function noneOf(index: number): never {
  throw new TypeError(`no text was asked for at ${index}`);
}
