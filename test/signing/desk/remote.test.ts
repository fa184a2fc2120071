import { constants, privateEncrypt } from 'node:crypto'
import { describe, expect, it, vi } from 'vitest'
import { AppError } from '@contract/errors'
import { IssuanceId } from '@contract/signing'
import type { RemoteHash, RemoteStatus } from '../../../src-main/signing'
import { readyDraft, takeIn } from '../../intake/support'
import { baselineTroubles } from '../assertions'
import { hasOpenssl, type PkiUser } from '../pki'
import { actor, bench, newCounter, target } from './support'

const ISSUANCE = IssuanceId.parse('01939b6e-0000-7000-8000-0000000000aa')
const PREFIX = Buffer.from('3031300d060960864801650304020105000420', 'hex')
const withPhone = { kind: 'remote', issuance: ISSUANCE } as const
const none = { kind: 'none' } as const

/** A remote service in memory: the test is the citizen with the phone. */
function phoneOf(user: PkiUser) {
  const asked = new Map<string, readonly RemoteHash[]>()
  let answer: 'waiting' | 'confirm' | 'wrong' | 'refused' | 'expired' | 'silent' = 'waiting'
  let submissions = 0
  const value = ({ id, hash }: RemoteHash) => ({ id, value: new Uint8Array(privateEncrypt({ key: user.privateKey, padding: constants.RSA_PKCS1_PADDING }, Buffer.concat([PREFIX, answer === 'wrong' ? Buffer.alloc(32) : hash]))) })
  const status = (ticket: string): RemoteStatus => {
    if (answer === 'silent') throw new AppError('KS-040')
    if (answer === 'waiting') return { kind: 'waiting', afterSeconds: 0 }
    if (answer === 'refused' || answer === 'expired') return { kind: answer, text: null }
    return { kind: 'done', signatures: (asked.get(ticket) ?? []).map(value) }
  }
  return {
    account: {
      account: 'tk-1', certificates: user.certificates, scheme: 'rsa-pkcs1', stampUrl: null, address: 'anh',
      signer: {
        register: async () => ({ kind: 'waiting', account: 'tk-1' } as const), certificate: async () => null, alive: async () => true,
        submit: async ({ id, hashes }: { id: string; hashes: readonly RemoteHash[] }) => {
          if (answer === 'silent') throw new AppError('KS-040')
          submissions += 1
          asked.set(id, hashes)
          return id
        },
        status: async (ticket: string) => status(ticket),
      },
    } as const,
    says: (next: typeof answer) => { answer = next },
    submissions: () => submissions,
    titles: () => [...asked.values()].flat().map(({ title }) => title),
  }
}

describe.skipIf(!hasOpenssl())('signing on the citizen\'s phone (OpenSSL 3)', () => {
  const shared = bench()

  async function sent() {
    const phone = phoneOf(shared.user)
    const counter = newCounter({ ...shared, remote: phone.account })
    const draft = readyDraft(counter.desk)
    const papers = [await takeIn(counter.desk, draft.id, shared.pdf, 'mot.pdf'), await takeIn(counter.desk, draft.id, shared.pdf, 'hai.pdf')]
    const job = await counter.signing.sign(actor, { targets: papers.map(({ id }) => target(id)), with: withPhone, pin: none, reason: null })
    await vi.waitFor(() => expect(phone.submissions()).toBe(1))
    const state = () => counter.signing.job(job.id)
    const ended = (): Promise<void> => vi.waitFor(() => expect(state().endedAt).not.toBeNull(), { timeout: 8_000 })
    return { phone, counter, draft, papers, job, state, ended }
  }
  const prepared = ({ store }: ReturnType<typeof newCounter>): string[] =>
    store.read.all('SELECT prepared_sha256 FROM signing_job_item WHERE prepared_sha256 IS NOT NULL', [], (row) => row.text('prepared_sha256'))

  it('waits, and signs with what comes back', async () => {
    const { phone, counter, draft, job, state, ended } = await sent()
    expect([job.state, job.how, phone.titles()]).toEqual(['waiting', 'remote', ['mot.pdf', 'hai.pdf']])
    const files = prepared(counter)
    phone.says('confirm')
    await ended()
    expect([state().state, state().documents.map(({ level }) => level)]).toEqual(['done', ['B-B', 'B-B']])
    for (const { id } of counter.desk.intake.open(draft.id).documents) {
      const { bytes } = await counter.desk.intake.readDocument(id)
      expect([Buffer.compare(bytes.subarray(0, shared.pdf.length), shared.pdf), baselineTroubles(bytes, 'B-B')]).toEqual([0, []])
    }
    await vi.waitFor(() => expect(files.filter((sha256) => counter.documents.has(sha256 as never))).toEqual([]))
  })

  it('goes on after a restart with what was prepared before, without asking the phone twice', async () => {
    const { phone, counter, draft, state } = await sent()
    await counter.remoteJobs.close()
    phone.says('confirm')
    const again = newCounter({ desk: counter.desk, ...shared, remote: phone.account })
    again.remoteJobs.resume()
    await vi.waitFor(() => expect(state().state).toBe('done'), { timeout: 8_000 })
    expect(phone.submissions()).toBe(1)
    expect(counter.desk.intake.open(draft.id).documents).toHaveLength(2)
  })

  it('a value of another hash is refused, and the document stays as it was', async () => {
    const { phone, counter, draft, papers, state, ended } = await sent()
    phone.says('wrong')
    await ended()
    expect([state().state, state().trouble]).toEqual(['failed', 'KS-044'])
    expect(counter.desk.intake.open(draft.id).documents.map(({ id }) => id)).toEqual(papers.map(({ id }) => id))
  })

  it.each([['refused', 'KS-042'], ['expired', 'KS-041']] as const)('ends by name when the citizen\'s answer is "%s"', async (answer, trouble) => {
    const { phone, counter, state, ended } = await sent()
    phone.says(answer)
    await ended()
    expect([state().state, state().trouble, prepared(counter)]).toEqual([answer, trouble, []])
  })

  it('is not waited for any longer when the officer says so', async () => {
    const { phone, counter, draft, papers, job } = await sent()
    expect(counter.signing.cancel(actor, job.id)).toMatchObject({ state: 'refused' })
    phone.says('confirm')
    await counter.remoteJobs.close()
    expect([counter.open(), counter.desk.intake.open(draft.id).documents.map(({ id }) => id)]).toEqual([[], papers.map(({ id }) => id)])
  })

  it('does not put a signature on a document that was taken off meanwhile', async () => {
    const { phone, counter, draft, papers, state, ended } = await sent()
    const [first = expect.fail()] = papers
    counter.desk.intake.removeDocument(draft.id, first.id, true)
    phone.says('confirm')
    await ended()
    expect(state().documents.map(({ code }) => code)).toEqual(['KS-015', null])
  })

  it('keeps waiting while the service is silent', async () => {
    const { phone, counter, state } = await sent()
    phone.says('silent')
    await counter.remoteJobs.close()
    expect(state().state).toBe('waiting')
  })
})
