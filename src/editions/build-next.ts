import type { EntityManager } from 'typeorm';
import type { WholeArticle } from '../articles/articles.queries.js';
import type { RevisionEntity, TranslationEntity } from '../articles/translation.entity.js';
import type { LanguageTag } from '../common/language-tag.js';
import type { CompiledWrapper } from '../publishers/compiled-wrapper.js';
import type { PublishersService } from '../publishers/publishers.service.js';
import { listOutdatedRevisions } from '../texts/outdated-revisions.js';
import { buildEdition } from './build-edition.js';
import type { EditionText } from './edition-content.js';
import { buildEditionText, formatBody } from './edition-text.js';
import { type ToIssue, withCorrections } from './issue-editions.js';
import type { FormattedText } from './markdown-formats.js';
import type { NextEdition } from './next-edition.js';

/** A text that is to be shown anew: a revision, and its body where somebody has formatted it already. */
export interface NewText {
  readonly translation: TranslationEntity;
  readonly revision: RevisionEntity;
  readonly body?: FormattedText | undefined;
}

/** An article with the texts that its next edition shows. */
export interface ToBuild {
  readonly article: WholeArticle;
  readonly next: NextEdition;
  readonly texts: readonly EditionText[];
  readonly bodies: ReadonlyMap<LanguageTag, FormattedText>;
}

/** The texts of an article's next edition: these anew, and all others as readers have them. */
export function toBuildOf(article: WholeArticle, next: NextEdition, anew: readonly NewText[]): ToBuild {
  const { last, isServed } = next;
  // The same text may be in another language now; the original is one.
  const isAnew = (text: EditionText): boolean =>
    anew.some(
      ({ translation: { language, isOriginal } }) => text.language === language || (isOriginal && text.isOriginal),
    );
  const kept = (isServed ? last?.content.texts : undefined)?.filter((text) => !isAnew(text)) ?? [];
  return {
    article,
    next,
    texts: [...kept, ...anew.map(({ translation, revision }) => buildEditionText(translation, revision))],
    bodies: new Map([
      ...[...next.bodies].filter(([tag]) => kept.some((text) => text.language === tag)),
      ...anew.map(({ translation, revision, body }): [LanguageTag, FormattedText] => [
        translation.language,
        body?.markdown === revision.body ? body : formatBody(translation, revision.body),
      ]),
    ]),
  };
}

/** Builds what editions show that are to be issued, or previewed. It stores nothing. */
export async function buildNext(
  manager: EntityManager,
  publishers: PublishersService,
  toBuild: readonly ToBuild[],
): Promise<ToIssue[]> {
  const wrappers = new Map<string, readonly CompiledWrapper[]>();
  const outdated = await listOutdatedRevisions(
    manager,
    toBuild.map(({ texts }) => texts),
  );
  const built: ToIssue[] = [];
  for (const { article, next, texts, bodies } of toBuild) {
    const { publisher, id: articleId } = article;
    const lines = wrappers.get(publisher.id) ?? (await publishers.listWrappers(manager, publisher));
    wrappers.set(publisher.id, lines);
    const { last, isServed, corrections, evidence } = next;
    const content = withCorrections(buildEdition(article, texts, lines, outdated), corrections);
    built.push({ articleId, last, isServed, bodies, content, evidence });
  }
  return built;
}
