import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { Term } from './term.type.js';

@Resolver(() => Term)
export class TermResolver {
  @ResolveField(() => String, {
    nullable: true,
    description: 'The label in a language, like `Terrorisme` in `fr`; null where there is none in that language.',
  })
  label(
    @Parent() term: Term,
    @Args('language', {
      type: () => LanguageTagScalar,
      nullable: true,
      description: 'The language; without it, the first that the query asks for and that has a label.',
    })
    language: LanguageTag | null,
  ): string | null {
    return term.labelIn(language ?? null);
  }
}
