import { Field, ObjectType } from '@nestjs/graphql';
import { enumType } from '../../common/vocabulary.type.js';
import type { Passage } from '../../texts/revision-text.js';
import type { SourceChange } from '../../texts/source-changes.js';
import type { SheetRow, TranslationSheet as SheetFacts } from '../../texts/translation-sheet.js';
import { PassageRun } from './revision-diff.type.js';

const SOURCE_CHANGES = ['CHANGED', 'ADDED', 'REMOVED', 'MOVED'] as const;

export const SourceChangeEnum = enumType(
  'SourceChange',
  'What became of a passage of the source since it was translated.',
  SOURCE_CHANGES,
  {
    CHANGED: 'It reads otherwise.',
    ADDED: 'It is new.',
    REMOVED: 'It is gone.',
    MOVED: 'It stands elsewhere.',
  },
);

@ObjectType({
  description: 'A piece of a text that is translated as a whole: its headline, its dek, or a block of its body.',
})
export class SheetPassage implements Passage {
  @Field(() => String, { description: '`headline`, `dek`, or a block’s name, which stays its own through all states.' })
  readonly id!: string;

  @Field(() => String, { description: 'What it is: `headline`, `dek`, or a kind of block like `paragraph`.' })
  readonly kind!: string;

  @Field(() => String, { description: 'What it says, in Markdown.' })
  readonly text!: string;
}

@ObjectType({ description: 'What is otherwise in a passage of the source than its translation knows it.' })
export class PassageSourceChange {
  @Field(() => SourceChangeEnum, { description: 'What became of it.' })
  readonly change!: SourceChange['change'];

  @Field(() => String, { nullable: true, description: 'What was translated; null for what is new.' })
  readonly before!: string | null;

  @Field(() => String, { nullable: true, description: 'What the source says now; null for what is gone.' })
  readonly after!: string | null;

  @Field(() => [PassageRun], { description: 'Both, word by word.' })
  readonly runs!: readonly PassageRun[];
}

@ObjectType({ description: 'A passage of the source, with its translation beside it.' })
export class TranslationSheetRow implements SheetRow {
  @Field(() => String, { description: 'The passage’s name in the source: what `bringUpToDate` is told.' })
  readonly passageId!: string;

  @Field(() => String, { description: 'What it is: `headline`, `dek`, or a kind of block like `paragraph`.' })
  readonly kind!: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the source says now, in Markdown; null where it has the passage no longer.',
  })
  readonly source!: string | null;

  @Field(() => PassageSourceChange, {
    nullable: true,
    description: 'What is otherwise than the translation knows it; null where nothing is.',
  })
  readonly change!: SheetRow['change'];

  @Field(() => [SheetPassage], {
    description: 'What stands for it in the translation: nothing, one passage, or several.',
  })
  readonly translation!: readonly SheetPassage[];
}

@ObjectType({
  description: 'A translation beside its source, passage by passage: all that somebody needs who works on it.',
})
export class TranslationSheet {
  constructor(readonly facts: SheetFacts) {}

  @Field(() => [TranslationSheetRow], {
    description: 'The passages of the source as it is now; what is gone stands where it stood.',
  })
  get rows(): readonly TranslationSheetRow[] {
    return this.facts.rows;
  }

  @Field(() => [SheetPassage], { description: 'What stands in the translation for nothing in the source.' })
  get unpaired(): readonly SheetPassage[] {
    return this.facts.unpaired;
  }
}
