import type { EntityMetadata } from 'typeorm';

/** Which relations of an entity are wanted with it, and which of theirs. */
export interface RelationTree {
  readonly [relation: string]: RelationTree;
}

/**
 * SQL that gives a row with what it leads to as one JSON value, in the entity's own names: whatever belongs to it comes by
 * one statement, and no list is multiplied by another. Lists are in the order of their keys. Moments are text until
 * `reviveMoments` was there.
 */
export function rowAsJson(metadata: EntityMetadata, alias: string, relations: RelationTree = {}): string {
  const columns = metadata.columns.map((column) => `'${column.propertyName}', ${alias}."${column.databaseName}"`);
  const related = Object.entries(relations).map(([name, below], i) => {
    return `'${name}', ${relatedAsJson(metadata, alias, name, below, `${alias}_${i}`)}`;
  });
  return `json_build_object(${[...columns, ...related].join(', ')})`;
}

function relatedAsJson(
  metadata: EntityMetadata,
  alias: string,
  name: string,
  below: RelationTree,
  inner: string,
): string {
  const relation = metadata.findRelationWithPropertyPath(name);
  if (relation === undefined) throw new TypeError(`${metadata.name} has no relation ${name}`);
  const target = relation.inverseEntityMetadata;
  const owning = relation.isOwning ? relation : relation.inverseRelation;
  const [join] = owning?.joinColumns ?? [];
  if (join?.referencedColumn == null) throw new TypeError(`${metadata.name}.${name} is joined by no column`);
  const condition = relation.isOwning
    ? `${inner}."${join.referencedColumn.databaseName}" = ${alias}."${join.databaseName}"`
    : `${inner}."${join.databaseName}" = ${alias}."${join.referencedColumn.databaseName}"`;
  const value = rowAsJson(target, inner, below);
  if (!relation.isOneToMany) return `(select ${value} from ${target.tablePath} ${inner} where ${condition})`;
  const order = target.primaryColumns.map((column) => `${inner}."${column.databaseName}"`).join(', ');
  return `(select coalesce(json_agg(${value} order by ${order}), '[]') from ${target.tablePath} ${inner} where ${condition})`;
}

/** Makes moments of what is one, in a row that came as JSON. */
export function reviveMoments<Row extends object>(
  metadata: EntityMetadata,
  row: Row,
  relations: RelationTree = {},
): Row {
  const values = row as Record<string, unknown>;
  for (const { propertyName, type } of metadata.columns) {
    const value = values[propertyName];
    if (type === 'timestamptz' && typeof value === 'string') values[propertyName] = new Date(value);
  }
  for (const [name, below] of Object.entries(relations)) {
    const target = metadata.findRelationWithPropertyPath(name)?.inverseEntityMetadata;
    if (target === undefined) continue;
    for (const inner of [values[name]].flat()) {
      if (typeof inner === 'object' && inner !== null) reviveMoments(target, inner, below);
    }
  }
  return row;
}
