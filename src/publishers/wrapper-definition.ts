import { Type } from 'class-transformer';
import {
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsOptional,
  IsString,
  Matches,
  MinLength,
  ValidateNested,
} from 'class-validator';
import {
  ARTICLE_KINDS,
  type ArticleKind,
  CONTACT_PURPOSES,
  type ContactPurpose,
  DUTIES,
  type Duty,
  MEDIA,
  type Medium,
  NOTICE_KINDS,
  type NoticeKind,
  REUSE_ACTIONS,
  type ReuseAction,
  REUSE_EFFECTS,
  type ReuseEffect,
} from '../common/vocabulary.js';
import type { Slot } from './line-pattern.js';
import { type LineRole, type OptionalRole } from './line-roles.js';

/** The slots that a line of each role must have. A line that must have none has one of its others at least. */
export const ROLE_SLOTS: Readonly<Record<LineRole, readonly Slot[]>> = {
  BYLINE: ['credits'],
  DATELINE: ['publisher', 'publishedOn'],
  ORIGIN_LINE: ['source', 'originPublishedOn'],
  REGION_LINE: ['regions'],
  THEME_LINE: ['themes'],
  REPORT_LINE: ['reports'],
  ORIGINAL_LINE: [],
  TRANSLATOR_LINE: ['translators'],
  FIRST_PUBLISHED_LINE: [],
  SOURCE_STATEMENT: ['source'],
  COPYRIGHT_LINE: ['copyrightAuthor', 'copyrightSource', 'copyrightYear'],
  CREDITS_LINE: ['credits'],
};

/** The slots that a line of a role may have beside those that it must have. */
export const FURTHER_SLOTS: Readonly<Partial<Record<LineRole, readonly Slot[]>>> = {
  ORIGINAL_LINE: ['originLanguage', 'originTitle', 'source', 'originPublishedOn', 'translators', 'publisher'],
  TRANSLATOR_LINE: ['originLanguage', 'publisher'],
  FIRST_PUBLISHED_LINE: ['source', 'originPublishedOn'],
};

/** What a reuse clause means. Slots of the clause's text fill in the audience and whom to ask. */
export class ReuseClause {
  @IsIn(REUSE_EFFECTS)
  readonly effect!: ReuseEffect;

  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(REUSE_ACTIONS, { each: true })
  readonly actions!: readonly ReuseAction[];

  @ArrayMinSize(1)
  @ArrayUnique()
  @IsIn(MEDIA, { each: true })
  readonly media!: readonly Medium[];

  @IsArray()
  @ArrayUnique()
  @IsIn(DUTIES, { each: true })
  readonly duties: readonly Duty[] = [];
}

/** A legal text or contact line that stands below every article of the publisher, with its meaning. */
export class ClauseDefinition {
  @Matches(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'must be words of a-z and 0-9 parted by hyphens' })
  readonly key!: string;

  /** The whole wording, one string per variant, with `{slots}` where values stand. */
  @ArrayMinSize(1)
  @IsString({ each: true })
  readonly wordings!: readonly string[];

  @IsOptional()
  @IsIn(NOTICE_KINDS)
  readonly notice?: NoticeKind;

  @IsOptional()
  @ValidateNested()
  @Type(() => ReuseClause)
  readonly reuse?: ReuseClause;

  /** What the e-mail address of the clause is for. */
  @IsOptional()
  @ArrayUnique()
  @IsIn(CONTACT_PURPOSES, { each: true })
  readonly contact?: readonly ContactPurpose[];
}

/** Headlines that begin like this are of this kind: `Video:` → VIDEO. */
export class KindRule {
  @IsIn(ARTICLE_KINDS)
  readonly kind!: ArticleKind;

  @ArrayMinSize(1)
  @MinLength(1, { each: true })
  readonly headlineStarts!: readonly string[];
}

/**
 * A publisher's page around an article in one language, as data: how its lines are written, its clauses and
 * what they mean. The first pattern of a role is the one in which new lines are written; the others are
 * variants that its pages have had.
 */
export class WrapperDefinition {
  /** The word between the last two of several names: `et`, `and`. */
  @MinLength(1)
  readonly conjunction!: string;

  readonly lines!: Readonly<
    Record<Exclude<LineRole, OptionalRole>, readonly string[]> & Partial<Record<OptionalRole, readonly string[]>>
  >;

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => KindRule)
  readonly kinds: readonly KindRule[] = [];

  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ClauseDefinition)
  readonly clauses: readonly ClauseDefinition[] = [];

  /** Beginnings of lines that tell of a translation: `Traduit par`. */
  @IsArray()
  @MinLength(1, { each: true })
  readonly translationSigns: readonly string[] = [];

  /** Whether documents are read with this wrapper; without, it only writes lines in its language. */
  @IsOptional()
  @IsBoolean()
  readonly isReadable: boolean = true;
}
