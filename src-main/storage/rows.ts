/* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- which brand a stored text has is for the reader of the row to say */

/** What a column holds or a parameter takes. Booleans go in through `flag`. */
export type Value = string | number | bigint | null | Uint8Array

/** Positional parameters for `?`, or named ones for `:name`. */
export type Params = readonly Value[] | Readonly<Record<string, Value>>

export const flag = (value: boolean): 0 | 1 => (value ? 1 : 0)

/** Anything that checks a value and returns it typed; zod schemas do. */
export interface Parser<T> {
  parse(value: unknown): T
}

/**
 * One row, read column by column with the type that the schema's CHECK promises.
 * A wrong column or type is a defect and throws at once. Do not keep a view: it moves on to the next row.
 */
export interface RowView {
  text<T extends string = string>(column: string): T
  textOrNull<T extends string = string>(column: string): T | null
  /** A whole number within ±2^53. */
  integer(column: string): number
  integerOrNull(column: string): number | null
  real(column: string): number
  flag(column: string): boolean
  bytes(column: string): Uint8Array
  bytesOrNull(column: string): Uint8Array | null
  json<T>(column: string, schema: Parser<T>): T
  jsonOrNull<T>(column: string, schema: Parser<T>): T | null
}

export type RowMapper<T> = (row: RowView) => T

export interface RowCursor {
  readonly view: RowView
  point(row: unknown): RowView
}

function refuse(column: string, wanted: string): never {
  throw new TypeError(`column ${column} is not ${wanted}`)
}

function textOf<T extends string>(value: unknown, column: string): T {
  // The brand is vouched for by the table's CHECK and by the only code that writes it.
  return typeof value === 'string' ? (value as T) : refuse(column, 'text')
}

const integerOf = (value: unknown, column: string): number =>
  Number.isSafeInteger(value) ? Number(value) : refuse(column, 'an integer')

const bytesOf = (value: unknown, column: string): Uint8Array =>
  value instanceof Uint8Array ? value : refuse(column, 'bytes')

const isRow = (row: unknown): row is Record<string, unknown> => typeof row === 'object' && row !== null

/** One view for many rows, so that reading a long list makes no garbage of its own. */
export function rowCursor(): RowCursor {
  let current: Record<string, unknown> = {}
  const orNull = <T>(column: string, decode: (value: unknown, column: string) => T): T | null =>
    current[column] === null ? null : decode(current[column], column)
  const parse = <T>(column: string, schema: Parser<T>): T => schema.parse(JSON.parse(textOf(current[column], column)))
  const view: RowView = {
    text: <T extends string>(column: string) => textOf<T>(current[column], column),
    textOrNull: <T extends string>(column: string) => orNull(column, textOf<T>),
    integer: (column) => integerOf(current[column], column),
    integerOrNull: (column) => orNull(column, integerOf),
    real: (column) => (typeof current[column] === 'number' ? current[column] : refuse(column, 'a number')),
    flag: (column) => integerOf(current[column], column) !== 0,
    bytes: (column) => bytesOf(current[column], column),
    bytesOrNull: (column) => orNull(column, bytesOf),
    json: parse,
    jsonOrNull: (column, schema) => (current[column] === null ? null : parse(column, schema)),
  }
  const point = (row: unknown): RowView => {
    if (!isRow(row)) throw new TypeError('not a row')
    current = row
    return view
  }
  return { view, point }
}
