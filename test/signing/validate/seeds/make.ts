import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createPki } from '../../pki'
import { byOurselves, ocspAbout, stampOver } from '../signers'
import { signed, type SignatureMaker, smallPdf, type SmallPdf, withDss } from '../small-pdf'
import type { StoredPdf, StoredSeeds } from './read'

/** Signed files with little room around their signatures, so that broken ones are broken where it counts. */
const pki = await createPki({ label: 'Seeds' })
try {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  const stored = ({ bytes, ...rest }: SmallPdf): StoredPdf => ({ ...rest, bytes: base64(bytes) })
  const tight = async (pdf: SmallPdf, cms: SignatureMaker, rest: { type?: 'DocTimeStamp'; subFilter?: string; claimed?: null } = {}): Promise<SmallPdf> => {
    const { length } = await cms([new Uint8Array(0), new Uint8Array(0)])
    return signed(pdf, { claimed: `D:${new Date().toISOString().replace(/\D/gu, '').slice(0, 14)}Z`, ...rest, room: length * 2 + 40, cms })
  }
  const [first, second, third] = [pki.user({ key: 'p-256' }), pki.user(), pki.user({ key: 'p-256' })]
  const one = await tight(smallPdf(), byOurselves(pki, first))
  const three = await tight(await tight(await tight(smallPdf(), byOurselves(pki, first, { stamped: true })), byOurselves(pki, second)), byOurselves(pki, third, { stamped: true }))
  const kept = withDss(one, { ocsp: [ocspAbout(pki, first)], lists: [pki.list('root'), pki.list()], certificates: [pki.issuing] })
  const sealed = await tight(kept, (pieces) => stampOver(pki, Buffer.concat(pieces)), { type: 'DocTimeStamp', subFilter: 'ETSI.RFC3161', claimed: null })
  const seeds: StoredSeeds = {
    at: new Date().toISOString(), root: base64(pki.root), lists: [base64(pki.list()), base64(pki.list('root'))],
    files: { one: stored(one), three: stored(three), sealed: stored(sealed) },
  }
  writeFileSync(join(import.meta.dirname, 'seeds.json'), `${JSON.stringify(seeds, null, 1)}\n`)
} finally {
  await pki.close()
}
