import {
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';
import type { DeskContext } from '../../src/accounts/viewer.js';

/** The value of an argument, or of a field of an input, that is called so; undefined for whatever is well formed. */
export type ValueFor = (name: string, siblings: readonly string[]) => unknown;

/** A mutation, or a field of the desk: asked with all that it takes ids for, and for all that it can tell. */
export interface WholeOperation {
  readonly name: string;
  readonly isMutation: boolean;
  readonly field: GraphQLField<unknown, DeskContext>;
  /** Where in its arguments ids go. */
  readonly ids: readonly string[];
  readonly document: string;
  variables(valueFor: ValueFor): Record<string, unknown>;
}

/** Every mutation and every field of the desk, by the schema. Answers are asked for so many levels deep. */
export function wholeOperations(schema: GraphQLSchema, depthMax: number): WholeOperation[] {
  return [schema.getMutationType(), schema.getType('Desk')].flatMap((type, place) =>
    isObjectType(type)
      ? Object.values(type.getFields()).map((field) => wholeOperation(schema, field as never, place === 0, depthMax))
      : [],
  );
}

function wholeOperation(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, DeskContext>,
  isMutation: boolean,
  depthMax: number,
): WholeOperation {
  const args = field.args.filter((one) => isRequiredArgument(one) || takesIds(one.type));
  const types = args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const given = args.map(({ name }) => `${name}: $${name}`).join(', ');
  const call = `${field.name}${given === '' ? '' : `(${given})`} ${wholeSelectionOf(schema, field.type, depthMax)}`;
  const head = `${isMutation ? 'mutation' : 'query'} ${types === '' ? '' : `(${types})`}`;
  return {
    name: isMutation ? field.name : `desk.${field.name}`,
    isMutation,
    field,
    ids: args.flatMap(({ name, type }) => idsIn(type, name)),
    document: isMutation ? `${head} { ${call} }` : `${head} { desk { ${call} } }`,
    variables: (valueFor) => {
      const names = args.map(({ name }) => name);
      return Object.fromEntries(args.map(({ name, type }) => [name, valueOf(type, name, names, valueFor)]));
    },
  };
}

const PLAIN: Readonly<Record<string, unknown>> = {
  ...{ Int: 1, Float: 1, Boolean: false, String: 'Un mot', ID: 'nonsense', LanguageTag: 'en' },
  ...{ PartialDate: '2016', DateTime: '2016-01-01T00:00:00Z', Url: 'https://a.example/', EmailAddress: 'a@b.example' },
};

function valueOf(type: GraphQLInputType, name: string, siblings: readonly string[], valueFor: ValueFor): unknown {
  const own = valueFor(name, siblings);
  if (own !== undefined) return own;
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [valueOf(nullable.ofType, name, siblings, valueFor)];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (!isInputObjectType(nullable)) return PLAIN[nullable.name];
  const fields = Object.values(nullable.getFields());
  const names = fields.map((one) => one.name);
  return Object.fromEntries(
    fields
      .filter((one) => isRequiredInputField(one) || takesIds(one.type) || valueFor(one.name, names) !== undefined)
      .map((one) => [one.name, valueOf(one.type, one.name, names, valueFor)]),
  );
}

function takesIds(type: GraphQLInputType): boolean {
  return idsIn(type, '').length > 0;
}

function idsIn(type: GraphQLInputType, name: string): string[] {
  const named = getNamedType(type);
  if (named.name === 'ID') return [name];
  if (!isInputObjectType(named)) return [];
  return Object.values(named.getFields()).flatMap((one) => idsIn(one.type, one.name));
}

/** As deep as it may be, and no operation has more fields than it may have. */
function wholeSelectionOf(schema: GraphQLSchema, type: GraphQLOutputType, depthMax: number): string {
  for (let depth = depthMax; ; depth -= 1) {
    const selection = selectionOf(schema, type, depth, []);
    if (depth === 1 || (selection.match(/\w+/g)?.length ?? 0) < WORDS_MAX) return selection;
  }
}

/** A document with fewer words has fewer than the thousand fields that an operation may have. */
const WORDS_MAX = 980;

/** All that can be selected of a type. What leads back to a type that it came from is gone through once. */
function selectionOf(
  schema: GraphQLSchema,
  type: GraphQLOutputType,
  depth: number,
  from: readonly GraphQLNamedType[],
  prefix = '',
): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  if (isAbstractType(named)) {
    const members = schema.getPossibleTypes(named);
    // Two types may have a field of one name that is null in one alone: each has a name of its own.
    const parts = members.map((one) => `... on ${one.name} ${selectionOf(schema, one, depth, from, `${one.name}_`)}`);
    return `{ __typename ${parts.join(' ')} }`;
  }
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields()).flatMap((field) => {
    const below = getNamedType(field.type);
    if (!isLeafType(below) && (depth <= 1 || from.includes(below))) return [];
    const given = field.args.filter(isRequiredArgument).map(({ name, type: of }) => `${name}: ${literalOf(of)}`);
    const call = `${field.name}${given.length === 0 ? '' : `(${given.join(', ')})`}`;
    const alias = prefix === '' || field.name === 'code' ? '' : `${prefix}${field.name}: `;
    return [`${alias}${call} ${selectionOf(schema, field.type, depth - 1, [...from, named])}`];
  });
  return `{ __typename ${fields.join(' ')} }`;
}

function literalOf(type: GraphQLInputType): string {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return `[${literalOf(nullable.ofType)}]`;
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name ?? 'null';
  if (!isInputObjectType(nullable)) return JSON.stringify(PLAIN[nullable.name] ?? null);
  const fields = Object.values(nullable.getFields()).filter(isRequiredInputField);
  return `{ ${fields.map((one) => `${one.name}: ${literalOf(one.type)}`).join(', ')} }`;
}
