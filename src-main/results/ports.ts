import type { LiveEvent } from '@contract/calls-live'
import type { ReadingId } from '@contract/chip'
import type { DossierId } from '@contract/ids'
import type { Intake, IntakeDeps } from '../intake'
import type { Reader, Store } from '../storage'
import type { Signatures } from './signatures'

/** What handing results over asks of others. */
export type ResultsDeps = Pick<IntakeDeps, 'audit' | 'calendar' | 'catalogue' | 'clock' | 'extras' | 'fees' | 'outbox'> & Readonly<{
  store: Store
  intake: Pick<Intake, 'search' | 'get'>
  signatures: Signatures
  /** What is open of a fee of `total` đồng. */
  openFee(reader: Reader, dossierId: DossierId, total: number): number
  /** The number on a chip that was read just now; null where the chip tells none. @throws AppError THE-014 when the reading is gone */
  chipNumber(reading: ReadingId): Promise<string | null>
  changed(event: LiveEvent): void
}>
