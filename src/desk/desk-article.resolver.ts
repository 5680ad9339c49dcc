import { Args, ArgsType, Context, Field, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { DeskContext } from '../accounts/viewer.js';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import type { ContactPurpose, CreditRole, Severity } from '../common/vocabulary.js';
import { ContactPurposeType, CreditRoleType } from '../common/vocabulary.type.js';
import { ContactPoint } from '../contacts/contact-point.type.js';
import { Credit, Evidence, TypedLink } from '../editions/article-parts.type.js';
import { Publisher } from '../publishers/publisher.type.js';
import { DeskFinding, SeverityEnum } from '../publishing/desk-finding.type.js';
import { listFindingsOfArticles } from '../publishing/findings.queries.js';
import { Rights } from '../rights/rights.type.js';
import { Term } from '../taxonomy/term.type.js';
import { type ArticleParts, listArticleParts, listDocuments, listEvidence, listSlugs } from './article-parts.js';
import { DeskArticle, DeskDocument } from './desk-article.type.js';
import { DeskReads } from './desk-reads.js';
import { listTextsOfArticles } from './text-facts.js';
import { Translation } from './translation.type.js';

@ArgsType()
class FindingsArgs {
  @Field(() => SeverityEnum, { nullable: true, description: 'Only those that block, or that do not.' })
  readonly severity?: Severity | null;

  @Field(() => LanguageTagScalar, {
    nullable: true,
    description: 'Only what concerns publishing in this language: what concerns all of them, too.',
  })
  readonly language?: LanguageTag | null;

  @Field(() => Boolean, { nullable: true, description: 'Only what is waived, or only what is not.' })
  readonly isWaived?: boolean | null;
}

/** What is read of articles at the desk when it is asked for: of all that an answer shows in one go. */
@Resolver(() => DeskArticle)
export class DeskArticleResolver {
  constructor(private readonly reads: DeskReads) {}

  @ResolveField('translations', () => [Translation], {
    description: 'Its texts in all languages, the original first, then by language.',
  })
  async listTranslations(
    @Parent() { facts }: DeskArticle,
    @Context() context: DeskContext,
  ): Promise<readonly Translation[]> {
    const texts = await this.reads.of(context).find(listTextsOfArticles, facts.id);
    return (texts ?? []).map((text) => new Translation(text));
  }

  @ResolveField('translation', () => Translation, {
    nullable: true,
    description: 'Its text in one language; null where nobody has begun one.',
  })
  async findTranslation(
    @Parent() article: DeskArticle,
    @Args('language', { type: () => LanguageTagScalar, description: 'The language, like `fr`.' }) language: LanguageTag,
    @Context() context: DeskContext,
  ): Promise<Translation | null> {
    const texts = await this.listTranslations(article, context);
    return texts.find((text) => text.language === language) ?? null;
  }

  @ResolveField('credits', () => [Credit], { description: 'Who did what for it, in the page’s order.' })
  async listCredits(
    @Parent() article: DeskArticle,
    @Args('role', { type: () => CreditRoleType, nullable: true, description: 'Only who did this.' })
    role: CreditRole | null | undefined,
    @Context() context: DeskContext,
  ): Promise<readonly Credit[]> {
    const { credits } = await this.#partsOf(article, context);
    return credits.filter((credit) => role == null || credit.role === role);
  }

  @ResolveField('regions', () => [Term], { description: 'The regions that it is filed under.' })
  async listRegions(@Parent() article: DeskArticle, @Context() context: DeskContext): Promise<readonly Term[]> {
    return this.#listTerms(article, context, 'regions');
  }

  @ResolveField('themes', () => [Term], { description: 'The themes that it is filed under.' })
  async listThemes(@Parent() article: DeskArticle, @Context() context: DeskContext): Promise<readonly Term[]> {
    return this.#listTerms(article, context, 'themes');
  }

  @ResolveField('reports', () => [Term], { description: 'The in-depth reports that it is part of.' })
  async listReports(@Parent() article: DeskArticle, @Context() context: DeskContext): Promise<readonly Term[]> {
    return this.#listTerms(article, context, 'reports');
  }

  @ResolveField('rights', () => Rights, { description: 'Who holds the rights, and who allows what.' })
  async findRights(@Parent() article: DeskArticle, @Context() context: DeskContext): Promise<Rights> {
    const { rights } = await this.#partsOf(article, context);
    return {
      ...rights,
      reuseTerms: rights.reuseTerms.map((term) => ({ ...term, statedBy: new Publisher(term.statedBy) })),
      notices: rights.notices.map((notice) => ({ ...notice, statedBy: new Publisher(notice.statedBy) })),
    };
  }

  @ResolveField('contactPoints', () => [ContactPoint], { description: 'The addresses on its page, in its order.' })
  async listContactPoints(
    @Parent() article: DeskArticle,
    @Args('purpose', { type: () => ContactPurposeType, nullable: true, description: 'Only those for this.' })
    purpose: ContactPurpose | null | undefined,
    @Context() context: DeskContext,
  ): Promise<readonly ContactPoint[]> {
    const { contactPoints } = await this.#partsOf(article, context);
    return contactPoints.filter((point) => purpose == null || point.purposes.includes(purpose));
  }

  @ResolveField('links', () => [TypedLink], { description: 'The links of the page’s furniture, in its order.' })
  async listLinks(@Parent() article: DeskArticle, @Context() context: DeskContext): Promise<readonly TypedLink[]> {
    return (await this.#partsOf(article, context)).links;
  }

  @ResolveField('evidence', () => [Evidence], {
    description: 'Which characters of its documents gave each value that nobody has written anew since.',
  })
  async listEvidence(@Parent() { facts }: DeskArticle, @Context() context: DeskContext): Promise<readonly Evidence[]> {
    return (await this.reads.of(context).find(listEvidence, facts.id)) ?? [];
  }

  @ResolveField('documents', () => [DeskDocument], {
    description: 'The documents that it came in, the first one first; none where people have written it here.',
  })
  async listDocuments(
    @Parent() { facts }: DeskArticle,
    @Context() context: DeskContext,
  ): Promise<readonly DeskDocument[]> {
    const documents = await this.reads.of(context).find(listDocuments, facts.id);
    return (documents ?? []).map((document) => new DeskDocument(document));
  }

  @ResolveField('slugs', () => [String], {
    description: 'Every name in addresses that leads to it, in any language, now or formerly.',
  })
  async listSlugs(@Parent() { facts }: DeskArticle, @Context() context: DeskContext): Promise<readonly string[]> {
    return (await this.reads.of(context).find(listSlugs, facts.id)) ?? [];
  }

  @ResolveField('findings', () => [DeskFinding], { description: 'What is remarkable about it, as it is now.' })
  async listFindings(
    @Parent() { facts }: DeskArticle,
    @Args() { severity, language, isWaived }: FindingsArgs,
    @Context() context: DeskContext,
  ): Promise<readonly DeskFinding[]> {
    const findings = (await this.reads.of(context).find(listFindingsOfArticles, facts.id)) ?? [];
    return findings
      .filter(
        (one) =>
          (severity == null || one.severity === severity) &&
          (language == null || one.language === null || one.language === language) &&
          (isWaived == null || (one.waiver !== null) === isWaived),
      )
      .map((one) => new DeskFinding(one));
  }

  async #partsOf({ facts }: DeskArticle, context: DeskContext): Promise<ArticleParts> {
    const parts = await this.reads.of(context).find(listArticleParts, facts.id);
    if (parts === null) throw new TypeError('an article vanished while it was read');
    return parts;
  }

  async #listTerms(
    article: DeskArticle,
    context: DeskContext,
    list: 'regions' | 'themes' | 'reports',
  ): Promise<readonly Term[]> {
    const terms = (await this.#partsOf(article, context))[list];
    return terms.map((term) => new Term(term, article.labelPreference));
  }
}
