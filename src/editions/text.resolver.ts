import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type BodyFormat, BodyFormatType, Text } from './text.type.js';

/** The format of a body for which none is asked. */
export const DEFAULT_BODY_FORMAT: BodyFormat = 'MARKDOWN';

/** What a body weighs among an answer's values: it is as long as a hundred names. */
const BODY_COST = 100;

@Resolver(() => Text)
export class TextResolver {
  @ResolveField(() => String, {
    nullable: true,
    description: 'The paragraph below the headline that sums the text up; null where there is none.',
  })
  dek(
    @Parent() text: Text,
    @Args('format', { type: () => BodyFormatType, defaultValue: 'PLAIN', description: 'How to write it.' })
    format: BodyFormat,
  ): string | null {
    return text.dekAs(format);
  }

  @ResolveField(() => String, { description: 'The text itself.', complexity: BODY_COST })
  body(
    @Parent() text: Text,
    @Args('format', { type: () => BodyFormatType, defaultValue: DEFAULT_BODY_FORMAT, description: 'How to write it.' })
    format: BodyFormat,
  ): string {
    return text.bodyAs(format);
  }
}
