import { AppError } from '@contract/errors'
import { procedureErrors } from '@contract/errors/procedures'
import type { Locate, Path, Problem } from './problems'
import { ANSWERS, CHILD_SHEETS, HEAD, NO, PROCEDURES, QUESTIONS, YES, type Column, type SheetLayout } from './workbook-layout'
import { guardZip } from './zip-guard'

/** Rows of one sheet that are looked at; more is named as a problem. */
const MAX_ROWS = 50_000

type Json = Record<string, unknown>

interface Row {
  readonly number: number
  readonly cells: ReadonlyMap<string, unknown>
}

interface Sheet {
  readonly layout: SheetLayout
  readonly rows: readonly Row[]
}

/** An untyped catalogue out of a workbook, what could not even be placed, and the way from a path back to a cell. */
export interface RawWorkbook {
  readonly raw: unknown
  readonly problems: readonly Problem[]
  readonly locate: Locate
}

const clean = (value: unknown): unknown => (typeof value === 'string' ? value.normalize('NFC').trim() : value)
const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''

/** A date cell comes as midnight UTC. Numbers in a code column lost their last zeros to the spreadsheet: "2.000560" → 2.00056. */
function asText(value: unknown, column: Column): string {
  if (value instanceof Date) return value.toISOString().slice(0, 10)
  if (typeof value === 'number' && column.kind.as === 'code') return value.toFixed(6)
  return String(value)
}

function choiceOf(text: string, words: Readonly<Record<string, string>>): string {
  const wanted = text.toLocaleLowerCase('vi')
  return Object.keys(words).find((key) => key === text || words[key]?.toLocaleLowerCase('vi') === wanted) ?? text
}

const pieces = (text: string, by: string | RegExp): string[] => text.split(by).map((item) => item.trim()).filter((item) => item !== '')

/** What a cell means; text that does not fit is handed on as it is, for the schema to name. */
function read(value: unknown, column: Column): unknown {
  const text = asText(value, column)
  const { kind } = column
  if (kind.as === 'integer') return /^\d+$/.test(text.replace(/[.\s]/g, '')) && typeof value !== 'number' ? Number(text.replace(/[.\s]/g, '')) : value
  if (kind.as === 'yes-no') return text.toLocaleLowerCase('vi') === YES.toLocaleLowerCase('vi') ? true : text.toLocaleLowerCase('vi') === NO.toLocaleLowerCase('vi') ? false : text
  if (kind.as === 'list') return pieces(text, ';')
  if (kind.as === 'lines') return pieces(text, /\r?\n/)
  return kind.as === 'choice' ? choiceOf(text, kind.words) : text
}

function readSheet(layout: SheetLayout, data: readonly (readonly unknown[])[] | undefined, problems: Problem[]): Sheet {
  const at = { sheet: layout.name, row: null }
  if (data === undefined) {
    problems.push({ ...at, field: layout.name, problem: 'sheet-missing' })
    return { layout, rows: [] }
  }
  const head = (data[0] ?? []).map(clean)
  const columns = [...layout.parents, ...layout.columns]
  for (const { title } of columns) if (!head.includes(title)) problems.push({ ...at, row: 1, field: title, problem: 'column-missing' })
  if (data.length > MAX_ROWS) problems.push({ ...at, field: layout.name, problem: 'too-many' })
  const rows = data.slice(1, MAX_ROWS).map((cells, index): Row => ({
    number: index + 2,
    cells: new Map(columns.flatMap((column): [string, unknown][] => {
      const value = clean(cells[head.indexOf(column.title)])
      return isEmpty(value) ? [] : [[column.title, read(value, column)]]
    })),
  }))
  return { layout, rows: rows.filter((row) => row.cells.size > 0) }
}

function setAt(target: Json, path: readonly string[], value: unknown): void {
  const [step = '', ...rest] = path
  if (rest.length === 0) {
    target[step] = value
    return
  }
  const next = target[step]
  const inner: Json = typeof next === 'object' && next !== null ? { ...next } : {}
  target[step] = inner
  setAt(inner, rest, value)
}

function itemOf(layout: SheetLayout, row: Row): Json {
  const item: Json = {}
  for (const column of layout.columns) {
    const value = row.cells.get(column.title)
    if (value !== undefined) setAt(item, column.path.split('.'), value)
  }
  return item
}

/** Remembers which row each item of the catalogue came from. */
interface Origins {
  put(path: Path, layout: SheetLayout, row: number): void
  readonly locate: Locate
}

function createOrigins(): Origins {
  const places = new Map<string, { layout: SheetLayout; row: number }>()
  const keyOf = (path: Path): string => path.map(String).join('.')
  const locate: Locate = (path) => {
    for (let length = path.length; length >= 0; length -= 1) {
      const place = places.get(keyOf(path.slice(0, length)))
      if (place === undefined) continue
      const rest = keyOf(path.slice(length))
      const column = place.layout.columns.find((one) => rest === one.path || rest.startsWith(`${one.path}.`))
      const first = place.layout.columns.find((one) => one.path.startsWith(`${rest}.`))
      return { sheet: place.layout.name, row: place.row, field: column?.title ?? first?.title ?? childSheetOf(rest) ?? rest }
    }
    return { sheet: null, row: null, field: keyOf(path) }
  }
  return { put: (path, layout, row) => places.set(keyOf(path), { layout, row }), locate }
}

/** A list that is missing or too short is told by the name of its sheet. */
function childSheetOf(path: string): string | undefined {
  return path === 'answers' ? ANSWERS.name : CHILD_SHEETS.find(([, list]) => list.join('.') === path)?.[0].name
}

interface Build {
  readonly procedures: Json[]
  readonly byKey: Map<string, number>
  readonly origins: Origins
  readonly problems: Problem[]
}

function text(row: Row, title: string): string {
  const value = row.cells.get(title)
  return typeof value === 'string' ? value : ''
}

/** The procedure that a child row belongs to. Without a version the code must be there once. */
function parentOf(build: Build, sheet: Sheet, row: Row): number | null {
  const [code, version] = sheet.layout.parents.map(({ title }) => text(row, title))
  const byCode = [...build.byKey].filter(([key]) => key.startsWith(`${code ?? ''} `))
  const found = version === '' ? (byCode.length === 1 ? byCode[0]?.[1] : undefined) : build.byKey.get(`${code ?? ''} ${version ?? ''}`)
  if (found !== undefined) return found
  const field = sheet.layout.parents[0]?.title ?? ''
  build.problems.push({ sheet: sheet.layout.name, row: row.number, field, problem: code === '' ? 'missing' : 'unknown-reference' })
  return null
}

function listAt(item: Json, path: readonly string[]): unknown[] {
  const [step = '', ...rest] = path
  const value = item[step]
  if (rest.length > 0) return listAt((item[step] = typeof value === 'object' && value !== null ? value : {}) as Json, rest)
  if (Array.isArray(value)) return value
  const list: unknown[] = []
  item[step] = list
  return list
}

function addProcedures(build: Build, sheet: Sheet): void {
  for (const row of sheet.rows) {
    const item = itemOf(sheet.layout, row)
    for (const list of ['lifeEvents', 'keywords', 'legalBasis']) listAt(item, [list])
    for (const [, path] of CHILD_SHEETS) listAt(item, path)
    const key = `${text(row, 'Mã thủ tục')} ${text(row, 'Phiên bản')}`
    if (build.byKey.has(key)) build.problems.push({ sheet: sheet.layout.name, row: row.number, field: 'Mã thủ tục', problem: 'duplicate' })
    else build.byKey.set(key, build.procedures.length)
    build.origins.put(['procedures', build.procedures.length], sheet.layout, row.number)
    build.procedures.push(item)
  }
}

function addChildren(build: Build, sheet: Sheet, path: readonly string[]): void {
  for (const row of sheet.rows) {
    const parent = parentOf(build, sheet, row)
    const procedure = parent === null ? undefined : build.procedures[parent]
    if (parent === null || procedure === undefined) continue
    const list = listAt(procedure, path)
    build.origins.put(['procedures', parent, ...path, list.length], sheet.layout, row.number)
    list.push(sheet.layout === QUESTIONS ? { ...itemOf(sheet.layout, row), answers: [] } : itemOf(sheet.layout, row))
  }
}

function addAnswers(build: Build, sheet: Sheet): void {
  const title = sheet.layout.parents[2]?.title ?? ''
  for (const row of sheet.rows) {
    const parent = parentOf(build, sheet, row)
    const procedure = parent === null ? undefined : build.procedures[parent]
    if (parent === null || procedure === undefined) continue
    const questions = listAt(procedure, ['eligibility']) as Json[]
    const at = questions.findIndex((question) => question['id'] === text(row, title))
    const question = questions[at]
    if (question === undefined) {
      build.problems.push({ sheet: sheet.layout.name, row: row.number, field: title, problem: 'unknown-reference' })
      continue
    }
    const list = listAt(question, ['answers'])
    build.origins.put(['procedures', parent, 'eligibility', at, 'answers', list.length], sheet.layout, row.number)
    list.push(itemOf(sheet.layout, row))
  }
}

async function unpack(bytes: Buffer): Promise<ReadonlyMap<string, readonly (readonly unknown[])[]>> {
  guardZip(bytes)
  // Loaded when a workbook comes, not at every start.
  const { default: readXlsxFile } = await import('read-excel-file/node')
  try {
    const sheets = await readXlsxFile(bytes)
    return new Map(sheets.map(({ sheet, data }) => [sheet.normalize('NFC').trim(), data]))
  } catch (error) {
    throw new AppError(procedureErrors.fileUnreadable, { reason: 'not-a-workbook' }, { cause: error })
  }
}

/**
 * Reads a workbook into the shape of a catalogue, unchecked. Columns are found by their heading, so their order is free.
 * @throws AppError DM-001 (`reason`) when it is no workbook, damaged, encrypted, too large or a bomb
 */
export async function readWorkbook(bytes: Buffer): Promise<RawWorkbook> {
  const sheets = await unpack(bytes)
  const problems: Problem[] = []
  const build: Build = { procedures: [], byKey: new Map(), origins: createOrigins(), problems }
  const head = readSheet(HEAD, sheets.get(HEAD.name), problems)
  addProcedures(build, readSheet(PROCEDURES, sheets.get(PROCEDURES.name), problems))
  for (const [layout, path] of CHILD_SHEETS) addChildren(build, readSheet(layout, sheets.get(layout.name), problems), path)
  addAnswers(build, readSheet(ANSWERS, sheets.get(ANSWERS.name), problems))
  const first = head.rows[0]
  build.origins.put([], HEAD, first?.number ?? 2)
  return { raw: { ...(first === undefined ? {} : itemOf(HEAD, first)), procedures: build.procedures }, problems, locate: build.origins.locate }
}
