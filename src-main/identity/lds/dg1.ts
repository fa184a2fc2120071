import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { child, only } from '../chip/tlv'
import { inFile, malformed } from './malformed'
import { type Mrz, parseMrz } from './mrz'

/** The MRZ in DG1 (tag `61`, in it `5F1F`; 9303-10 §4.7.1). @throws AppError THE-009 (`file`: `DG1`) */
export function parseDg1(bytes: Uint8Array): Mrz {
  return inFile('DG1', () => {
    const text = child(only(bytes, 0x61), 0x5f1f)
    if (text === undefined) throw malformed('DG1')
    try {
      return parseMrz(Buffer.from(text.value.subarray(0, 100)).toString('latin1'))
    } catch (error) {
      if (error instanceof AppError && error.code === chipErrors.mrzText) throw malformed('DG1')
      throw error
    }
  })
}
