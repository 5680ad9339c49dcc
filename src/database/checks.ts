import { Check } from 'typeorm';
import { LONGEST_NAME } from './name-length.js';

function quotedList(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(', ');
}

/** Holds a text column to a closed list, under the name that Postgres gives such a check. */
export function OneOf(table: string, column: string, values: readonly string[]): ClassDecorator {
  return Check(`${table}_${column}_check`, `${column} in (${quotedList(values)})`);
}

/** Holds a text[] column to a closed list, under the name that Postgres gives such a check. */
export function EachOf(table: string, column: string, values: readonly string[]): ClassDecorator {
  return Check(`${table}_${column}_check`, `${column} <@ array[${quotedList(values)}]`);
}

/** Holds a text column to a length that an index can hold, under the name that Postgres gives such a check. */
export function NameIn(table: string, column: string): ClassDecorator {
  return Check(`${table}_${column}_check`, `length(${column}) between 1 and ${LONGEST_NAME}`);
}
