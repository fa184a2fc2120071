import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { SignatureScheme } from '@contract/signing'
import { createFetcher, createRevocationSource, createStampSource } from '../../../src-main/signing/cms'
import { signPdf, upgrade } from '../../../src-main/signing/pades'
import { baselineTroubles } from '../assertions'
import { softwareKey } from '../pki/software-key'

/** Runs inside Electron, whose crypto is BoringSSL: signs and upgrades with each key and tells what is not as it must be. */
const Wish = z.object({ base: z.string(), tsa: z.string(), root: z.string(), keys: z.array(z.object({ scheme: SignatureScheme, keyFile: z.string(), certificates: z.array(z.string()) })) })

async function tell(): Promise<void> {
  const { base, tsa, root, keys } = Wish.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')))
  const bytes = new Uint8Array(Buffer.from(base, 'base64'))
  const stamps = createStampSource(tsa, createFetcher())
  for (const { scheme, keyFile, certificates } of keys) {
    const key = softwareKey(createPrivateKey(readFileSync(keyFile)), scheme, certificates.map((one) => new Uint8Array(Buffer.from(one, 'base64'))))
    const signed = await signPdf(bytes, key, { name: 'Phạm Thị Huệ', reason: null, location: null, at: new Date(), visible: null }, { stamps })
    const { bytes: upgraded, level } = await upgrade(signed.bytes, { stamps, revocation: createRevocationSource(createFetcher()), issuers: [new Uint8Array(Buffer.from(root, 'base64'))] })
    console.log(JSON.stringify({ scheme, signed: signed.level, level, troubles: baselineTroubles(upgraded, 'B-LT'), electron: process.versions['electron'] ?? null }))
  }
}

tell().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
