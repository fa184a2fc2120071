import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { binarised } from '../../../src-main/capture/pages/binarise'
import { encodeG4 } from '../../../src-main/capture/pages/codecs/g4'
import { wrapG4 } from '../../../src-main/capture/pages/codecs/g4-tiff'
import { encodeJpeg } from '../../../src-main/capture/pages'
import { type Raster, toGrey } from '../../../src-main/capture/pages/raster'
import { leaning, noisy, sealed, shaded } from '../../capture/pages/lib/degrade'
import { drawPdf, makePdf } from '../../capture/pages/lib/sheets'
import { SHEETS, type Sheet } from './sheets'

// Writes the pile of practice mode's scanner into resources/practice/scans, the same with every run. Run it with `node scripts/practice-scans.mjs`
// after a change; the files are committed.

const out = join(import.meta.dirname, '..', '..', '..', 'resources', 'practice', 'scans')
/** Small enough for the program's package, fine enough to be read. */
const DPI = 200
const QUALITY = 58

/** A sheet as it comes off a glass: askew, a little grey, with the sensor's noise. */
function scanned(clean: Raster, { leans, seal }: Sheet, seed: number): Raster {
  const stamped = seal ? sealed(clean, { x: clean.width * seal.x, y: clean.height * seal.y }, Math.round(clean.width * 0.085)) : clean
  const askew = leans === 0 ? stamped : leaning(stamped, leans)
  return noisy(shaded(askew, [0.97, 0.96, 0.94, 0.95]), 1.6, seed)
}

rmSync(out, { recursive: true, force: true })
mkdirSync(out, { recursive: true })
let bytes = 0
for (const [index, sheet] of SHEETS.entries()) {
  const drawn = drawPdf(await makePdf(sheet.content.length === 0 ? [' '] : sheet.content), DPI)
  const raster = scanned(drawn, sheet, index + 1)
  const bits = sheet.as === 'black' ? binarised(toGrey(drawn)) : null
  const file = bits ? wrapG4(encodeG4(bits), bits.width, bits.height, DPI) : await encodeJpeg(sheet.as === 'grey' ? toGrey(raster) : raster, QUALITY)
  writeFileSync(join(out, sheet.file), file)
  bytes += file.length
}
process.stdout.write(`${String(SHEETS.length)} sheets, ${String(Math.round(bytes / 1024))} kB\n`)
