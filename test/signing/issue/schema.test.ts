import { beforeEach, expect, it } from 'vitest'
import type { Value } from '../../../src-main/storage'
import { counter, OFFICER, SECOND, subject, type TestCounter } from './support'

let it_: TestCounter
beforeEach(() => { it_ = counter() })
const AT = '2026-11-23T07:20:00.000Z'
const DER = new Uint8Array(200)
/** Everything that one behind so many steps must have. */
const LEFT: readonly Readonly<Record<string, Value>>[] = [
  { consent_how: 'paper', consent_at: AT }, { identity_how: 'card', identity_officer: OFFICER.id, second_officer: SECOND.id }, { person_how: 'face' }, { phone: '0903517284', phone_how: 'rang' }, { content_how: 'paper' },
  { pin_how: 'entered', token_id: 't', key_kind: 'p-256', scheme: 'ecdsa-p256' }, { key_id: 'a'.repeat(32), csr: DER, key_ready: 1 }, { sent_at: AT, certificate: DER, chain: '[]', not_after: AT, stored_at: AT },
]
function change(id: string, values: Readonly<Record<string, Value>>): string | null {
  try {
    it_.store.write((tx) => tx.run(`UPDATE issuance SET ${Object.keys(values).map((name) => `${name} = ?`).join(', ')} WHERE id = ?`, [...Object.values(values), id]))
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
/** One that is behind so many steps, put there step by step. */
function behind(done: number): string {
  const id = it_.start()
  for (let step = 0; step < done; step += 1) expect(change(id, { ...LEFT[step], done: step + 1 })).toBeNull()
  return id
}

it.each(LEFT.map((_left, step) => step))('step %i cannot be over without what it leaves', (step) => {
  expect(change(behind(step), { done: step + 1 })).toMatch(/CHECK/u)
})
it('no step is left out', () => {
  expect(change(behind(0), { ...LEFT[0], ...LEFT[1], done: 2 })).toBe('one step after the other, and none back once there is a key')
})
it('nothing goes back once there is a key', () => {
  expect(change(behind(7), { done: 6, key_ready: 0, csr: null })).toMatch(/one step after the other|never changes/u)
})
it.each([
  ['a request', 7, { csr: new Uint8Array(201) }, 'a request never changes'],
  ['the key of a request', 7, { key_id: 'b'.repeat(32) }, 'a request never changes'],
  ['a certificate', 8, { certificate: new Uint8Array(201) }, 'a certificate is stored once'],
  ['when it was sent', 8, { sent_at: '2026-11-24T07:20:00.000Z' }, 'what was sent stays sent'],
  ['the CA of a key', 7, { provider_id: 'khac', provider: '{"id":"khac","kind":"token"}' }, 'a key pair belongs to one CA'],
  ['the person', 1, { subject: JSON.stringify({ ...subject, idNumber: '001099000001' }) }, 'an issuance keeps its person'],
] as const)('%s never changes', (_name, done, values, message) => {
  expect(change(behind(done), values)).toBe(message)
})
it('what is finished never changes, and is not deleted', () => {
  const id = behind(2)
  expect(change(id, { state: 'stopped', ended_at: AT })).toBeNull()
  expect(change(id, { trouble: 'KS-030' })).toBe('a finished issuance never changes')
  expect(() => it_.store.write((tx) => tx.run('DELETE FROM issuance'))).toThrow('an issuance is not deleted')
})
it('it is not done before the last step, and not waiting anywhere but at the CA', () => {
  expect(change(behind(8), { state: 'done', ended_at: AT })).toMatch(/CHECK/u)
  it_ = counter()
  expect(change(behind(3), { state: 'waiting', next_try_at: AT })).toMatch(/CHECK/u)
})
it('nobody vouches beside themselves', () => {
  expect(change(behind(1), { done: 2, identity_how: 'card', identity_officer: OFFICER.id, second_officer: OFFICER.id })).toMatch(/CHECK/u)
})
it('a certificate is taken only after it was stored, told once, and what was decided stays decided', () => {
  const word = (id: string, accepted: number): void => it_.store.write((tx) => void tx.run(
    'INSERT INTO ca_word (issuance_id, accepted, why, certificate, at, next_try_at) VALUES (?, ?, ?, ?, ?, ?)', [id, accepted, accepted ? null : 'KS-033', DER, AT, AT]))
  const open = behind(7)
  expect(() => word(open, 1)).toThrow('a certificate is taken only after it was stored')
  expect(change(open, { ...LEFT[7], done: 8 })).toBeNull()
  word(open, 1)
  expect(() => it_.store.write((tx) => tx.run("UPDATE ca_word SET accepted = 0, why = 'x'"))).toThrow('what was decided of a certificate stays decided')
  it_.store.write((tx) => tx.run('UPDATE ca_word SET told_at = ?, next_try_at = NULL', [AT]))
  expect(() => it_.store.write((tx) => tx.run('UPDATE ca_word SET told_at = ?', [AT]))).toThrow('what the CA was told stays told')
})
it('events, answers and CAs are not taken away', () => {
  const id = it_.start()
  it_.issuing.stop(OFFICER, it_.issuing.list({ limit: 1 }).items[0]?.id ?? id, 'x')
  expect(() => it_.store.write((tx) => tx.run('DELETE FROM issuance_event'))).toThrow('append-only')
  expect(() => it_.store.write((tx) => tx.run("UPDATE issuance_event SET how = 'x'"))).toThrow('append-only')
  expect(() => it_.store.write((tx) => tx.run('DELETE FROM ca_provider'))).toThrow('a CA is removed, not deleted')
})
