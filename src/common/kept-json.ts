import type { FieldNode, GraphQLResolveInfo } from 'graphql';

/** A view that never changes: what one selection of it is written as stays true, and may be kept. */
export interface KeptView {
  /** Its JSON, where it was written before. */
  readonly keptJson: string | null;
  keepJson(json: string): void;
}

/** The extension that marks the GraphQL types of such views. */
export const IS_KEPT = 'isKept';

/** A field of the first level that answers with such views, of one selection. */
export interface KeptField {
  readonly id: number;
  /** The variables that the selection is written with. */
  readonly variableNames: readonly string[];
}

/** By the nodes that an operation asks a field by, which are the same each time it is answered. */
const keptFields = new WeakMap<readonly FieldNode[], KeptField>();

let count = 0;

/** Says that what the field answers with is written with one selection, with these variables. */
export function markKeptField(nodes: readonly FieldNode[], variableNames: readonly string[]): void {
  keptFields.set(nodes, { id: ++count, variableNames });
}

/** What is known of the field being resolved; null where what it answers with is not to be kept. */
export function keptFieldOf({ fieldNodes }: GraphQLResolveInfo): KeptField | null {
  return keptFields.get(fieldNodes) ?? null;
}
