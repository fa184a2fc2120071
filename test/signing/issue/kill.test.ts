import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exportJWK, generateKeyPair } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { type ProviderConfig, readSigningGiven } from '../../../src-main/signing/ca'
import { type City, startCity } from '../../city'
import { bundleProgram, dropProgram, run } from '../../core/program'
import { temporaryFolder } from '../../storage/support'

let city: City
let program: string
beforeAll(async () => {
  city = await startCity({ doors: true })
  program = await bundleProgram('test/signing/issue/children/issuer.ts')
})
afterAll(async () => {
  dropProgram(program)
  await city.close()
})

async function tokenCa(): Promise<ProviderConfig> {
  const { kty, crv, x, y } = await exportJWK((await generateKeyPair('ES256', { extractable: true })).publicKey)
  const answer = await fetch(`${city.url}/v1/enrolments`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: city.enrolmentCode, publicKey: { kty, crv, x, y } }) })
  const { signing } = z.object({ signing: z.object({ providers: z.array(z.unknown()), anchors: z.array(z.unknown()) }) }).parse(await answer.json())
  const found = readSigningGiven(signing).providers.find(({ kind }) => kind === 'token')
  if (!found) throw new Error('the city has no CA for tokens')
  return found
}
const Kept = z.object({ items: z.array(z.object({ certificate: z.string(), confirmed: z.boolean().nullable() })) })
const certificates = async () => Kept.parse(await (await fetch(`${city.url}/doors/ca/certificates`)).json()).items

test('a counter killed before, in and after every single thing it does goes on to the end: one key, one certificate, told once, nothing lost', async () => {
  const folder = temporaryFolder()
  const provider = join(folder, 'provider.json')
  writeFileSync(provider, JSON.stringify(await tokenCa()))
  let lives = 0
  let last = await run(program, [folder, provider])
  while (last.code !== 0 && lives < 200) {
    lives += 1
    last = await run(program, [folder, provider])
    if (last.err.includes('Error')) throw new Error(last.err)
  }
  const told = z.looseObject({ certificate: z.string() }).parse(JSON.parse(last.out))
  const kept = await certificates()
  expect({ ...told, certificate: '' }).toMatchObject({ state: 'done', left: 10, trouble: null, audit: true, sound: true, keys: [['0000000000004471', 1, 1]], agreements: 1, told: 1 })
  expect(kept).toEqual([expect.objectContaining({ certificate: told.certificate, confirmed: true })])
  // Each life ended at another moment.
  const moments = readFileSync(join(folder, 'kills.txt'), 'utf8').trim().split('\n')
  expect(moments).toHaveLength(lives)
  const effects = ['tokens.publicKey', 'tokens.generate', 'tokens.sign', 'tokens.store', 'tokens.certificates', 'tokens.changePin', 'ca.request', 'ca.confirm', 'files.store']
  expect(moments).toEqual(expect.arrayContaining(effects.flatMap((effect) => [`before ${effect}`, `after ${effect}`])))
  const steps = ['consent', 'identity', 'person', 'phone', 'content', 'trial', 'handover'].map((step) => `issuance.did ${step}`)
  expect(moments).toEqual(expect.arrayContaining([...steps, 'issuance.key-begun key', 'issuance.key-made key', 'issuance.sent certificate', 'issuance.certificate-good certificate', 'issuance.stored certificate'].flatMap((act) => [`in ${act}`, `after ${act}`])))
}, 300_000)
