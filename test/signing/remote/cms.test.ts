import { spawn } from 'node:child_process'
import { createHash, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assemble, checkValue, signedAttributes } from '../../../src-main/signing/cms'
import type { RemoteSigner } from '../../../src-main/signing/ports'
import { hasOpenssl } from '../pki'
import { CONTENT, openStage, type Stage } from './stage'

const reason = hasOpenssl() ? '' : ' (skipped: OpenSSL 3 is not installed)'

describe.skipIf(reason !== '')(`a CMS with a signature from far away${reason}`, () => {
  let stage: Stage
  let folder = ''
  beforeAll(async () => {
    stage = await openStage()
    folder = mkdtempSync(join(tmpdir(), 'remote-cms-'))
    writeFileSync(join(folder, 'content'), CONTENT)
  })
  afterAll(async () => {
    await stage.close()
    rmSync(folder, { recursive: true, force: true })
  })

  async function signed(signer: RemoteSigner, account: string) {
    const found = await signer.certificate(account)
    const { certificates = [], scheme = 'rsa-pkcs1' } = found ?? {}
    const { set, hash } = signedAttributes(new Uint8Array(createHash('sha256').update(CONTENT).digest()), certificates[0] ?? new Uint8Array())
    const ticket = await signer.submit({ id: randomUUID(), account, hashes: [{ id: 'a', hash, title: 'Tờ khai' }] })
    await stage.phone.confirm()
    const status = await signer.status(ticket)
    return { set, scheme, certificates, signature: status.kind === 'done' ? status.signatures[0]?.value ?? new Uint8Array() : new Uint8Array() }
  }

  /** The exit code and words of `openssl cms -verify -cades`; the OCSP server runs in this process, so nothing may block. */
  function judged(cms: Uint8Array): Promise<string> {
    writeFileSync(join(folder, 'signature.p7s'), cms)
    const child = spawn('openssl', ['cms', '-verify', '-cades', '-binary', '-inform', 'DER', '-in', 'signature.p7s', '-content', 'content', '-CAfile', stage.pki.pem('root'), '-purpose', 'any', '-out', 'out'], { cwd: folder })
    let said = ''
    child.stderr.on('data', (data: Buffer) => { said += data.toString('utf8') })
    return new Promise((resolve) => child.on('close', () => resolve(said)))
  }

  it.each([
    ['gateway', 'rsa-2048', {}], ['csc', 'rsa-2048', {}], ['csc', 'rsa-2048', { rsa: 'rsa-pss' }], ['gateway', 'p-256', {}], ['csc', 'p-256', {}],
  ] as const)('is verified by OpenSSL (%s, %s, %o)', async (dialect, key, change) => {
    const signer = await stage.signer(dialect, change)
    const parts = await signed(signer, await stage.account(signer, key))
    expect(await judged(assemble(parts))).toContain('CAdES Verification successful')
  })

  it.each(['changed-byte', 'other-key'])('is not made of a wrong signature (%s)', async (mode) => {
    const signer = await stage.signer('gateway')
    const account = await stage.account(signer)
    await stage.door('remote-faults', { mode })
    const parts = await signed(signer, account)
    expect(() => checkValue(parts, 'remote')).toThrow(expect.objectContaining({ code: 'KS-044' }))
  })
})
