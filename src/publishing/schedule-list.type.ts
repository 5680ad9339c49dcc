import { Field, ObjectType } from '@nestjs/graphql';
import { type Connection, PageInfo, type Place } from '../common/connection.js';
import { Schedule } from './publishing.type.js';

@ObjectType({ description: 'A scheduled publication in the desk’s list.' })
export class ScheduleEdge {
  @Field(() => Schedule, { description: 'The schedule.' })
  readonly node: Schedule;

  constructor(
    node: Schedule,
    private readonly place: Place,
  ) {
    this.node = node;
  }

  @Field(() => String, { description: 'Its place in the list, to go on from.' })
  get cursor(): string {
    return this.place.cursor;
  }
}

@ObjectType({ description: 'A page of scheduled publications.' })
export class ScheduleConnection implements Connection<ScheduleEdge> {
  @Field(() => [ScheduleEdge], { description: 'The schedules of the page, the next first.' })
  readonly edges!: readonly ScheduleEdge[];

  @Field(() => PageInfo, { description: 'Where the page stands in the list.' })
  readonly pageInfo!: PageInfo;
}
