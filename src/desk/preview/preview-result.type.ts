import { createUnionType, Field, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../../common/language-tag.js';
import { Problem } from '../../common/problem.type.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import { Article } from '../../editions/article.type.js';
import { NotApproved } from '../../publishing/publishing.problems.js';

@ObjectType({ description: 'The article as readers would get it. Nothing of it is kept.' })
export class ArticlePreviewed {
  @Field(() => Article, { description: 'The article, in the very type that readers get.' })
  readonly article: Article;

  constructor(article: Article) {
    this.article = article;
  }
}

@ObjectType({
  implements: () => Problem,
  description: 'The article has no text in the language yet, or nothing of it in the state that is asked for.',
})
export class NoText extends Problem {
  @Field(() => LanguageTagScalar, { description: 'In which there is none.' })
  readonly language: LanguageTag;

  constructor(language: LanguageTag, path: readonly string[]) {
    super('NO_TEXT', `There is no text to show in the language ${language} yet.`, path);
    this.language = language;
  }
}

@ObjectType({ implements: () => Problem, description: 'Readers have no text of the article, and none is named.' })
export class NothingToShow extends Problem {
  constructor() {
    super('NOTHING_TO_SHOW', 'Readers have no text of this article yet: name one.', ['texts']);
  }
}

export const PreviewResult = createUnionType({
  name: 'PreviewResult',
  description: 'The preview, or why there is none.',
  types: () => [ArticlePreviewed, NotApproved, NoText, NothingToShow] as const,
  resolveType: (value: object) => value.constructor.name,
});
