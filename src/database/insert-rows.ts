import type { EntityManager, EntityMetadata, ObjectLiteral } from 'typeorm';

/** What an entity's rows are inserted from: every property that has a column, and nothing of its relations. */
export type RowOf<Entity> = Readonly<Partial<Record<keyof Entity, unknown>>>;

/**
 * Inserts many rows of one entity in one statement, whatever their number: they travel as one parameter.
 * The first row says which columns are given; the others have their defaults.
 * With `ignoreExisting`, rows that any constraint holds to be there already are left out.
 */
export async function insertRows<Entity extends ObjectLiteral>(
  manager: EntityManager,
  entity: new () => Entity,
  rows: readonly RowOf<Entity>[],
  { ignoreExisting = false } = {},
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const metadata = manager.dataSource.getMetadata(entity);
  const columns = columnsOf(metadata, first);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  await manager.query(
    `insert into ${metadata.tablePath} (${names})
     select ${names} from json_to_recordset($1::json) as t(${columns.map(({ name, type }) => `"${name}" ${type}`).join(', ')})
     ${ignoreExisting ? 'on conflict do nothing' : ''}`,
    [JSON.stringify(rows.map((row) => Object.fromEntries(columns.map(({ name, key }) => [name, row[key]]))))],
  );
}

interface Column<Entity> {
  readonly key: keyof RowOf<Entity>;
  readonly name: string;
  readonly type: string;
}

function columnsOf<Entity>(metadata: EntityMetadata, row: RowOf<Entity>): Column<Entity>[] {
  return metadata.columns
    .filter((column) => column.propertyName in row)
    .map((column) => ({
      key: column.propertyName as keyof RowOf<Entity>,
      name: column.databaseName,
      type: `${String(column.type)}${column.isArray ? '[]' : ''}`,
    }));
}
