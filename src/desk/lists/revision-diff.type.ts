import { Field, ObjectType } from '@nestjs/graphql';
import { enumType } from '../../common/vocabulary.type.js';
import type { DiffRun, PassageDiff } from '../../texts/diff-texts.js';
import { PASSAGE_CHANGES, type PassageChange } from '../../texts/revision-text.js';
import type { RevisionDiff as RevisionDiffFacts } from '../../texts/texts.queries.js';

export const PassageChangeEnum = enumType('PassageChange', 'What became of a passage of a text.', PASSAGE_CHANGES, {
  SAME: 'It reads as it did, where it stood.',
  CHANGED: 'It reads otherwise.',
  ADDED: 'It is new.',
  REMOVED: 'It is gone.',
  MOVED: 'It stands elsewhere; its runs tell whether it reads otherwise, too.',
});

export const RUN_CHANGES = ['SAME', 'ADDED', 'REMOVED'] as const;

export const RunChangeEnum = enumType('RunChange', 'What became of some words.', RUN_CHANGES, {
  SAME: 'They stand in both.',
  ADDED: 'They stand in the later one alone.',
  REMOVED: 'They stand in the earlier one alone.',
});

@ObjectType({ description: 'Words of a passage, in Markdown, that stand together.' })
export class PassageRun implements DiffRun {
  @Field(() => RunChangeEnum, { description: 'What became of them.' })
  readonly change!: DiffRun['change'];

  @Field(() => String, { description: 'The words, with the white space and the marks between them.' })
  readonly text!: string;
}

@ObjectType({ description: 'A passage in two states of a text, word by word.' })
export class PassageComparison implements PassageDiff {
  @Field(() => String, { description: 'The passage’s name, which stays its own through all states of the text.' })
  readonly id!: string;

  @Field(() => String, { description: 'What it is: `headline`, `dek`, or a kind of block like `paragraph`.' })
  readonly kind!: string;

  @Field(() => PassageChangeEnum, { description: 'What became of it.' })
  readonly change!: PassageChange;

  @Field(() => [PassageRun], {
    description: 'Its words: all that are not ADDED are what it was, all that are not REMOVED what it is.',
  })
  readonly runs!: readonly PassageRun[];
}

@ObjectType({ description: 'What is otherwise between two revisions of one text.' })
export class RevisionDiff implements RevisionDiffFacts {
  @Field(() => [PassageComparison], {
    description: 'Every passage of both, in order; what is gone stands where it stood.',
  })
  readonly passages!: readonly PassageComparison[];

  @Field(() => String, {
    description:
      'The same as HTML that is safe to put into a page: the Markdown as it is written, with `ins` and `del`, and a ' +
      '`div` for each passage.',
  })
  readonly html!: string;
}
