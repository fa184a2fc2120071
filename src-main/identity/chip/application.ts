import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { EMRTD_AID } from '../lds/files'
import type { Command, Exchange } from './apdu'

const OK = 0x9000
const SELECT = { cla: 0, ins: 0xa4 } as const
const MASTER_FILE = Uint8Array.of(0x3f, 0x00)

/** No answer data is asked for: with P2=0C some chips refuse a command that has a Le (9303-10 §3.6.2). */
const NO_ANSWER = 0x0c

/** Statuses by which a chip refuses the form of a SELECT, not the file. */
const refusesForm = (sw: number): boolean => sw === 0x6700 || sw === 0x6a80 || sw === 0x6a86 || sw === 0x6a87 || sw === 0x6b00

/**
 * Selects the master file; false where the chip has none to select. Chips of identity cards are known that do not know
 * the command (6D00): that is no error.
 */
export async function selectMasterFile(exchange: Exchange): Promise<boolean> {
  const named = await exchange({ ...SELECT, p1: 0, p2: NO_ANSWER, data: MASTER_FILE })
  if (named.sw === OK) return true
  return refusesForm(named.sw) && (await exchange({ ...SELECT, p1: 0, p2: NO_ANSWER })).sw === OK
}

/** Selects the eMRTD application (9303-10 §3.6.1). @throws AppError THE-003 when the card has none */
export async function selectApplication(exchange: Exchange): Promise<void> {
  const byName: Command = { ...SELECT, p1: 4, p2: NO_ANSWER, data: EMRTD_AID }
  const answer = await exchange(byName)
  if (answer.sw === OK) return
  if (refusesForm(answer.sw) && (await exchange({ ...byName, p2: 0, le: 256 })).sw === OK) return
  throw new AppError(chipErrors.unknownCard)
}

/** Selects an elementary file below the current folder and gives the status word (9303-10 §3.6.2). */
export async function selectFile(exchange: Exchange, id: number): Promise<number> {
  return (await exchange({ ...SELECT, p1: 2, p2: NO_ANSWER, data: Uint8Array.of(id >> 8, id & 0xff) })).sw
}
