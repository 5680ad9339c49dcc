import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, In } from 'typeorm';
import type { PageRequest } from '../common/connection.js';
import { groupBy } from '../common/group-by.js';
import { isName, isUuid, type PagedList } from '../common/cursor.js';
import { PublicationScheduleEntity } from './publishing.entity.js';

const isMoment = (value: unknown): boolean =>
  typeof value === 'string' && value.length === 24 && !Number.isNaN(Date.parse(value));

/** What is scheduled, the next first. */
export const SCHEDULES: PagedList = { name: 'schedules:DUE_AT_ASC', key: [isMoment, isUuid, isName] };

/** What is scheduled of articles, by the article's id, by one statement. */
export async function listSchedulesOfArticles(
  dataSource: DataSource,
  articleIds: readonly string[],
): Promise<Map<string, PublicationScheduleEntity[]>> {
  const schedules = await dataSource.manager.findBy(PublicationScheduleEntity, { articleId: In([...articleIds]) });
  return groupBy(schedules, ({ articleId }) => articleId);
}

/** Reads of what is scheduled. */
@Injectable()
export class SchedulesQueries {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /** A page of schedules with one more than asked for, in order. Moments are of whole seconds: a cursor holds all of one. */
  async list({ size, fromEnd, after, before }: PageRequest): Promise<PublicationScheduleEntity[]> {
    const direction = fromEnd ? 'DESC' : 'ASC';
    const query = this.dataSource.manager
      .createQueryBuilder(PublicationScheduleEntity, 's')
      .orderBy({ 's.dueAt': direction, 's.articleId': direction, 's.language': direction })
      .limit(size + 1);
    const key = '(s.dueAt, s.articleId, s.language)';
    if (after !== null)
      query.andWhere(`${key} > (:at::timestamptz, :id::uuid, :tag)`, { at: after[0], id: after[1], tag: after[2] });
    if (before !== null)
      query.andWhere(`${key} < (:to::timestamptz, :toId::uuid, :toTag)`, {
        to: before[0],
        toId: before[1],
        toTag: before[2],
      });
    const schedules = await query.getMany();
    return fromEnd ? schedules.reverse() : schedules;
  }
}
