import { Field, ID, InterfaceType } from '@nestjs/graphql';

/** Anything that `node(id)` finds again. Source: Relay, Global Object Identification Specification. */
@InterfaceType('Node', { description: 'Anything that has an id of its own, by which `node` finds it again.' })
export abstract class Node {
  @Field(() => ID, { description: 'An opaque id, unique over all types, to be given back as it is.' })
  readonly id!: string;
}
