import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { DEFAULT_PAGE_SIZE } from '../common/connection.js';

/** How large an operation is once its fragments are written out. */
export interface OperationMeasure {
  /** Deepest nesting of fields; introspection is measured apart. */
  readonly depth: number;
  readonly introspectionDepth: number;
  readonly rootFields: number;
  readonly fields: number;
  readonly aliases: number;
  readonly directives: number;
  /** About the number of short values that the answer could hold. */
  readonly cost: number;
  /** Whether the cost would be smaller or larger with other variables. */
  readonly isCostVariable: boolean;
}

type Variables = Readonly<Record<string, unknown>>;
type Totals = Omit<OperationMeasure, 'rootFields'>;
type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * What a list of objects without page arguments is taken to hold: the terms, credits or texts of one article.
 * A list of the first level, such as all publishers, is taken for a largest page.
 */
const PLAIN_LIST_SIZE = 4;

/**
 * Measures operations of one document against a schema.
 * Each fragment is measured once, however often it is spread, so that the time is linear in the document's length.
 * Without variables, a page size that is a variable counts as the largest page.
 */
export class OperationMeter {
  private readonly fragments = new Map<string, FragmentDefinitionNode>();
  private readonly fragmentTotals = new Map<string, Totals>();
  private readonly open = new Set<string>();
  private defaults: Variables = {};
  /** The variables that were looked at: with the same values of these, the cost is the same. */
  readonly sizeVariables = new Set<string>();

  constructor(
    private readonly schema: GraphQLSchema,
    document: DocumentNode,
    private readonly pageSizeMax: number,
    private readonly variables?: Variables,
  ) {
    for (const definition of document.definitions) {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) this.fragments.set(definition.name.value, definition);
    }
  }

  measure(operation: OperationDefinitionNode): OperationMeasure {
    // Another operation may give the same variables other defaults.
    this.fragmentTotals.clear();
    this.defaults = defaultsOf(operation);
    const root = this.schema.getRootType(operation.operation) ?? undefined;
    const totals = this.selection(operation.selectionSet, root);
    return {
      ...totals,
      directives: totals.directives + (operation.directives?.length ?? 0),
      rootFields: this.rootFields(operation.selectionSet),
    };
  }

  private selection(selectionSet: SelectionSetNode, parent: GraphQLCompositeType | undefined): Totals {
    const sum: Mutable<Totals> = {
      depth: 0,
      introspectionDepth: 0,
      fields: 0,
      aliases: 0,
      directives: 0,
      cost: 0,
      isCostVariable: false,
    };
    for (const node of selectionSet.selections) {
      const part =
        node.kind === Kind.FIELD
          ? this.field(node, parent)
          : node.kind === Kind.FRAGMENT_SPREAD
            ? this.fragment(node.name.value)
            : this.selection(node.selectionSet, this.typeNamed(node.typeCondition?.name.value) ?? parent);
      sum.depth = Math.max(sum.depth, part.depth);
      sum.introspectionDepth = Math.max(sum.introspectionDepth, part.introspectionDepth);
      sum.fields += part.fields;
      sum.aliases += part.aliases;
      sum.directives += part.directives + (node.directives?.length ?? 0);
      sum.cost += part.cost;
      sum.isCostVariable ||= part.isCostVariable;
    }
    return sum;
  }

  private field(node: FieldNode, parent: GraphQLCompositeType | undefined): Totals {
    const name = node.name.value;
    const field = fieldOf(parent, name);
    const type = field && getNamedType(field.type);
    const inner = node.selectionSet
      ? this.selection(node.selectionSet, type && isCompositeType(type) ? type : undefined)
      : undefined;
    const own = { fields: 1, aliases: node.alias ? 1 : 0, directives: 0 };
    if (name === '__schema' || name === '__type') {
      return {
        depth: 1,
        introspectionDepth: 1 + (inner?.depth ?? 0),
        fields: own.fields + (inner?.fields ?? 0),
        aliases: own.aliases + (inner?.aliases ?? 0),
        directives: inner?.directives ?? 0,
        cost: own.fields + (inner?.fields ?? 0),
        isCostVariable: false,
      };
    }
    const { size, isVariable } = this.sizeOf(node, field, parent);
    return {
      depth: 1 + (inner?.depth ?? 0),
      introspectionDepth: inner?.introspectionDepth ?? 0,
      fields: own.fields + (inner?.fields ?? 0),
      aliases: own.aliases + (inner?.aliases ?? 0),
      directives: inner?.directives ?? 0,
      cost: weightOf(field) + size * (inner?.cost ?? 0),
      isCostVariable: isVariable || (inner?.isCostVariable ?? false),
    };
  }

  private fragment(name: string): Totals {
    const known = this.fragmentTotals.get(name);
    if (known) return known;
    const definition = this.fragments.get(name);
    // Unknown and circular fragments are GraphQL's own rules to refuse.
    if (!definition || this.open.has(name)) return NOTHING;
    this.open.add(name);
    const totals = this.selection(definition.selectionSet, this.typeNamed(definition.typeCondition.name.value));
    this.open.delete(name);
    this.fragmentTotals.set(name, totals);
    return totals;
  }

  /** How many objects a field may answer with. */
  private sizeOf(
    node: FieldNode,
    field: GraphQLField<unknown, unknown> | undefined,
    parent: GraphQLCompositeType | undefined,
  ): Size {
    if (!field || isLeafType(getNamedType(field.type))) return ONE;
    const takes = (name: string): boolean => field.args.some((argument) => argument.name === name);
    const given = (name: string): ValueNode | undefined =>
      takes(name) ? node.arguments?.find((argument) => argument.name.value === name)?.value : undefined;
    if (takes('first') || takes('last')) {
      const value = given('first') ?? given('last');
      return value ? this.pageSize(value) : { size: Math.min(DEFAULT_PAGE_SIZE, this.pageSizeMax), isVariable: false };
    }
    // The edges of a page were counted where the page was asked for.
    const isEdges = parent?.name.endsWith('Connection') ?? false;
    if (isEdges || !isListType(getNullableType(field.type))) return ONE;
    const ids = given('ids');
    if (ids) return this.listLength(ids);
    const isWholeList = parent === this.schema.getQueryType();
    return { size: isWholeList ? this.pageSizeMax : PLAIN_LIST_SIZE, isVariable: false };
  }

  private pageSize(value: ValueNode): Size {
    const isVariable = value.kind === Kind.VARIABLE;
    const size = isVariable ? this.valueOf(value.name.value) : value.kind === Kind.INT ? Number(value.value) : null;
    const known = typeof size === 'number' && size >= 0 ? Math.min(size, this.pageSizeMax) : this.pageSizeMax;
    return { size: known, isVariable };
  }

  private listLength(value: ValueNode): Size {
    if (value.kind !== Kind.VARIABLE) {
      return { size: value.kind === Kind.LIST ? value.values.length : 1, isVariable: false };
    }
    const list = this.valueOf(value.name.value);
    return { size: Array.isArray(list) ? list.length : list == null ? this.pageSizeMax : 1, isVariable: true };
  }

  private valueOf(variable: string): unknown {
    this.sizeVariables.add(variable);
    return this.variables?.[variable] ?? (this.variables ? this.defaults[variable] : undefined);
  }

  private typeNamed(name: string | undefined): GraphQLCompositeType | undefined {
    const type = name === undefined ? undefined : this.schema.getType(name);
    return type && isCompositeType(type) ? type : undefined;
  }

  /** Fields of the operation's first level, fragments written out. */
  private rootFields(selectionSet: SelectionSetNode, seen = new Map<string, number>()): number {
    let count = 0;
    for (const node of selectionSet.selections) {
      if (node.kind === Kind.FIELD) count += 1;
      else if (node.kind === Kind.INLINE_FRAGMENT) count += this.rootFields(node.selectionSet, seen);
      else {
        const name = node.name.value;
        if (!seen.has(name)) {
          seen.set(name, 0);
          const fragment = this.fragments.get(name);
          seen.set(name, fragment ? this.rootFields(fragment.selectionSet, seen) : 0);
        }
        count += seen.get(name) ?? 0;
      }
    }
    return count;
  }
}

interface Size {
  readonly size: number;
  readonly isVariable: boolean;
}

const ONE: Size = { size: 1, isVariable: false };

const NOTHING: Totals = {
  depth: 0,
  introspectionDepth: 0,
  fields: 0,
  aliases: 0,
  directives: 0,
  cost: 0,
  isCostVariable: false,
};

function fieldOf(parent: GraphQLCompositeType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  if (!parent || (!isObjectType(parent) && !isAbstractType(parent)) || !('getFields' in parent)) return undefined;
  return parent.getFields()[name];
}

/** What a field weighs itself: 1, or the `complexity` that its declaration gives to a long value. */
function weightOf(field: GraphQLField<unknown, unknown> | undefined): number {
  const weight = field?.extensions.complexity;
  return typeof weight === 'number' ? weight : 1;
}

/** Default values of the variables that can be a page size. */
function defaultsOf(operation: OperationDefinitionNode): Variables {
  const defaults: Record<string, unknown> = {};
  for (const { variable, defaultValue } of operation.variableDefinitions ?? []) {
    if (defaultValue?.kind === Kind.INT) defaults[variable.name.value] = Number(defaultValue.value);
    if (defaultValue?.kind === Kind.LIST) defaults[variable.name.value] = defaultValue.values;
  }
  return defaults;
}
