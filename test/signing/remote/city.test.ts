import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { RemoteSigner } from '../../../src-main/signing/ports'
import { createRemoteSigner, RemoteConfig } from '../../../src-main/signing/remote'
import { type City, startCity } from '../../city'
import { phone } from '../../city/remote'
import { hasOpenssl } from '../pki'
import { CONTENT, hashOf, judgedByOpenssl, PERSON } from './stage'

const reason = hasOpenssl() ? '' : ' (skipped: OpenSSL 3 is not installed)'

describe.skipIf(reason !== '')(`a citizen's account at the city of the exercise${reason}`, () => {
  let city: City
  let signer: RemoteSigner
  let certificates: readonly Uint8Array[] = []
  let account = ''
  beforeAll(async () => {
    city = await startCity({ doors: true })
    const { gateway } = z.object({ gateway: RemoteConfig }).parse(await (await fetch(`${city.url}/doors/remote-connections`)).json())
    signer = createRemoteSigner({ config: gateway })
    const id = randomUUID()
    await signer.register({ ...PERSON, id })
    await phone(city.url).activate(id)
    const ready = await signer.register({ ...PERSON, id })
    account = ready.kind === 'ready' ? ready.account : ''
    certificates = (await signer.certificate(account))?.certificates ?? []
  })
  afterAll(() => city.close())

  it('has a certificate that OpenSSL traces back to the root of the city\'s CA', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'remote-chain-'))
    try {
      const root = new Uint8Array(await (await fetch(`${city.url}/ca/root.cer`)).arrayBuffer())
      const [own, issuing] = certificates
      const files = { root, own, issuing }
      for (const [name, der] of Object.entries(files)) {
        writeFileSync(join(folder, `${name}.der`), der ?? new Uint8Array())
        execFileSync('openssl', ['x509', '-inform', 'DER', '-in', join(folder, `${name}.der`), '-out', join(folder, `${name}.pem`)])
      }
      expect(execFileSync('openssl', ['verify', '-CAfile', join(folder, 'root.pem'), '-untrusted', join(folder, 'issuing.pem'), join(folder, 'own.pem')], { encoding: 'utf8' })).toContain('OK')
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  it('signs what the citizen confirms', async () => {
    const ticket = await signer.submit({ id: randomUUID(), account, hashes: [{ id: 'a', hash: hashOf(CONTENT), title: 'Tờ khai' }] })
    await phone(city.url).confirm()
    const status = await signer.status(ticket)
    expect(judgedByOpenssl(certificates[0] ?? new Uint8Array(), status.kind === 'done' ? status.signatures[0]?.value ?? new Uint8Array() : new Uint8Array(), CONTENT)).toBe(true)
  })
})
