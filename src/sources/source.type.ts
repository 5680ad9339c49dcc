import { Field, ID, ObjectType } from '@nestjs/graphql';
import { toGlobalId } from '../common/global-id.js';
import { Node } from '../common/node.type.js';
import { UrlScalar } from '../common/scalars.js';
import type { AgentKind } from '../common/vocabulary.js';
import { AgentKindType } from '../common/vocabulary.type.js';

/** A source as an edition shows it. */
export interface SourceFacts {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly url: string | null;
}

@ObjectType('Source', { implements: () => [Node], description: 'Who published an article first.' })
export class Source implements Node {
  constructor(private readonly facts: SourceFacts) {}

  @Field(() => ID, { description: 'An opaque id, by which `node` finds the source again.' })
  get id(): string {
    return toGlobalId('Source', this.facts.id);
  }

  @Field(() => String, { description: 'Its name in addresses, like `south-front`.' })
  get slug(): string {
    return this.facts.slug;
  }

  @Field(() => String, { description: 'Its name as pages write it, like `South Front`.' })
  get name(): string {
    return this.facts.name;
  }

  @Field(() => UrlScalar, { nullable: true, description: 'Its website; null where it is not known.' })
  get url(): string | null {
    return this.facts.url;
  }
}

@ObjectType('Agent', { description: 'A person or an organisation that is credited.' })
export class Agent {
  @Field(() => String, { description: 'The name as the page gives it, like `South Front`.' })
  readonly name!: string;

  @Field(() => AgentKindType, {
    nullable: true,
    description: 'Whether it is a person’s name; null where it is not known.',
  })
  readonly kind!: AgentKind | null;
}
