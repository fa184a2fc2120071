import type { AccessView } from '@contract/chip'
import { AppError } from '@contract/errors'
import { chipErrors } from '@contract/errors/chip'
import type { Exchange } from './apdu'
import { selectApplication } from './application'
import { performBac } from './bac'
import type { Manner } from './block-size'
import { readCardAccess } from './card-access'
import type { Link } from './link'
import { performPace } from './pace'
import { parseSecurityInfos, preferredPace, type SecurityInfos } from './security-infos'
import type { AccessKey, CamEvidence, PaceInfo, Random, SessionKeys } from './types'

/** Chips slow down after wrong keys, and some shut: no more than these while one card lies on the reader. */
const MOST_TRIES = 3

/** The keys of a reading: which one comes next, and how many failed since the card was put there. */
export type KeyRing = { keys: readonly AccessKey[]; next: number; tried: number }

/** A chip that opened. `folder`: what is selected; PACE opens in the master file, BAC in the application. */
export type Opened = Readonly<{
  keys: SessionKeys
  access: AccessView
  folder: 'MF' | 'application'
  cam: CamEvidence | null
  cardAccess: Uint8Array | null
}>

export type AccessOptions = Readonly<{ allowBac: boolean; random: Random; ring: KeyRing; manner: Manner }>

/**
 * Opens the chip (9303-11 §4.2): PACE where it is offered, else BAC, and never BAC in silence where PACE was offered.
 * @throws AppError THE-002 no key fits, THE-005 more keys but no more tries, THE-003 no eMRTD, THE-006 PACE failed,
 * THE-017 no PACE that we know, THE-009 EF.CardAccess is none
 */
export async function openChip(link: Link, options: AccessOptions): Promise<Opened> {
  const cardAccess = await readCardAccess(link.exchange, link.transport(), options.manner)
  const offer = offerOf(cardAccess, options.allowBac)
  if (offer === 'none') return { ...(await byBac(link.exchange, options, false)), cardAccess }
  try {
    return { ...(await byPace(link.exchange, offer, options)), cardAccess }
  } catch (error) {
    if (!options.allowBac || !isFailedPace(error)) throw error
    return { ...(await byBac(link.exchange, options, true)), cardAccess }
  }
}

type Offer = 'none' | Readonly<{ pace: PaceInfo | null }>

/** What cannot be read as an offer may hide one: it stops the reading unless the officer allowed BAC. */
function offerOf(cardAccess: Uint8Array | null, allowBac: boolean): Offer {
  if (cardAccess === null) return 'none'
  let infos: SecurityInfos
  try {
    infos = parseSecurityInfos(cardAccess)
  } catch (error) {
    if (allowBac) return { pace: null }
    throw new AppError(chipErrors.malformed, { file: 'CardAccess' }, { cause: error })
  }
  const offered = infos.pace.length + infos.unknownPace.length > 0
  return offered ? { pace: preferredPace(infos.pace) } : 'none'
}

const isFailedPace = (error: unknown): boolean => error instanceof AppError && (error.code === chipErrors.paceFailed || error.code === chipErrors.paceUnsupported)

async function byPace(exchange: Exchange, { pace }: Readonly<{ pace: PaceInfo | null }>, { ring, random }: AccessOptions): Promise<Omit<Opened, 'cardAccess'>> {
  if (pace === null) throw new AppError(chipErrors.paceUnsupported)
  const { key, result } = await withKeys(ring, () => true, (given) => performPace(exchange, pace, given, random))
  const { mapping, agreement, cipher } = result.info
  return { keys: result.keys, access: { protocol: 'PACE', key: key.kind, mapping, agreement, cipher, downgraded: false }, folder: 'MF', cam: result.cam }
}

async function byBac(exchange: Exchange, { ring, random }: AccessOptions, downgraded: boolean): Promise<Omit<Opened, 'cardAccess'>> {
  await selectApplication(exchange)
  const { key, result } = await withKeys(ring, (given) => given.kind === 'mrz', (given) => bac(exchange, given, random))
  return { keys: result, access: { protocol: 'BAC', key: key.kind, mapping: null, agreement: null, cipher: result.cipher, downgraded }, folder: 'application', cam: null }
}

function bac(exchange: Exchange, key: AccessKey, random: Random): Promise<SessionKeys> {
  if (key.kind !== 'mrz') throw new AppError(chipErrors.wrongKey)
  return performBac(exchange, key.information, random)
}

/** Tries one key after the other, and stays at the one that opened. A try that another trouble ended is not counted. */
async function withKeys<T>(ring: KeyRing, fits: (key: AccessKey) => boolean, open: (key: AccessKey) => Promise<T>): Promise<{ key: AccessKey; result: T }> {
  for (; ;) {
    const key = ring.keys[ring.next]
    if (key === undefined) throw new AppError(chipErrors.wrongKey)
    if (fits(key)) {
      if (ring.tried >= MOST_TRIES) throw new AppError(chipErrors.tooManyTries, { tries: MOST_TRIES })
      try {
        return { key, result: await open(key) }
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== chipErrors.wrongKey) throw error
        ring.tried += 1
      }
    }
    ring.next += 1
  }
}
