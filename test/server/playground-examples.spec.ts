import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GraphQLSchemaHost } from '@nestjs/graphql';
import {
  buildSchema,
  type FieldNode,
  type GraphQLField,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { permissionsOf } from '../../src/accounts/permits.js';
import type { DeskContext } from '../../src/accounts/viewer.js';
import { VARIABLE_NAMES } from '../../src/playground/browser/desk/variables.js';
import { commentOf } from '../../src/playground/browser/example-comment.js';
import { startTestServer, type TestServer } from '../support/test-server.js';

const FOLDER = new URL('../../src/playground/examples/', import.meta.url);

const AT_THE_DESK = new URL('desk/', FOLDER);

const namesIn = (folder: URL): string[] => readdirSync(folder).filter((name) => name.endsWith('.graphql'));

const schema = buildSchema(readFileSync(new URL('../../src/schema.graphql', import.meta.url), 'utf8'));

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ seed: true });
}, 60_000);
afterAll(async () => {
  await server.close();
});

/** Whether an answer holds anything besides empty lists and nulls. */
function saysSomething(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return value !== null;
  return Object.values(value).some(saysSomething);
}

describe('each example of the playground', () => {
  it.each(namesIn(FOLDER))('%s runs as it stands', async (name) => {
    const text = readFileSync(new URL(name, FOLDER), 'utf8');
    expect(text).toMatch(/^# [A-Z].*\.\n/);
    // What goes on and on is run in the browser's test; here it is only looked at.
    if (/^subscription /m.test(text)) {
      expect(validate(schema, parse(text))).toEqual([]);
      return;
    }
    const answer = await server.query(text);
    expect(answer.errors).toBeUndefined();
    expect(saysSomething(answer.data)).toBe(true);
    expect(Object.values(answer.data as object)).not.toContain(null);
  });
});

describe('each example of the desk', () => {
  it.each(namesIn(AT_THE_DESK))('%s is one operation of the schema, says what it takes, and is filled in', (name) => {
    const text = readFileSync(new URL(name, AT_THE_DESK), 'utf8');
    expect(validate(schema, parse(text))).toEqual([]);
    const { title, rest, takes } = commentOf(text);
    expect([title, rest]).not.toContain('');
    const [operation, ...others] = parse(text).definitions as OperationDefinitionNode[];
    expect(others).toEqual([]);
    expect(operation?.kind).toBe(Kind.OPERATION_DEFINITION);
    expect(takes).toEqual(permissionsWanted(operation));
    const names = operation?.variableDefinitions?.map(({ variable }) => variable.name.value) ?? [];
    expect(names.filter((one) => !VARIABLE_NAMES.has(one))).toEqual([]);
  });

  it('stands in the panel', () => {
    const list = readFileSync(new URL('../browser/desk/desk-examples.ts', FOLDER), 'utf8');
    for (const name of namesIn(AT_THE_DESK)) expect(list).toContain(`/desk/${name}'`);
  });
});

/** The permissions of which any will do for an operation: those of its mutation, or of its field of the desk. */
function permissionsWanted(operation: OperationDefinitionNode | undefined): readonly string[] {
  const { schema: running } = server.app.get(GraphQLSchemaHost, { strict: false });
  const isMutation = operation?.operation === OperationTypeNode.MUTATION;
  const type = isMutation ? running.getMutationType() : running.getType('Desk');
  const name = isMutation ? firstField(operation) : firstField(firstField(operation));
  const field = isObjectType(type) ? type.getFields()[name?.name.value ?? ''] : undefined;
  return field === undefined ? [] : permissionsOf(field as GraphQLField<unknown, DeskContext>);
}

function firstField(node: OperationDefinitionNode | FieldNode | undefined): FieldNode | undefined {
  const first = node?.selectionSet?.selections[0];
  return first?.kind === Kind.FIELD ? first : undefined;
}
