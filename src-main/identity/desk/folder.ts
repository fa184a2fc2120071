import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ChipFile } from '@contract/chip'
import { AppError } from '@contract/errors'
import { type ChipFiles, FILES, LARGEST_FILE } from '../lds'

const NAME = /^([0-9a-f]{4})\.bin$/iu

/** `011d` is EF.SOD of the application and EF.CardSecurity of the master file: in a folder of one level it means the former. */
const BY_ID: ReadonlyMap<number, ChipFile> = new Map(
  Object.entries(FILES).filter(([name]) => name !== 'CardSecurity').map(([name, { id }]) => [id, name as ChipFile]))

/**
 * Files of a chip from a folder, named by file id (`0101.bin` is DG1). Other files are left alone.
 * @throws AppError TK-013 (`folder`) when it cannot be read or holds none
 */
export async function filesOfFolder(folder: string): Promise<ChipFiles> {
  const names = await readdir(folder).catch(() => [])
  const found = new Map<ChipFile, Uint8Array>()
  for (const name of names.sort()) {
    const id = NAME.exec(name)?.[1]
    const file = id === undefined ? undefined : BY_ID.get(Number.parseInt(id, 16))
    if (file === undefined) continue
    const path = join(folder, name)
    if ((await stat(path)).size > LARGEST_FILE) throw new AppError('THE-016', { file })
    found.set(file, new Uint8Array(await readFile(path)))
  }
  if (found.size === 0) throw new AppError('TK-013', { folder: 'no-chip-files' })
  return found
}
