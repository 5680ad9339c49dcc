import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import { LanguageTagScalar } from '../common/scalars.js';
import { Publisher } from '../publishers/publisher.type.js';
import { Source } from '../sources/source.type.js';
import { Term } from '../taxonomy/term.type.js';

const COUNT = { type: () => Int, options: { description: 'How many of the articles found show it.' } } as const;

@ObjectType('TermCount', { description: 'A term, and how many of the articles found are filed under it.' })
export class TermCount {
  @Field(() => Term, { description: 'What they are filed under.' })
  readonly term!: Term;

  @Field(COUNT.type, COUNT.options)
  readonly count!: number;
}

@ObjectType('SourceCount', { description: 'A source, and how many of the articles found come from it.' })
export class SourceCount {
  @Field(() => Source, { description: 'Who published them first.' })
  readonly source!: Source;

  @Field(COUNT.type, COUNT.options)
  readonly count!: number;
}

@ObjectType('PublisherCount', { description: 'A publisher, and how many of the articles found it carries.' })
export class PublisherCount {
  @Field(() => Publisher, { description: 'Who carries them.' })
  readonly publisher!: Publisher;

  @Field(COUNT.type, COUNT.options)
  readonly count!: number;
}

@ObjectType('LanguageCount', { description: 'A language, and how many of the articles found are published in it.' })
export class LanguageCount {
  @Field(() => LanguageTagScalar, { description: 'What they can be read in, whatever they were found in.' })
  readonly language!: LanguageTag;

  @Field(COUNT.type, COUNT.options)
  readonly count!: number;
}

@ObjectType('YearCount', { description: 'A year, and how many of the articles found were published in it.' })
export class YearCount {
  @Field(() => Int, { description: 'The year, like 2016.' })
  readonly year!: number;

  @Field(COUNT.type, COUNT.options)
  readonly count!: number;
}

@ObjectType('SearchFacets', {
  description:
    'What the articles found have in common, to choose from: each value is one for the filter. Counted over everything ' +
    'found, not over the page; of each kind the 50 most frequent, these first.',
})
export class SearchFacets {
  @Field(() => Boolean, {
    description: 'Whether the words are so frequent that the best and the newest articles alone were counted.',
  })
  readonly isCapped!: boolean;

  @Field(() => [TermCount], { description: 'What they are filed under by place.' })
  readonly regions!: readonly TermCount[];

  @Field(() => [TermCount], { description: 'What they are filed under by subject.' })
  readonly themes!: readonly TermCount[];

  @Field(() => [TermCount], { description: 'What they are part of.' })
  readonly reports!: readonly TermCount[];

  @Field(() => [SourceCount], { description: 'Who published them first.' })
  readonly sources!: readonly SourceCount[];

  @Field(() => [PublisherCount], { description: 'Who carries them.' })
  readonly publishers!: readonly PublisherCount[];

  @Field(() => [LanguageCount], { description: 'What they can be read in.' })
  readonly languages!: readonly LanguageCount[];

  @Field(() => [YearCount], { description: 'When they were carried.' })
  readonly years!: readonly YearCount[];
}
