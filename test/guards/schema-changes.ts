import { BreakingChangeType, findBreakingChanges, type GraphQLSchema, isEnumType, isObjectType } from 'graphql';

/** What breaks queries that the released schema allowed, and was not deprecated in it. */
export function unannouncedBreaks(released: GraphQLSchema, current: GraphQLSchema): string[] {
  const announced = new Set(announcedRemovals(released));
  return findBreakingChanges(released, current)
    .filter(({ type, description }) => !(REMOVALS.has(type) && announced.has(description)))
    .map(({ description }) => description);
}

const REMOVALS = new Set([BreakingChangeType.FIELD_REMOVED, BreakingChangeType.VALUE_REMOVED_FROM_ENUM]);

/** The removals of what is deprecated, in the words of graphql-js. */
function announcedRemovals(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (isObjectType(type)) {
      const fields = Object.values(type.getFields()).filter(({ deprecationReason }) => deprecationReason != null);
      return fields.map(({ name }) => `${type.name}.${name} was removed.`);
    }
    if (!isEnumType(type)) return [];
    const values = type.getValues().filter(({ deprecationReason }) => deprecationReason != null);
    return values.map(({ name }) => `${name} was removed from enum type ${type.name}.`);
  });
}
