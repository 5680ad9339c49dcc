import {
  type ASTVisitor,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import type { Config } from '../config.js';
import { type OperationMeasure, OperationMeter } from './operation-measure.js';
import { hasUnstorableText, UNSTORABLE_TEXT } from './unstorable-text.js';

/** Limits that no setting changes: far above what a page needs, far below what hurts. */
const FIXED_LIMITS = {
  operations: 20,
  fragments: 50,
  fields: 1000,
  introspectionDepth: 20,
  mutationFields: 1,
} as const;

/** The limits that settings hold. */
export type LimitSettings = Pick<
  Config,
  'depthMax' | 'costMax' | 'pageSizeMax' | 'aliasesMax' | 'rootFieldsMax' | 'directivesMax' | 'listSizeMax'
>;

type Limit = keyof typeof FIXED_LIMITS | 'depth' | 'cost' | 'aliases' | 'rootFields' | 'directives' | 'listSize';

const WORDS: Readonly<Record<Limit, string>> = {
  operations: 'operations in one document',
  fragments: 'fragments in one document',
  fields: 'fields',
  rootFields: 'fields at its first level',
  aliases: 'aliases',
  directives: 'directives',
  introspectionDepth: 'levels of introspection',
  mutationFields: 'mutations',
  depth: 'levels of fields',
  cost: 'points of cost',
  listSize: 'values in one list',
};

/**
 * The one rule that refuses what would take too much work, before anything is executed.
 * It looks at the document with its fragments written out; every refusal has the code OPERATION_TOO_COMPLEX and
 * says in `extensions` which `limit` it is, its `max`, and what was `found`.
 * Text that no database can store is refused on the way, since it needs no second walk.
 */
export function operationLimitsRule(settings: LimitSettings): ValidationRule {
  return (context: ValidationContext): ASTVisitor => ({
    StringValue(node) {
      if (hasUnstorableText(node.value)) {
        context.reportError(
          new GraphQLError(UNSTORABLE_TEXT, { nodes: [node], extensions: { code: 'BAD_USER_INPUT' } }),
        );
      }
    },
    ListValue(node) {
      if (node.values.length <= settings.listSizeMax) return;
      context.reportError(refusal('listSize', settings.listSizeMax, node.values.length));
    },
    Document: {
      enter(document) {
        for (const error of refusalsOf(document, context.getSchema(), settings)) context.reportError(error);
      },
    },
  });
}

/** The cost of one operation, by the sizes that its variables name. */
interface KnownCosts {
  readonly sizeVariables: readonly string[];
  readonly bySizes: Map<string, number>;
}

const knownCosts = new WeakMap<OperationDefinitionNode, KnownCosts>();

/** Most sizes that are remembered for one operation; front ends have one or two. */
const SIZES_MAX = 100;

/** What an operation asks for with these variables, in points of cost. */
export function costAsked(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  settings: LimitSettings,
): number {
  const known = knownCosts.get(operation);
  const sizes = known === undefined ? '' : sizesOf(known.sizeVariables, variables);
  const cost = known?.bySizes.get(sizes);
  if (cost !== undefined) return cost;
  const meter = new OperationMeter(schema, document, settings.pageSizeMax, variables);
  const measured = Math.round(meter.measure(operation).cost);
  const costs = known ?? { sizeVariables: [...meter.sizeVariables], bySizes: new Map<string, number>() };
  if (costs.bySizes.size >= SIZES_MAX) costs.bySizes.clear();
  costs.bySizes.set(sizesOf(costs.sizeVariables, variables), measured);
  knownCosts.set(operation, costs);
  return measured;
}

function sizesOf(names: readonly string[], variables: Readonly<Record<string, unknown>>): string {
  return names
    .map((name) => {
      const value = variables[name];
      return Array.isArray(value) ? `[${value.length}]` : typeof value === 'number' ? value : typeof value;
    })
    .join();
}

/** The length of the longest list in what was sent. */
export function longestList(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  let longest = Array.isArray(value) ? value.length : 0;
  for (const inner of Object.values(value)) longest = Math.max(longest, longestList(inner));
  return longest;
}

/** Null when the operation, with the request's own variables, is within the limits. */
export function variablesRefusal(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
  schema: GraphQLSchema,
  settings: LimitSettings,
): GraphQLError | null {
  const length = longestList(variables);
  if (length > settings.listSizeMax) return refusal('listSize', settings.listSizeMax, length, operation);
  const cost = costAsked(schema, document, operation, variables, settings);
  return cost > settings.costMax ? refusal('cost', settings.costMax, cost, operation) : null;
}

function refusalsOf(document: DocumentNode, schema: GraphQLSchema, settings: LimitSettings): GraphQLError[] {
  const operations = document.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const refusals: GraphQLError[] = [];
  const hold = (limit: Limit, max: number, found: number, operation?: OperationDefinitionNode): void => {
    if (found > max) refusals.push(refusal(limit, max, found, operation));
  };
  hold('operations', FIXED_LIMITS.operations, operations.length);
  hold('fragments', FIXED_LIMITS.fragments, fragments.length);
  if (refusals.length > 0) return refusals;

  const meter = new OperationMeter(schema, document, settings.pageSizeMax);
  for (const operation of operations) {
    if (!schema.getRootType(operation.operation)) {
      refusals.push(new GraphQLError(`This API has no ${operation.operation}s.`, { nodes: [operation] }));
      continue;
    }
    const measure = meter.measure(operation);
    const isMutation = operation.operation === OperationTypeNode.MUTATION;
    hold('fields', FIXED_LIMITS.fields, measure.fields, operation);
    hold('introspectionDepth', FIXED_LIMITS.introspectionDepth, measure.introspectionDepth, operation);
    hold('aliases', settings.aliasesMax, measure.aliases, operation);
    hold('directives', settings.directivesMax, measure.directives, operation);
    if (isMutation) hold('mutationFields', FIXED_LIMITS.mutationFields, measure.rootFields, operation);
    else hold('rootFields', settings.rootFieldsMax, measure.rootFields, operation);
    hold('depth', settings.depthMax, measure.depth, operation);
    if (!isCostKnownLater(measure, settings)) hold('cost', settings.costMax, measure.cost, operation);
  }
  return refusals;
}

function isCostKnownLater(measure: OperationMeasure, settings: LimitSettings): boolean {
  return measure.cost > settings.costMax && measure.isCostVariable;
}

function refusal(limit: Limit, max: number, found: number, operation?: OperationDefinitionNode): GraphQLError {
  const subject = operation?.name ? `Operation "${operation.name.value}"` : 'This operation';
  // A count that fragments doubled a hundred times is no longer a number worth reading.
  const count = found <= Number.MAX_SAFE_INTEGER ? String(Math.round(found)) : 'countless';
  return new GraphQLError(`${subject} has ${count} ${WORDS[limit]}; at most ${max} are allowed.`, {
    nodes: operation ? [operation] : undefined,
    extensions: {
      code: 'OPERATION_TOO_COMPLEX',
      limit,
      max,
      found: Math.min(Math.round(found), Number.MAX_SAFE_INTEGER),
    },
  });
}
