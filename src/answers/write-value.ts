import {
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  GraphQLBoolean,
  type GraphQLEnumType,
  type GraphQLField,
  GraphQLFloat,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  visit,
} from 'graphql';
import { collectSubfields } from 'graphql/execution/collectFields.js';

/** An operation's variables, as GraphQL coerced them. */
export type Variables = Readonly<Record<string, unknown>>;

/** What every field of one operation is written with. */
export interface Writing {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The variables that `@skip` and `@include` look at; they are the same for every answer of one compilation. */
  readonly conditions: Variables;
}

/** Writes a value as JSON. Throws NotWritable for what GraphQL would answer with an error. */
export type Write = (value: unknown, variables: Variables) => string;

/** The value is not what the schema says: the answer is left to GraphQL itself, which tells errors field by field. */
export class NotWritable extends Error {}

/** The operation has something that is not written here: a field with a resolver of its own below the first level. */
export class NotCompilable extends Error {}

/** The writer of a field's values: of its type, with what the operation selects of it. */
export function writeOf(type: GraphQLOutputType, nodes: readonly FieldNode[], writing: Writing): Write {
  if (isNonNullType(type)) {
    const write = writeOfNullable(type.ofType, nodes, writing);
    return (value, variables) => {
      if (value == null) throw new NotWritable();
      return write(value, variables);
    };
  }
  const write = writeOfNullable(type, nodes, writing);
  return (value, variables) => (value == null ? 'null' : write(value, variables));
}

function writeOfNullable(type: GraphQLOutputType, nodes: readonly FieldNode[], writing: Writing): Write {
  if (isListType(type)) return writeOfList(writeOf(type.ofType, nodes, writing));
  if (isEnumType(type)) return writeOfEnum(type);
  if (isLeafType(type)) return writeOfLeaf(type);
  if (isObjectType(type)) return writeOfObject(type, nodes, writing);
  if (isAbstractType(type)) {
    const writes = new Map(
      writing.schema.getPossibleTypes(type).map((one) => [one.name, writeOfObject(one, nodes, writing)]),
    );
    return (value, variables) => {
      const name: unknown = type.resolveType?.(value, {}, NO_INFO, type);
      const write = typeof name === 'string' ? writes.get(name) : undefined;
      if (write === undefined) throw new NotWritable();
      return write(value, variables);
    };
  }
  throw new NotCompilable();
}

/** Types are told by the object's class: nothing of the query is looked at. */
const NO_INFO = undefined as never;

function writeOfList(write: Write): Write {
  return (value, variables) => {
    if (!Array.isArray(value)) throw new NotWritable();
    let json = '[';
    for (let i = 0; i < value.length; i++)
      json += i === 0 ? write(value[i], variables) : `,${write(value[i], variables)}`;
    return `${json}]`;
  };
}

function writeOfEnum(type: GraphQLEnumType): Write {
  const names = new Map<unknown, string>(type.getValues().map(({ value, name }) => [value, `"${name}"`]));
  return (value) => {
    const json = names.get(value);
    if (json === undefined) throw new NotWritable();
    return json;
  };
}

function writeOfLeaf(type: GraphQLLeafType): Write {
  if (type === GraphQLBoolean) return (value) => (value === true ? 'true' : value === false ? 'false' : unwritable());
  if (type === GraphQLInt) return (value) => (Number.isInteger(value) ? String(value) : unwritable());
  if (type === GraphQLFloat) return (value) => (Number.isFinite(value) ? String(value) : unwritable());
  return (value) => {
    return JSON.stringify(type.serialize(value));
  };
}

function unwritable(): never {
  throw new NotWritable();
}

interface WrittenField {
  /** `"headline":` */
  readonly key: string;
  readonly name: string;
  readonly argumentsOf: (variables: Variables) => unknown;
  readonly write: Write;
}

function writeOfObject(type: GraphQLObjectType, nodes: readonly FieldNode[], writing: Writing): Write {
  const fields = fieldsOf(type, nodes, writing);
  return (object, variables) => {
    const source = object as Record<string, unknown>;
    let json = '{';
    for (const { key, name, argumentsOf, write } of fields) {
      let value = source[name];
      if (typeof value === 'function')
        value = (value as (args: unknown) => unknown).call(source, argumentsOf(variables));
      json += key;
      json += write(value, variables);
    }
    return `${json}}`;
  };
}

function fieldsOf(type: GraphQLObjectType, nodes: readonly FieldNode[], writing: Writing): WrittenField[] {
  const { schema, fragments, conditions } = writing;
  const definitions = type.getFields();
  const comma = (i: number): string => (i === 0 ? '' : ',');
  return [...collectSubfields(schema, fragments, conditions, type, nodes)].map(
    ([responseKey, [node, ...others]], i) => {
      if (node === undefined) throw new NotCompilable();
      const key = `${comma(i)}${JSON.stringify(responseKey)}:`;
      if (node.name.value === '__typename') return constantField(key, JSON.stringify(type.name));
      const field = definitions[node.name.value];
      if (field === undefined || field.resolve !== undefined) throw new NotCompilable();
      return {
        key,
        name: field.name,
        argumentsOf: argumentsOf(field, node),
        write: writeOf(field.type, [node, ...others], writing),
      };
    },
  );
}

function constantField(key: string, json: string): WrittenField {
  return { key, name: '', argumentsOf: () => null, write: () => json };
}

/** The arguments of a field, worked out once where no variable is among them. */
export function argumentsOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (variables: Variables) => Record<string, unknown> {
  if (usesVariables(node)) return (variables) => getArgumentValues(field, node, variables);
  const values = getArgumentValues(field, node);
  return () => values;
}

function usesVariables(node: FieldNode): boolean {
  let isUsed = false;
  for (const argument of node.arguments ?? []) {
    visit(argument, {
      [Kind.VARIABLE]: () => {
        isUsed = true;
      },
    });
  }
  return isUsed;
}
