import { Field, GraphQLISODateTime, Int, ObjectType } from '@nestjs/graphql';
import { UrlScalar } from '../common/scalars.js';
import type { CreditRole, LinkKind } from '../common/vocabulary.js';
import { CreditRoleType, LinkKindType } from '../common/vocabulary.type.js';
import { Agent } from '../sources/source.type.js';

@ObjectType('Edition', { description: 'What was published of an article: an immutable, numbered snapshot.' })
export class Edition {
  @Field(() => Int, { description: 'Counted from 1 for each article.' })
  readonly number!: number;

  @Field(() => GraphQLISODateTime, { description: 'When it was issued, in UTC, like `2016-03-30T12:00:00.000Z`.' })
  readonly issuedAt!: Date;
}

@ObjectType('Credit', { description: 'Who did what for an article.' })
export class Credit {
  @Field(() => CreditRoleType, { description: 'What they did.' })
  readonly role!: CreditRole;

  @Field(() => Agent, { description: 'Who did it.' })
  readonly agent!: Agent;
}

@ObjectType('TypedLink', { description: 'A link of the page’s furniture, such as a source’s donation page.' })
export class TypedLink {
  @Field(() => LinkKindType, { description: 'What it leads to.' })
  readonly kind!: LinkKind;

  @Field(() => UrlScalar, { description: 'The address, like `https://www.example.org/donate`.' })
  readonly url!: string;
}

@ObjectType('Evidence', {
  description:
    'Which characters of which document gave a value. Offsets count Unicode code points. ' +
    'Source: Web Annotation Data Model, text position and text quote selectors.',
})
export class Evidence {
  @Field(() => String, {
    description: 'The value, by its place in the article, like `origin.publishedOn` or `links[3].url`.',
  })
  readonly path!: string;

  @Field(() => String, { description: 'The document’s SHA-256 in hexadecimal.' })
  readonly documentSha256!: string;

  @Field(() => Int, { description: 'Where the quote begins in the document’s text, counted from 0.' })
  readonly start!: number;

  @Field(() => Int, { description: 'Where the quote ends; the character there is the first that is not part of it.' })
  readonly end!: number;

  @Field(() => String, { description: 'The characters themselves, with the document’s markup.' })
  readonly exact!: string;

  @Field(() => String, { description: 'A few characters before.' })
  readonly prefix!: string;

  @Field(() => String, { description: 'A few characters after.' })
  readonly suffix!: string;
}
