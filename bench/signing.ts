import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildRequest } from '../src-main/signing/ca'
import { signPdf } from '../src-main/signing/pades'
import type { SigningKey } from '../src-main/signing/ports'
import { validateDocument } from '../src-main/signing/validate'
import { pagesOfText, withAttachment } from '../test/signing/pdf/samples'
import { createPki, type Pki } from '../test/signing/pki'
import { builtEntry, missing, SOFTHSM, softTokens, tokensWith } from '../test/signing/token/support'
import { keeping, trusting } from '../test/signing/validate/signers'
import type { Benchmark } from './lib/benchmark'
import { inTurn, timed } from './lib/measure'
import type { Figure } from './lib/result'

const RUNS = 30
const WARM_UP = 5
const IN_A_ROW = 50
const PIN = '123456'
const KEY_ID = 'a1b2c3d4e5f60718'
const wish = { name: 'Nguyễn Thị Mẫu', reason: null, location: null, at: new Date('2026-11-23T02:00:00Z'), visible: null }

/** One `openssl cms -sign` through the PKCS#11 engine, over the same bytes with the same key: a whole process. */
function engineFloor(folder: string, env: NodeJS.ProcessEnv, module: string, signer: string, data: string): () => Promise<number> {
  const args = ['cms', '-sign', '-binary', '-cades', '-md', 'sha256', '-engine', 'pkcs11', '-keyform', 'engine', '-inkey', `pkcs11:token=citizen;id=${(KEY_ID.match(/../g) ?? []).map((byte) => `%${byte}`).join('')};type=private;pin-value=${PIN}`, '-signer', signer, '-in', data, '-outform', 'DER', '-out', join(folder, 'floor.p7s')]
  return () => timed(async () => {
    const ended = spawnSync('openssl', args, { env: { ...env, PKCS11_MODULE_PATH: module }, encoding: 'utf8' })
    if (ended.status !== 0) throw new Error(`the floor could not be measured: ${ended.stderr}`)
  })
}

/** Three signatures of three people, as a dossier with two officers has them. */
async function signedThrice(pki: Pki, bytes: Uint8Array): Promise<Uint8Array> {
  let signed = bytes
  for (const key of ['rsa-2048', 'p-256', 'rsa-2048'] as const) signed = (await signPdf(signed, pki.user({ key }).key(), wish)).bytes
  return signed
}

async function validation(pki: Pki, bytes: Uint8Array): Promise<Figure> {
  const signed = await signedThrice(pki, bytes)
  const [anchors, kept] = [trusting(pki.root), keeping(pki.list(), pki.list('root'))]
  const subject: number[] = []
  for (let run = -WARM_UP; run < RUNS; run += 1) {
    const ms = await timed(() => validateDocument(signed, { anchors, kept, at: new Date() }))
    if (run >= 0) subject.push(ms)
  }
  return { name: 'validation (three signatures)', unit: 'ms', subject, floor: null, target: { of: 'p95', atMost: 50 } }
}

/** What fifty signatures in a row leave in memory, in MB. */
async function growth(bytes: Uint8Array, key: SigningKey): Promise<Figure> {
  const settled = (): number => {
    globalThis.gc?.()
    return process.memoryUsage().rss / 1e6
  }
  const before = settled()
  for (let run = 0; run < IN_A_ROW; run += 1) await signPdf(bytes, key, wish)
  return { name: 'memory after 50 signatures', unit: 'MB', subject: [Math.max(0, settled() - before)], floor: null, target: { of: 'median', atMost: 64 } }
}

/** Signing with a key in SoftHSM beside OpenSSL's engine, validation, and what fifty signatures leave behind. */
export const signingBenchmark: Benchmark = {
  name: 'signing',
  run: async (progress) => {
    const why = missing('softhsm2-util', 'openssl')
    const module = SOFTHSM.find((file) => spawnSync('test', ['-e', file]).status === 0)
    if (why !== null || module === undefined) throw new Error(`signing cannot be measured: ${why ?? 'no SoftHSM'}`)
    const folder = mkdtempSync(join(tmpdir(), 'bench-signing-'))
    const soft = softTokens()
    soft.add('citizen', PIN)
    const tokens = tokensWith(await builtEntry(folder), soft.env, [module])
    const pki = await createPki()
    try {
      const [token] = (await tokens.list()).tokens
      if (!token) throw new Error('no token')
      const spki = await tokens.generate({ token: token.id, pin: PIN, key: 'rsa-2048', keyId: KEY_ID, label: 'bench' })
      const signing = async (pieces: readonly Uint8Array[]): Promise<Uint8Array> => (await tokens.sign({ token: token.id, pin: PIN, keyId: KEY_ID, scheme: 'rsa-pkcs1', pieces }))[0] ?? new Uint8Array()
      const certificate = pki.issue(await buildRequest({ subject: { fullName: 'Nguyễn Thị Mẫu', idNumber: '079300000001', province: 'Tỉnh Nam Bình' }, spki, scheme: 'rsa-pkcs1', sign: (bytes) => signing([bytes]) }))
      await tokens.store({ token: token.id, pin: PIN, keyId: KEY_ID, certificate, label: 'bench' })
      const key: SigningKey = { certificates: [certificate, pki.issuing], scheme: 'rsa-pkcs1', sign: (piece) => signing([piece]) }
      const signer = join(folder, 'signer.pem')
      writeFileSync(signer, `-----BEGIN CERTIFICATE-----\n${(Buffer.from(certificate).toString('base64').match(/.{1,64}/g) ?? []).join('\n')}\n-----END CERTIFICATE-----\n`)
      const figures: Figure[] = []
      for (const [name, bytes, most] of [['signature (1 MB)', await withAttachment(1_000_000), 1.5], ['signature (300 pages of text)', await pagesOfText(300), 2]] as const) {
        const data = join(folder, 'data.pdf')
        writeFileSync(data, bytes)
        const taken = await inTurn({ warmUp: WARM_UP, runs: RUNS }, { subject: () => timed(() => signPdf(bytes, key, wish)), floor: engineFloor(folder, soft.env, module, signer, data) }, progress)
        figures.push({ name, unit: 'ms', ...taken, target: { of: 'ratio', atMost: most } })
      }
      const small = await withAttachment(100_000)
      return [...figures, await validation(pki, small), await growth(small, key)]
    } finally {
      await Promise.all([tokens.close(), pki.close()])
      soft.remove()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}
