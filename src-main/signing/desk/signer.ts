import { parseCertificate } from '../../identity/pki'
import type { Clock } from '../../storage'
import { nameOf } from '../certificate-facts'
import { pageBox, pageCount, readSignatures } from '../pdf'
import type { SignatureWish } from '../ports'
import type { PadesPort } from './pades-port'
import type { SignAs, Signer } from './ports'
import type { Stamps } from './stamps'
import { markFor } from './visible'

/** What is asked of PAdES for a PDF: who, why, when, and where it is seen. @throws AppError KS-010 … KS-012 */
export function wishFor(bytes: Uint8Array, signer: Uint8Array, { reason, visible }: SignAs, at: Date): SignatureWish {
  const name = nameOf(parseCertificate(signer)).normalize('NFC')
  const why = reason === null ? null : reason.normalize('NFC')
  return { name, reason: why, location: null, at, visible: visible ? markOn(bytes, name, why, at) : null }
}

function markOn(bytes: Uint8Array, name: string, reason: string | null, at: Date): SignatureWish['visible'] {
  const page = pageCount(bytes)
  return markFor({ page, size: pageBox(bytes, page), before: readSignatures(bytes).filter(({ kind }) => kind === 'signature').length, name, reason, at })
}

/** Signs one PDF in memory. */
export const createSigner = ({ pades, stamps, clock }: Readonly<{ pades: PadesPort; stamps: Stamps; clock: Clock }>): Signer => ({
  sign: async (bytes, key, as) => {
    const [signer] = key.certificates
    if (!signer) throw new Error('a key without its certificate')
    const { bytes: signed, level } = await pades.sign(bytes, key, wishFor(bytes, signer, as, clock.now()), stamps.source())
    return { bytes: signed, level, scheme: key.scheme }
  },
})
