import type { ColumnType, Generated } from "kysely";

/** A surrogate key: internal, never shown outside the database. */
export type Id = Generated<number>;
/** Milliseconds since 1970, UTC. */
export type Time = number;
/** 0 or 1: both engines store it the same way. */
export type Flag = 0 | 1;
/** A column that the database fills when the insert does not. */
export type WithDefault<T> = ColumnType<T, T | undefined, T>;
/** Nullable, and null when the insert leaves it out. */
export type Maybe<T> = ColumnType<T | null, T | null | undefined, T | null>;
/** Bytes: BLOB on SQLite, bytea on PostgreSQL. */
export type Bytes = Uint8Array;
/** JSON kept as text on both engines, so that what is read is what was written. */
export type Json = string;
