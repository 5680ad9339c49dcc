import { compileFunction } from 'node:vm';
import {
  type ASTNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getArgumentValues,
  GraphQLBoolean,
  type GraphQLEnumType,
  type GraphQLField,
  GraphQLFloat,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLString,
  isAbstractType,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  visit,
} from 'graphql';
import { IS_KEPT, type KeptView } from '../common/kept-json.js';
import { collectSubfields } from 'graphql/execution/collectFields.js';

/** An operation's variables, as GraphQL coerced them. */
export type Variables = Readonly<Record<string, unknown>>;

/** What every field of one operation is written with. */
export interface Writing {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The variables that `@skip` and `@include` look at; they are the same for every answer of one compilation. */
  readonly conditions: Variables;
  /** How many selections of views that are kept were met. */
  keptSelections: number;
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
  if (type === GraphQLString || type === GraphQLID) return (value) => textJson(type.serialize(value) as string);
  return (value) => JSON.stringify(type.serialize(value));
}

/** Up to here, to look at each character is quicker than to have the text written. */
const SHORT_TEXT = 60;

/** A text as JSON. Most are short and need no escapes. */
function textJson(text: string): string {
  if (text.length > SHORT_TEXT) return JSON.stringify(text);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isPlain = code > 0x1f && code !== QUOTE && code !== BACKSLASH && (code < 0xd800 || code > 0xdfff);
    if (!isPlain) return JSON.stringify(text);
  }
  return `"${text}"`;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

function unwritable(): never {
  throw new NotWritable();
}

/**
 * An object's writer is a function of its own, in which every field stands by its name: to look fields up in a list costs
 * more than to write them. Names are those of the schema; nothing of a caller's is in the code.
 */
function writeOfObject(type: GraphQLObjectType, nodes: readonly FieldNode[], writing: Writing): Write {
  const fields = fieldsOf(type, nodes, writing);
  if (fields.length === 0) return () => '{}';
  const code = fields.map(({ key, name, takesArguments }, i) => {
    const start = JSON.stringify(`${i === 0 ? '{' : ','}${key}`);
    if (name === null) return `json += ${start} + write[${i}]();`;
    const value = takesArguments ? `source.${name}(args[${i}](variables))` : `source.${name}`;
    return (
      `value = ${value}; if (typeof value === 'function') value = source.${name}(args[${i}](variables)); ` +
      `json += ${start} + write[${i}](value, variables);`
    );
  });
  const body = `return (source, variables) => { let value, json = ''; ${code.join(' ')} return json + '}'; };`;
  const make = compileFunction(body, ['write', 'args']) as (write: readonly Write[], args: readonly unknown[]) => Write;
  const write = make(
    fields.map((field) => field.write),
    fields.map((field) => field.argumentsOf),
  );
  if (type.extensions[IS_KEPT] !== true) return write;
  writing.keptSelections += 1;
  return (source, variables) => {
    const view = source as KeptView;
    const kept = view.keptJson;
    if (kept !== null) return kept;
    const json = write(source, variables);
    view.keepJson(json);
    return json;
  };
}

interface WrittenField {
  /** `"headline":` */
  readonly key: string;
  /** The field's name on the object; null for what is the same for every object. */
  readonly name: string | null;
  readonly takesArguments: boolean;
  readonly argumentsOf: (variables: Variables) => unknown;
  readonly write: Write;
}

function fieldsOf(type: GraphQLObjectType, nodes: readonly FieldNode[], writing: Writing): WrittenField[] {
  const { schema, fragments, conditions } = writing;
  const definitions = type.getFields();
  return [...collectSubfields(schema, fragments, conditions, type, nodes)].map(([responseKey, [node, ...others]]) => {
    if (node === undefined) throw new NotCompilable();
    const key = `${JSON.stringify(responseKey)}:`;
    if (node.name.value === '__typename') return constantField(key, JSON.stringify(type.name));
    const field = definitions[node.name.value];
    if (field === undefined || field.resolve !== undefined) throw new NotCompilable();
    return {
      key,
      name: field.name,
      takesArguments: field.args.length > 0,
      argumentsOf: argumentsOf(field, node),
      write: writeOf(field.type, [node, ...others], writing),
    };
  });
}

function constantField(key: string, json: string): WrittenField {
  return { key, name: null, takesArguments: false, argumentsOf: () => null, write: () => json };
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
  return (node.arguments ?? []).some((argument) => variablesIn(argument).size > 0);
}

/** The names of the variables that stand in a part of a query. */
export function variablesIn(part: ASTNode): Set<string> {
  const names = new Set<string>();
  visit(part, {
    [Kind.VARIABLE]: ({ name }) => {
      names.add(name.value);
    },
  });
  return names;
}
