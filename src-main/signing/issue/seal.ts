import { formatDateTime } from '@contract/format'
import type { Clock } from '../../storage'
import { finishPdf, preparePdf, signPdf } from '../pades'
import type { SignatureWish, StampSource } from '../ports'
import type { Seal, Sealing } from './ports'

export type SealDeps = Readonly<{
  clock: Clock
  /** Holds the fonts of the visible mark. */
  resourcesFolder: string
  /** The stamping service of that CA; null where there is none, or it did not answer just now. */
  stamps(provider: string): StampSource | null
}>

/** PAdES over the papers of an issuance, with a mark where the paper has room for it: text, no picture that claims validity. */
export function createSeal({ clock, resourcesFolder, stamps }: SealDeps): Seal {
  const wish = ({ name, reason, place }: Sealing): SignatureWish => {
    const at = clock.now()
    const lines = [`Ký bởi: ${name}`, `Lúc: ${formatDateTime(at)}`]
    return { name, reason, location: null, at, visible: place && { ...place, lines } }
  }
  return {
    sign: (pdf, key, about) => signPdf(pdf, key, wish(about), { resourcesFolder, stamps: stamps(about.provider) }),
    prepare: async (pdf, key, about) => {
      const { bytes, state, hash } = await preparePdf(pdf, key, wish(about), { resourcesFolder })
      return { bytes, state, hash }
    },
    finish: (waiting, signature, provider) => finishPdf(waiting, signature, { stamps: stamps(provider), from: 'remote' }),
  }
}
