import { Field, ObjectType } from '@nestjs/graphql';
import { type Connection, PageInfo, type Place } from '../../common/connection.js';
import { Translation } from '../translation.type.js';

@ObjectType({ description: 'A text in a list of the desk.' })
export class TranslationEdge {
  @Field(() => Translation, { description: 'The text.' })
  readonly node: Translation;

  constructor(
    node: Translation,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of texts of the desk.' })
export class TranslationConnection implements Connection<TranslationEdge> {
  @Field(() => [TranslationEdge], { description: 'The texts of the page, in the list’s order.' })
  readonly edges!: readonly TranslationEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}
