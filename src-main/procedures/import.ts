import { AppError } from '@contract/errors'
import { procedureErrors } from '@contract/errors/procedures'
import { Catalogue } from '@contract/procedures'
import { checkCatalogue } from './check'
import { readWorkbook } from './import-xlsx'
import { inOrder, locateInJson, problemsOf, type Locate, type Problem } from './problems'

/** The largest catalogue file, bytes; JSON and workbook alike. */
export const MAX_CATALOGUE_FILE = 10 * 1024 * 1024

export type ImportOutcome =
  | { readonly ok: true; readonly catalogue: Catalogue }
  | { readonly ok: false; readonly problems: readonly Problem[] }

const ZIP_MAGIC = Buffer.from([0x50, 0x4b])

function check(raw: unknown, early: readonly Problem[], locate: Locate, known: Iterable<string>): ImportOutcome {
  const parsed = Catalogue.safeParse(raw)
  if (!parsed.success) return { ok: false, problems: inOrder([...early, ...problemsOf(parsed.error, raw, locate)]) }
  const findings = checkCatalogue(parsed.data, known).map(({ path, problem }): Problem => ({ ...locate(path), problem }))
  const problems = inOrder([...early, ...findings])
  return problems.length === 0 ? { ok: true, catalogue: parsed.data } : { ok: false, problems }
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new AppError(procedureErrors.fileUnreadable, { reason: 'not-json' }, { cause: error })
  }
}

/**
 * A catalogue out of a file, JSON or XLSX, told apart by content. All or nothing: with any problem there is no catalogue, and every problem
 * is listed with sheet, row and field. `known` are codes of procedures already held that answers may refer to.
 * @throws AppError DM-001 (`reason`: empty, too-large, not-json, not-a-workbook, damaged, encrypted, too-many-parts, bomb)
 */
export async function importCatalogue(bytes: Buffer, known: Iterable<string> = []): Promise<ImportOutcome> {
  if (bytes.length === 0) throw new AppError(procedureErrors.fileUnreadable, { reason: 'empty' })
  if (bytes.length > MAX_CATALOGUE_FILE) throw new AppError(procedureErrors.fileUnreadable, { reason: 'too-large' })
  if (bytes.subarray(0, 2).equals(ZIP_MAGIC)) {
    const workbook = await readWorkbook(bytes)
    return check(workbook.raw, workbook.problems, workbook.locate, known)
  }
  return check(readJson(bytes), [], locateInJson, known)
}
