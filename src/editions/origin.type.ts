import { Field, ObjectType } from '@nestjs/graphql';
import type { LanguageTag } from '../common/language-tag.js';
import type { PartialDate } from '../common/partial-date.js';
import { FieldArgs } from '../common/field-args.js';
import { LanguageTagScalar, PartialDateScalar, UrlScalar } from '../common/scalars.js';
import type { OriginRelation } from '../common/vocabulary.js';
import { OriginRelationType } from '../common/vocabulary.type.js';
import { dateLabel, DateLabelArgs } from './date-label.js';
import { Source } from '../sources/source.type.js';
import type { EditionContent } from './edition-content.js';

@ObjectType('Origin', { description: 'An article’s tie to what its source published. Null is: not known.' })
export class Origin {
  constructor(
    private readonly facts: EditionContent['origin'],
    /** The languages in which its date is written, best first. */
    private readonly languages: readonly LanguageTag[],
  ) {}

  @Field(() => OriginRelationType, { description: 'How the article is tied to what the source published.' })
  get relation(): OriginRelation {
    return this.facts.relation;
  }

  @Field(() => Source, { nullable: true, description: 'Who published it first.' })
  get source(): Source | null {
    return this.facts.source === null ? null : new Source(this.facts.source);
  }

  @Field(() => UrlScalar, { nullable: true, description: 'Where the source published it.' })
  get url(): string | null {
    return this.facts.url;
  }

  @Field(() => String, { nullable: true, description: 'The title that it had there, where it is another.' })
  get title(): string | null {
    return this.facts.title;
  }

  @Field(() => LanguageTagScalar, { nullable: true, description: 'The language that it had there.' })
  get language(): LanguageTag | null {
    return this.facts.language;
  }

  @Field(() => PartialDateScalar, { nullable: true, description: 'When the source published it, like `2016-03-28`.' })
  get publishedOn(): PartialDate | null {
    return this.facts.publishedOn;
  }

  @Field(() => String, {
    nullable: true,
    description: 'When the source published it, as the language writes dates, like `28 mars 2016`.',
  })
  publishedOnLabel(@FieldArgs(DateLabelArgs) { language }: DateLabelArgs): string | null {
    const { publishedOn } = this.facts;
    return publishedOn === null ? null : dateLabel(publishedOn, language, this.languages);
  }
}
