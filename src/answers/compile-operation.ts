import {
  type ASTNode,
  defaultFieldResolver,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import { collectFields } from 'graphql/execution/collectFields.js';
import type { Shown } from '../common/shown.js';
import { markKeptField } from '../common/kept-json.js';
import { argumentsOf, NotCompilable, variablesIn, type Variables, type Write, writeOf } from './write-value.js';

/** What the fields of an operation's first level came to, by their names in the answer. */
export type Outcomes = ReadonlyMap<string, Promise<unknown>>;

/** The answer's data as JSON, or what was found out of it, where something of it is an error. */
export type Answer = { readonly json: string } | { readonly outcomes: Outcomes };

/** An operation that is worked out once and answered many times. */
export type CompiledOperation = (variables: Variables, context: { readonly shown: Shown }) => Promise<Answer>;

/** Variables that `@skip` and `@include` look at; more of them make more compilations than are worth it. */
const CONDITIONS_MAX = 4;

/**
 * Compiles a query that has been validated: the fields of the first level are asked as ever, and what they answer with is
 * written straight to JSON, without a look at the query. Null for what is not compiled: mutations, introspection, fields
 * for one person, fields below the first level that have resolvers of their own.
 */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): CompiledOperation | null {
  if (operation.operation !== OperationTypeNode.QUERY) return null;
  const names = conditionNames(document);
  if (names.length > CONDITIONS_MAX) return null;
  const compilations = new Map<string, CompiledOperation | null>();
  const compilationFor = (variables: Variables): CompiledOperation | null => {
    const key = names.map((name) => (variables[name] === true ? '1' : '0')).join('');
    let compiled = compilations.get(key);
    if (compiled === undefined) {
      compiled = compileUnder(schema, document, operation, variables);
      compilations.set(key, compiled);
    }
    return compiled;
  };
  if (names.length === 0) return compilationFor({});
  return (variables, context) => {
    // What is no answer to yes or no is an error, and GraphQL's to tell.
    if (!names.every((name) => typeof variables[name] === 'boolean')) return Promise.resolve({ outcomes: new Map() });
    const compiled = compilationFor(variables);
    return compiled === null ? Promise.resolve({ outcomes: new Map() }) : compiled(variables, context);
  };
}

interface RootField {
  readonly key: string;
  readonly responseKey: string;
  readonly ask: (variables: Variables, context: object) => unknown;
  readonly write: Write;
  /** Whether of what it answers with nothing may be known but how it was written before. */
  readonly mayBeWritten: boolean;
}

function compileUnder(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  conditions: Variables,
): CompiledOperation | null {
  try {
    const fields = rootFields(schema, document, operation, conditions);
    return async (variables, context) => {
      const asked = fields.map(
        ({ ask, responseKey }) => [responseKey, promised(() => ask(variables, context))] as const,
      );
      try {
        const values = await Promise.all(asked.map(([, value]) => value));
        return { json: `{${fields.map(({ key, write }, i) => `${key}${write(values[i], variables)}`).join(',')}}` };
      } catch {
        // All that went wrong is waited for: nothing is left to fail unheard.
        const settled = await Promise.allSettled(asked.map(([, value]) => value));
        // Of what was written before nothing else is known: it has to be asked anew.
        const isWhole = (i: number): boolean =>
          !context.shown.hasWritten || !fields[i]?.mayBeWritten || settled[i]?.status === 'rejected';
        return { outcomes: new Map(asked.filter((_, i) => isWhole(i))) };
      }
    };
  } catch (error) {
    if (error instanceof NotCompilable) return null;
    throw error;
  }
}

async function promised(ask: () => unknown): Promise<unknown> {
  return await ask();
}

function rootFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  conditions: Variables,
): RootField[] {
  const type = schema.getQueryType();
  if (!isObjectType(type)) throw new NotCompilable();
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
  }
  const collected = collectFields(schema, fragments, conditions, type, operation.selectionSet);
  return [...collected].map(([responseKey, nodes]) => {
    const [node] = nodes;
    const field = node && type.getFields()[node.name.value];
    // `__typename` and introspection are GraphQL's own to answer.
    if (node === undefined || field === undefined) throw new NotCompilable();
    // What is for one person is never kept, nor looked up by what others asked.
    if (field.extensions.isPersonal === true) throw new NotCompilable();
    const args = rememberedArguments(argumentsOf(field, node));
    const resolve = field.resolve ?? defaultFieldResolver;
    const info: Omit<GraphQLResolveInfo, 'variableValues'> = {
      fieldName: field.name,
      fieldNodes: nodes,
      returnType: field.type,
      parentType: type,
      path: { prev: undefined, key: responseKey, typename: type.name },
      schema,
      fragments,
      rootValue: undefined,
      operation,
    };
    const writing = { schema, fragments, conditions, keptSelections: 0 };
    const write = writeOf(field.type, nodes, writing);
    const mayBeWritten = writing.keptSelections === 1;
    if (mayBeWritten) markKeptField(nodes, variablesBelow(nodes, fragments));
    return {
      key: `${JSON.stringify(responseKey)}:`,
      responseKey,
      ask: (variables, context) => resolve(undefined, args(variables), context, { ...info, variableValues: variables }),
      write,
      mayBeWritten,
    };
  });
}

/** Arguments by variables: the very same request has the very same. */
function rememberedArguments(args: (variables: Variables) => object): (variables: Variables) => object {
  const known = new WeakMap<Variables, object>();
  return (variables) => {
    let found = known.get(variables);
    if (found === undefined) {
      found = args(variables);
      known.set(variables, found);
    }
    return found;
  };
}

/** The variables that what is selected below a field is written with, through its fragments too. */
function variablesBelow(
  nodes: readonly FieldNode[],
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): string[] {
  const parts = new Set<ASTNode>(nodes.flatMap(({ selectionSet }) => selectionSet ?? []));
  for (const part of parts) {
    visit(part, {
      FragmentSpread: ({ name }) => {
        const fragment = fragments[name.value];
        if (fragment !== undefined) parts.add(fragment);
      },
    });
  }
  return [...new Set([...parts].flatMap((part) => [...variablesIn(part)]))];
}

/** The variables that decide which fields are in the answer. */
function conditionNames(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      for (const { value } of directive.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names];
}
