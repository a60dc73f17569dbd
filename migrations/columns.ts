import { type ColumnDefinitionBuilder, type CreateTableBuilder, type Kysely, PostgresAdapter, sql } from "kysely";

/** What a migration needs to know of the engine it runs on. */
export function columnsFor(db: Kysely<unknown>) {
  const postgres = db.getExecutor().adapter instanceof PostgresAdapter;
  const type = {
    bytes: postgres ? sql`bytea` : sql`blob`,
    /** Large enough for milliseconds since 1970. */
    int: postgres ? sql`bigint` : sql`integer`,
  };
  return {
    ...type,
    postgres,
    /** A table whose first column is a surrogate key that is never given out twice. */
    withId: <T extends string>(table: CreateTableBuilder<T>) =>
      table.addColumn("id", type.int, (column) => surrogate(column, postgres)),
  };
}

function surrogate(column: ColumnDefinitionBuilder, postgres: boolean): ColumnDefinitionBuilder {
  return postgres ? column.primaryKey().generatedByDefaultAsIdentity() : column.primaryKey().autoIncrement();
}
