import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ValidationWish } from '../../../../src-main/signing/validate'
import { keeping, trusting } from '../signers'
import type { SmallPdf } from '../small-pdf'

export type StoredPdf = Omit<SmallPdf, 'bytes'> & Readonly<{ bytes: string }>
export type StoredSeeds = Readonly<{ at: string; root: string; lists: readonly string[]; files: Readonly<Record<'one' | 'three' | 'sealed', StoredPdf>> }>

const raw = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64'))
const stored = JSON.parse(readFileSync(resolve('test/signing/validate/seeds/seeds.json'), 'utf8')) as StoredSeeds
const pdf = ({ bytes, ...rest }: StoredPdf): SmallPdf => ({ ...rest, bytes: raw(bytes) })

/** One signature; three with stamps; one with evidence and a document timestamp. All pass at the moment of `wish`. */
export const seeds: readonly SmallPdf[] = [pdf(stored.files.one), pdf(stored.files.three), pdf(stored.files.sealed)]
export const wish: ValidationWish = { anchors: trusting(raw(stored.root)), at: new Date(stored.at), kept: keeping(...stored.lists.map(raw)) }
