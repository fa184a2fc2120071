import { AppError } from '@contract/errors'
import type { SignReview } from '@contract/signing'
import type { Clock, Documents, Reader } from '../../storage'
import { encrypted, pageCount } from '../pdf'
import type { TokenInfo } from '../ports'
import { badgeOf, findCheck } from './check-rows'
import type { CertificateCheck } from './judge'
import type { KeyFound } from './keys'
import { bytesOfTarget, type Found } from './targets'

export type Warning = SignReview['warnings'][number]

const PIN_WARNING: Readonly<Partial<Record<TokenInfo['pin'], Warning>>> = { 'last-tries': 'last-tries', 'final-try': 'final-try', blocked: 'blocked' }

/** What speaks against signing with this key now (Circular 15/2025/TT-BKHCN: said before anything is signed). */
export function warningsOf({ sheet, why, revocation, clockOk }: Omit<CertificateCheck, 'verdict'> & Readonly<{ clockOk: boolean }>, key: KeyFound): Warning[] {
  const pin = key.how === 'token' ? PIN_WARNING[key.token.pin] : undefined
  const warnings: readonly (Warning | undefined | false)[] = [
    sheet.state === 'expired' && 'expired',
    sheet.state === 'not-yet' && 'not-yet',
    sheet.state === 'revoked' && 'revoked',
    revocation === 'no-answer' && 'revocation-unknown',
    why === 'NO_CERTIFICATE_CHAIN_FOUND' && 'chain-unknown',
    sheet.demo && 'demo',
    !clockOk && 'clock',
    pin,
  ]
  return warnings.filter((warning): warning is Warning => typeof warning === 'string')
}

const PERSON = /^CCCD:\s*(\d{12})$/iu

/**
 * Whether the certificate names another person than the one who hands in what is to be signed. Where either has no number there is nothing to compare:
 * the seal of an organisation is nobody's.
 */
export function isOfAnother(reader: Reader, { ids }: Pick<CertificateCheck['sheet'], 'ids'>, found: readonly Pick<Found, 'draftId'>[]): boolean {
  const mine = ids.flatMap((id) => PERSON.exec(id.trim())?.[1] ?? [])
  if (mine.length === 0) return false
  const drafts = [...new Set(found.flatMap(({ draftId }) => draftId ?? []))]
  const applicants = drafts.flatMap((id) => reader.get("SELECT json_extract(content, '$.applicant.idNumber') AS number FROM draft WHERE id = ?", [id], (row) => row.textOrNull('number')) ?? [])
  return applicants.map((number) => number.replace(/\D/gu, '')).some((number) => number !== '' && !mine.includes(number))
}

/** Those that nobody may pass over: what is signed then would be worth nothing. */
export const STOPPING: ReadonlySet<Warning> = new Set(['expired', 'not-yet', 'revoked', 'blocked'])

/** How many pages a PDF has, and why it cannot be signed; never throws for what is in it. */
function lookInto(bytes: Uint8Array): Readonly<{ pages: number | null; refused: string | null }> {
  try {
    if (encrypted(bytes)) return { pages: null, refused: 'KS-011' }
    return { pages: pageCount(bytes), refused: null }
  } catch (error) {
    if (error instanceof AppError) return { pages: null, refused: error.code }
    throw error
  }
}

/** One document as it stands on the page of review. */
export async function reviewDocument(deps: Readonly<{ read: Reader; documents: Documents; clock: Clock }>, found: Found): Promise<SignReview['documents'][number]> {
  const { target, title, size, sha256, frozen } = found
  const told = { target, title, size, signed: badgeOf(findCheck(deps.read, sha256)) }
  if (frozen !== null) return { ...told, pages: null, refused: frozen }
  try {
    return { ...told, ...lookInto(await bytesOfTarget(deps, found)) }
  } catch (error) {
    if (error instanceof AppError) return { ...told, pages: null, refused: error.code }
    throw error
  }
}
