import { Field, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../common/global-id.js';
import type { LanguageTag } from '../common/language-tag.js';
import { Node } from '../common/node.type.js';
import { LanguageTagScalar, UrlScalar } from '../common/scalars.js';

/** A publisher as an edition shows it. */
export interface PublisherFacts {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly legalName: string | null;
  readonly url: string | null;
  readonly language: LanguageTag;
}

@ObjectType('Publisher', {
  implements: () => [Node],
  description: 'Who carries articles: a website and whoever runs it.',
})
export class Publisher implements Node {
  constructor(private readonly facts: PublisherFacts) {}

  @Field(() => ID, { description: 'An opaque id, by which `node` finds the publisher again.' })
  get id(): string {
    return toGlobalId('Publisher', this.facts.id);
  }

  @Field(() => String, { description: 'Its name in addresses, like `mondialisation-ca`.' })
  get slug(): string {
    return this.facts.slug;
  }

  @Field(() => String, { description: 'The name that readers know, like `Mondialisation.ca`.' })
  get name(): string {
    return this.facts.name;
  }

  @Field(() => String, { nullable: true, description: 'The full name of whoever runs it; null where it is not known.' })
  get legalName(): string | null {
    return this.facts.legalName;
  }

  @Field(() => UrlScalar, { nullable: true, description: 'Its website; null where it is not known.' })
  get url(): string | null {
    return this.facts.url;
  }

  @Field(() => LanguageTagScalar, { description: 'The language of its own pages.' })
  get language(): LanguageTag {
    return this.facts.language;
  }
}
