import { Field, ID, ObjectType } from '@nestjs/graphql';
import { type Connection, PageInfo, type Place } from '../../common/connection.js';
import { toGlobalId } from '../../common/global-id.js';
import type { LanguageTag } from '../../common/language-tag.js';
import { LanguageTagScalar } from '../../common/scalars.js';
import { Agent, Source } from '../../sources/source.type.js';
import { Term } from '../../taxonomy/term.type.js';
import type { DeskPublisherFacts } from './desk-choices.js';

@ObjectType({ description: 'A publisher for whom articles can be written, whether it carries any yet or not.' })
export class DeskPublisher {
  constructor(private readonly facts: DeskPublisherFacts) {}

  @Field(() => ID, { description: 'An opaque id: what `createArticle` is told.' })
  get id(): string {
    return toGlobalId('Publisher', this.facts.id);
  }

  @Field(() => String, { description: 'Its name in addresses and filters, like `mondialisation-ca`.' })
  get slug(): string {
    return this.facts.slug;
  }

  @Field(() => String, { description: 'The name that readers know, like `Mondialisation.ca`.' })
  get name(): string {
    return this.facts.name;
  }

  @Field(() => LanguageTagScalar, { description: 'The first language of its pages.' })
  get language(): LanguageTag {
    return this.facts.language;
  }

  @Field(() => [LanguageTagScalar], {
    description: 'The languages in which it has pages of its own to put an article on, by language tag.',
  })
  get pageLanguages(): readonly LanguageTag[] {
    return this.facts.pageLanguages;
  }
}

@ObjectType({ description: 'A source in a list of the desk.' })
export class DeskSourceEdge {
  @Field(() => Source, { description: 'A source.' })
  readonly node: Source;

  constructor(
    node: Source,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of sources of the desk.' })
export class DeskSourceConnection implements Connection<DeskSourceEdge> {
  @Field(() => [DeskSourceEdge], { description: 'The sources of the page, by name.' })
  readonly edges!: readonly DeskSourceEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}

@ObjectType({ description: 'Somebody who is credited in a list of the desk.' })
export class DeskAgentEdge {
  @Field(() => Agent, { description: 'Somebody who is credited.' })
  readonly node: Agent;

  constructor(
    node: Agent,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of people and organisations of the desk.' })
export class DeskAgentConnection implements Connection<DeskAgentEdge> {
  @Field(() => [DeskAgentEdge], { description: 'The people and organisations of the page, by name.' })
  readonly edges!: readonly DeskAgentEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}

@ObjectType({ description: 'A term in a list of the desk.' })
export class DeskTermEdge {
  @Field(() => Term, { description: 'A term.' })
  readonly node: Term;

  @Field(() => Boolean, {
    description: 'Whether a list of terms has it; else a document or somebody here has added it, and that is remarked.',
  })
  readonly isListed: boolean;

  constructor(
    node: Term,
    private readonly place: Place,
    isListed: boolean,
  ) {
    this.node = node;
    this.isListed = isListed;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of terms of the desk.' })
export class DeskTermConnection implements Connection<DeskTermEdge> {
  @Field(() => [DeskTermEdge], { description: 'The terms of the page, by slug.' })
  readonly edges!: readonly DeskTermEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}
