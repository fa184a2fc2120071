import type { ChipFile, CopyProof } from '@contract/chip'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import { performActiveAuthentication } from './active-authentication'
import type { Exchange } from './apdu'
import { readsExtended } from './block-size'
import { checkCam } from './cam'
import { chipAuthenticationOffer, performChipAuthentication } from './chip-authentication'
import type { Channel, Connection } from './connection'
import { NOTHING_YET, readOn } from './read-file'
import type { Begun } from './read-whole'
import type { CamEvidence, Random } from './types'

type Files = ReadonlyMap<ChipFile, Uint8Array>

/** Sessions lost in the middle of a proof before it is given up. */
const MOST_LOST = 2
/** DG15 of an RSA key whose signatures have more than 223 bytes is longer than this. */
const LONG_KEY = 250

/**
 * What PACE with chip authentication mapping proved, by a key of EF.CardSecurity, or of DG14 (9303-11 §4.4.3.5.2). Null when
 * it proved nothing: DG14 alone may have other keys, so a key of it that does not fit says nothing.
 */
export function proofByCam(evidence: CamEvidence | null, files: Files): CopyProof | null {
  if (evidence === null) return null
  const cardSecurity = files.get('CardSecurity')
  try {
    if ([cardSecurity, files.get('DG14')].some((file) => file !== undefined && checkCam(evidence, file))) return { state: 'original', by: 'CAM' }
  } catch (error) {
    return unsupportedUnlessTrouble(error, 'CAM')
  }
  return cardSecurity === undefined ? null : { state: 'copied', by: 'CAM' }
}

/**
 * Chip authentication (9303-11 §6.2), with the first read of `file` under the new keys as the chip's answer: only a chip
 * that has the private key can give one. `begun` is that read; `proof` is null where DG14 offers nothing.
 */
export async function proofByChipAuthentication(connection: Connection, dg14: Uint8Array, file: ChipFile, random: Random): Promise<{ proof: CopyProof | 'other-card' | null; begun?: Begun }> {
  if (!offersChipAuthentication(dg14)) return { proof: null }
  for (let lost = 0; ;) {
    const attempt = await connection.attempt((channel) => authenticateChip(connection, channel, dg14, file, random))
    if (attempt.kind === 'done') return attempt.value
    if (attempt.kind === 'other-card') return { proof: 'other-card' }
    if (attempt.kind === 'lost' && (lost += 1) === MOST_LOST) return { proof: { state: 'unsupported', by: 'CA' } }
  }
}

/** A DG14 that is none offers nothing; its parser tells. */
function offersChipAuthentication(dg14: Uint8Array): boolean {
  try {
    return chipAuthenticationOffer(dg14) !== null
  } catch {
    return false
  }
}

async function authenticateChip(connection: Connection, channel: Channel, dg14: Uint8Array, file: ChipFile, random: Random): Promise<{ proof: CopyProof; begun?: Begun }> {
  await connection.enterApplication(channel)
  let keys
  try {
    keys = await performChipAuthentication(channel.way.exchange, dg14, random)
  } catch (error) {
    return { proof: unsupportedUnlessTrouble(error, 'CA') }
  }
  if (keys === null) return { proof: { state: 'unsupported', by: 'CA' } }
  const renewed = connection.rekey(channel, keys)
  try {
    return { proof: { state: 'original', by: 'CA' }, begun: { channel: renewed, step: await readOn(renewed.way, file, NOTHING_YET, false) } }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== chipErrors.channelBroken) throw error
    connection.drop()
    return { proof: { state: 'copied', by: 'CA' } }
  }
}

/** Active authentication (9303-11 §6.1). */
export async function proofByActiveAuthentication(connection: Connection, dg15: Uint8Array, dg14: Uint8Array | null, random: Random): Promise<CopyProof | 'other-card'> {
  for (let lost = 0; ;) {
    const attempt = await connection.attempt(async (channel): Promise<CopyProof> => {
      await connection.enterApplication(channel)
      try {
        return { state: await performActiveAuthentication(signing(channel, dg15), dg15, dg14, random), by: 'AA' }
      } catch (error) {
        return unsupportedUnlessTrouble(error, 'AA')
      }
    })
    if (attempt.kind === 'done') return attempt.value
    if (attempt.kind === 'other-card') return 'other-card'
    if (attempt.kind === 'lost' && (lost += 1) === MOST_LOST) return { state: 'unsupported', by: 'AA' }
  }
}

/** A short protected answer does not hold the signature of a long RSA key, where a short plain one would: 2,048 bits. */
function signing({ way: { exchange, manner } }: Channel, dg15: Uint8Array): Exchange {
  return dg15.length > LONG_KEY && readsExtended(manner) ? (command) => exchange({ ...command, le: 65_536 }) : exchange
}

/** A chip that refuses a protocol, or a file that does not hold what the protocol needs, proves nothing either way. @throws what is trouble of the way to the chip */
function unsupportedUnlessTrouble(error: unknown, by: NonNullable<CopyProof['by']>): CopyProof {
  const proofless: readonly string[] = [chipErrors.cardRefused, chipErrors.malformed]
  if (error instanceof AppError && proofless.includes(error.code)) return { state: 'unsupported', by }
  throw error
}
