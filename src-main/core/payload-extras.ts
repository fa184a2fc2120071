import type { DossierId } from '@contract/ids'
import { feeExtras } from '../fees'
import { handlingExtras } from '../handling'
import type { PayloadExtras } from '../intake'
import { resultExtras } from '../results'
import type { Reader } from '../storage'

/** What the modules beside intake add to a submission. */
export const payloadExtras = (reader: Reader, dossierId: DossierId): PayloadExtras =>
  ({ ...handlingExtras(reader, dossierId), ...feeExtras(reader, dossierId), ...resultExtras(reader, dossierId) })
