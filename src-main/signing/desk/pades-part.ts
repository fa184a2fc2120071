import { AppError } from '@contract/errors'
import type { Certificate } from '../../identity/pki'
import type { IssuerSource } from '../cms'
import { finishPdf, preparePdf, signPdf, toSign, upgrade } from '../pades'
import type { RevocationSource } from '../ports'
import type { PadesPort } from './pades-port'

export type PadesPartDeps = Readonly<{
  resourcesFolder: string
  revocation: RevocationSource
  issuerSource: IssuerSource
  /** Whether this counter signed with that certificate: the addresses in others are not asked. */
  isOurs(signer: Certificate): boolean
  /** Certificates of anchors; DER. */
  issuers(): readonly Uint8Array[]
  now(): Date
}>

/** PAdES as the desk asks for it. */
export function createPadesPart({ resourcesFolder, revocation, issuerSource, isOurs, issuers, now }: PadesPartDeps): PadesPort {
  return {
    sign: (bytes, key, wish, stamps) => signPdf(bytes, key, wish, { resourcesFolder, stamps }),
    toSign: (waiting) => toSign(waiting).set,
    prepare: async (bytes, key, wish) => {
      const { bytes: prepared, state } = await preparePdf(bytes, key, wish, { resourcesFolder })
      return { bytes: prepared, state }
    },
    complete: (waiting, value, stamps) => finishPdf(waiting, value, { stamps, from: 'remote' }),
    upgrade: async (bytes, stamps) => {
      const means = { stamps, revocation, issuers: issuers(), issuerSource, ours: isOurs, now }
      const stamped = await upgrade(bytes, { ...means, goal: 'B-T' })
      try {
        return await upgrade(stamped.bytes, { ...means, goal: 'B-LT' })
      } catch (error) {
        // The stamp is worth keeping while nobody answers about revocation.
        if (error instanceof AppError && stamped.bytes.length > bytes.length) return stamped
        throw error
      }
    },
  }
}
