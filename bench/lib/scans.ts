import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encodeJpeg, type Raster } from '../../src-main/capture/pages'
import { leaning, noisy, sealed, shaded } from '../../test/capture/pages/lib/degrade'
import { formPage } from '../../test/capture/pages/lib/sheets'
import { cacheFolder } from './places'

/** Raise when a kept pile must be made anew. */
const PILE_VERSION = 1
/** Sheets of a pile with words of their own; the others differ by their noise. */
const SHEETS = 5

/** A4 at 300 dpi as it lies on the glass: text, askew, uneven light. @param form other words by number */
export const sheetOnGlass = async (form: number): Promise<Raster> => shaded(leaning(await formPage(form, 300), 1.3, 246), [0.98, 0.96, 0.9, 0.94])

/** A scanner's JPEG of a sheet: noise, other by its seed, and a red seal where there is one. */
export function scanOf(sheet: Raster, { seal = false, noise = 7 }: { seal?: boolean; noise?: number } = {}): Promise<Uint8Array> {
  const scan = noisy(sheet, 4, noise)
  return encodeJpeg(seal ? sealed(scan, { x: 1_700, y: 2_900 }, 210) : scan, 85)
}

/** A folder of scans, text and seal in turn, no two the same; made at the first call and kept for later runs. Whole or not there at all. */
export async function pileOfScans(pages: number): Promise<string> {
  const folder = join(cacheFolder, `pile-${PILE_VERSION}-${pages}`)
  if (existsSync(folder)) return folder
  const working = `${folder}.${randomUUID()}`
  await mkdir(working, { recursive: true })
  try {
    const sheets = await Promise.all(Array.from({ length: SHEETS }, (_, index) => sheetOnGlass(index + 1)))
    for (let page = 0; page < pages; page += 1) {
      const sheet = sheets[Math.floor(page / 2) % SHEETS]
      if (sheet) await writeFile(join(working, `${String(page + 1).padStart(3, '0')}.jpg`), await scanOf(sheet, { seal: page % 2 === 1, noise: page + 1 }))
    }
    await rename(working, folder)
  } finally {
    await rm(working, { recursive: true, force: true })
  }
  return folder
}
