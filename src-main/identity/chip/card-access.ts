import { AppError } from '@contract/errors'
import { readerErrors } from '@contract/errors/readers'
import type { CardTransport } from '../../readers'
import { FILES } from '../lds/files'
import type { Exchange } from './apdu'
import { selectFile, selectMasterFile } from './application'
import { type Manner, readSmaller } from './block-size'
import { bytesOf, NOTHING_YET, readOn, type Step, type Way } from './read-file'

const FILE = 'CardAccess'

/**
 * Reads EF.CardAccess in clear (9303-11 §4.4.3.2); null when the chip has none or keeps it shut, which means: no PACE.
 * Being the first read, it also shows in clear, where nothing is lost by it, whether long answers get through.
 */
export async function readCardAccess(exchange: Exchange, transport: CardTransport, manner: Manner): Promise<Uint8Array | null> {
  const way: Way = { exchange, cipher: null, transport, manner }
  const inMasterFile = await selectMasterFile(exchange)
  let current = !inMasterFile
  if (current && (await selectFile(exchange, FILES[FILE].id)) !== 0x9000) return null
  for (let part = NOTHING_YET; ;) {
    const step: Step | null = await clearStep(way, () => readOn(way, FILE, part, current))
    if (step === null) continue
    if (step.end === 'whole') return bytesOf(step.part)
    if (step.end !== null) return null
    part = step.part
    current = step.current
  }
}

/** In clear a reader that cannot carry a long answer costs nothing but the try. */
async function clearStep({ manner, transport }: Way, act: () => Promise<Step>): Promise<Step | null> {
  try {
    return await act()
  } catch (error) {
    if (error instanceof AppError && error.code === readerErrors.extendedNotCarried && readSmaller(manner, transport, null)) return null
    throw error
  }
}
