import type { EntityManager, EntityMetadata, ObjectLiteral } from 'typeorm';

/** What an entity's rows are inserted from: every property that has a column, and nothing of its relations. */
export type RowOf<Entity> = Readonly<Partial<Record<keyof Entity, unknown>>>;

/** With `ignoreExisting`, rows that any constraint holds to be there already are left out. */
export interface InsertOptions {
  readonly ignoreExisting?: boolean;
}

/**
 * Inserts many rows of one entity in one statement, whatever their number: they travel as one parameter.
 * The first row says which columns are given; the others have their defaults.
 */
export async function insertRows<Entity extends ObjectLiteral>(
  manager: EntityManager,
  entity: new () => Entity,
  rows: readonly RowOf<Entity>[],
  options: InsertOptions = {},
): Promise<void> {
  const values: unknown[] = [];
  const text = insertText(manager, entity, rows, (value) => `$${values.push(value)}`, options);
  if (text !== null) await manager.query(text, values);
}

/** The statement that inserts rows, as `insertRows` does it; null for none. `parameter` names what it is given. */
export function insertText<Entity extends ObjectLiteral>(
  manager: EntityManager,
  entity: new () => Entity,
  rows: readonly RowOf<Entity>[],
  parameter: (value: unknown) => string,
  { ignoreExisting = false }: InsertOptions,
): string | null {
  const [first] = rows;
  if (first === undefined) return null;
  const metadata = manager.dataSource.getMetadata(entity);
  const columns = columnsOf(metadata, first);
  const names = columns.map(({ name }) => `"${name}"`).join(', ');
  const given = rows.map((row) => Object.fromEntries(columns.map(({ name, key }) => [name, row[key]])));
  return `insert into ${metadata.tablePath} (${names})
     select ${names} from json_to_recordset(${parameter(JSON.stringify(given))}::json)
       as t(${columns.map(({ name, type }) => `"${name}" ${type}`).join(', ')})
     ${ignoreExisting ? 'on conflict do nothing' : ''}`;
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
