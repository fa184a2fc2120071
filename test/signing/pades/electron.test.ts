import { build } from 'esbuild'
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { SIGNATURE_SCHEMES } from '@contract/signing'
import { findElectron } from '../../../scripts/lib/electron.mjs'
import { made } from '../pdf/samples'
import { createPki, hasOpenssl } from '../pki'

const root = resolve(import.meta.dirname, '../../..')

async function electron(): Promise<string | undefined> {
  const given = process.env['MOTCUA_ELECTRON']
  return given !== undefined && existsSync(given) ? given : (await findElectron())?.executable
}

const binary = await electron()
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')

it.skipIf(binary === undefined || !hasOpenssl())(`signs and upgrades in Electron as in Node${binary === undefined ? ' (skipped: no Electron binary is here, run npm run setup)' : ''}`, async () => {
  const pki = await createPki()
  try {
    const outfile = join(pki.folder, 'program.cjs')
    await build({
      entryPoints: [join(import.meta.dirname, 'electron-program.ts')], outfile, bundle: true, platform: 'node', target: 'node20', format: 'cjs', logLevel: 'silent',
      alias: { '@contract': join(root, 'src-preload/contract'), '@resources': join(root, 'resources') },
    })
    const users = { rsa: pki.user(), ec: pki.user({ key: 'p-256' }) }
    const keys = SIGNATURE_SCHEMES.map((scheme) => {
      const user = scheme === 'ecdsa-p256' ? users.ec : users.rsa
      return { scheme, keyFile: user.keyFile, certificates: user.certificates.map(base64) }
    })
    const wish = join(pki.folder, 'wish.json')
    await writeFile(wish, JSON.stringify({ base: base64(await made()), tsa: pki.tsa.url, root: base64(pki.root), keys }))
    const { stdout } = await promisify(execFile)(binary ?? '', [outfile, wish], { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } })
    expect(stdout.trim().split('\n').map((line) => JSON.parse(line) as unknown)).toEqual(SIGNATURE_SCHEMES.map((scheme) => ({ scheme, signed: 'B-T', level: 'B-LT', troubles: [], electron: expect.stringMatching(/^\d+\./u) as string })))
  } finally {
    await pki.close()
  }
}, 120_000)
