import { Check } from 'typeorm';

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
