import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { type BodyFormat, BodyFormatType, Text } from './text.type.js';

@Resolver(() => Text)
export class TextResolver {
  @ResolveField(() => String, { description: 'The text itself.' })
  body(
    @Parent() text: Text,
    @Args('format', { type: () => BodyFormatType, defaultValue: 'MARKDOWN', description: 'How to write it.' })
    format: BodyFormat,
  ): string {
    return text.bodyAs(format);
  }
}
