import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { buildSchema, isUnionType } from 'graphql';

const schema = buildSchema(readFileSync(new URL('../../src/schema.graphql', import.meta.url), 'utf8'));

it('what a result may be can be selected side by side: fields of one name have one type', () => {
  const unlike = Object.values(schema.getTypeMap()).flatMap((union) => {
    if (!isUnionType(union)) return [];
    const types = new Map<string, Set<string>>();
    for (const { name, type } of union.getTypes().flatMap((one) => Object.values(one.getFields()))) {
      types.set(name, (types.get(name) ?? new Set()).add(String(type)));
    }
    return [...types].flatMap(([name, { size }]) => (size > 1 ? [`${union.name}: ${name}`] : []));
  });
  expect(unlike).toEqual([]);
});
