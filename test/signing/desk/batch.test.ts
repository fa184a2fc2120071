import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { DocumentId } from '@contract/ids'
import { readyDraft, takeIn } from '../../intake/support'
import { codeOfAsync } from '../../storage/support'
import { made } from '../pdf/samples'
import { createPki, hasOpenssl, type Pki, type PkiUser } from '../pki'
import { actor, newCounter, PIN, softwareToken, target } from './support'

const own = { kind: 'own', pin: PIN } as const
const JPEG = Buffer.from('ffd8ffe000104a46494600010100000100010000ffdb004300', 'hex')

describe.skipIf(!hasOpenssl())('a batch at the desk (OpenSSL 3)', () => {
  let pki: Pki
  let user: PkiUser
  let pdf: Uint8Array
  beforeAll(async () => {
    pki = await createPki()
    user = pki.user({ name: 'Bùi Nhật Khang', idNumber: '079192004617' })
    pdf = await made()
  })
  afterAll(() => pki.close())

  it('signs what can be signed and names for each other document why not', async () => {
    const { desk, signing, withToken, token } = newCounter({ pki, user })
    const draft = readyDraft(desk)
    const good = await takeIn(desk, draft.id, pdf, 'mot.pdf')
    const broken = await takeIn(desk, draft.id, Buffer.from('%PDF-1.7\nkhông phải PDF\n%%EOF\n'), 'hong.pdf')
    const encrypted = await takeIn(desk, draft.id, Buffer.concat([Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\n2 0 obj<</Filter/Standard>>endobj\nxref\n0 1\n0000000000 65535 f \ntrailer<</Root 1 0 R/Encrypt 2 0 R/Size 3>>\nstartxref\n77\n%%EOF\n')]), 'khoa.pdf')
    const targets = [good, broken, encrypted].map(({ id }) => target(id))
    const review = await signing.review({ targets, with: withToken })
    expect(review.documents.map(({ refused, pages }) => [refused, pages])).toEqual([[null, 1], ['KS-010', null], ['KS-011', null]])
    const job = await signing.sign(actor, { targets, with: withToken, pin: own, reason: null })
    expect([job.state, job.trouble]).toEqual(['failed', 'KS-010'])
    expect(job.documents.map(({ level, code }) => [level, code])).toEqual([['B-B', null], [null, 'KS-010'], [null, 'KS-011']])
    expect(token.logins).toEqual([1])
  })

  it('does not touch documents of a dossier that was received, nor pictures', async () => {
    const { desk, signing, withToken } = newCounter({ pki, user })
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, pdf)
    desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: true })
    const order = { with: withToken, pin: own, reason: null }
    expect(await codeOfAsync(() => signing.sign(actor, { targets: [target(id)], ...order }))).toBe('KS-073')
    const other = readyDraft(desk)
    const picture = await takeIn(desk, other.id, JPEG, 'anh.jpg')
    expect(await codeOfAsync(() => signing.sign(actor, { targets: [target(picture.id)], ...order }))).toBe('KS-075')
    expect(await codeOfAsync(() => signing.sign(actor, { targets: [target(picture.id), target(id)], ...order }))).toBe('KS-071')
    expect(await codeOfAsync(() => signing.sign(actor, { targets: [target(DocumentId.parse('01939b6e-0000-7000-8000-00000000ffff'))], ...order }))).toBe('LUU-021')
  })

  it('signs a document once more by its old name, and both signatures stand', async () => {
    const { desk, signing, withToken, checks } = newCounter({ pki, user })
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, pdf)
    const order = { targets: [target(id)], with: withToken, pin: own, reason: null }
    await signing.sign(actor, order)
    await signing.sign(actor, order)
    expect(desk.intake.open(draft.id).documents).toHaveLength(1)
    const report = await checks.report(target(id), true)
    expect(report.signatures.map(({ verdict, kind }) => [verdict, kind])).toEqual([['TOTAL-PASSED', 'signature'], ['TOTAL-PASSED', 'signature']])
    expect(Buffer.compare(await checks.revision(target(id), 1), pdf)).toBe(0)
  })

  it('a token that is pulled out ends the job by name, and nothing is half signed', async () => {
    const counter = newCounter({ pki, user })
    const { desk, signing, withToken, token } = counter
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, pdf)
    const pulled = { ...token.tokens, sign: async () => { throw new AppError('KS-022') } }
    const other = newCounter({ desk, pki, user, token: { ...token, tokens: pulled } })
    expect(await codeOfAsync(() => other.signing.sign(actor, { targets: [target(id)], with: withToken, pin: own, reason: null }))).toBe('KS-022')
    expect(signing.jobs().map(({ state, trouble }) => [state, trouble])).toEqual([['failed', 'KS-022']])
    expect(desk.intake.open(draft.id).documents.map((one) => one.id)).toEqual([id])
  })

  it('takes the way of RSA that the ward wants, as far as the token can do it, and keeps which it was', async () => {
    for (const [rsa, schemes, wanted] of [['pss-first', undefined, 'rsa-pss'], ['pkcs1-first', undefined, 'rsa-pkcs1'], ['pss-first', ['rsa-pkcs1'], 'rsa-pkcs1']] as const) {
      const { desk, signing, withToken, store } = newCounter({ pki, user, rsa, token: softwareToken(user, schemes ? { schemes } : {}) })
      const draft = readyDraft(desk)
      const { id } = await takeIn(desk, draft.id, pdf)
      const targets = [target(id)]
      expect((await signing.review({ targets, with: withToken })).scheme).toBe(wanted)
      await signing.sign(actor, { targets, with: withToken, pin: own, reason: null })
      expect(store.read.all('SELECT scheme FROM signing_job', [], (row) => row.text('scheme'))).toEqual([wanted])
    }
  })

  it('warns before anything is signed and refuses what would be worth nothing', async () => {
    const expired = pki.user({ state: 'expired' })
    const revoked = pki.user()
    pki.revoke(revoked.certificate)
    for (const [who, warning, code] of [[expired, 'expired', 'KS-064'], [revoked, 'revoked', 'KS-063']] as const) {
      const { desk, signing, withToken } = newCounter({ pki, user: who })
      const draft = readyDraft(desk)
      const targets = [target((await takeIn(desk, draft.id, pdf)).id)]
      expect((await signing.review({ targets, with: withToken })).warnings).toContain(warning)
      expect(await codeOfAsync(() => signing.sign(actor, { targets, with: withToken, pin: own, reason: null }))).toBe(code)
    }
  })

  it('says that revocation is unknown when nobody can be asked, and signs all the same', async () => {
    const { desk, signing, withToken, line } = newCounter({ pki, user })
    line.up = false
    const draft = readyDraft(desk)
    const targets = [target((await takeIn(desk, draft.id, pdf)).id)]
    const review = await signing.review({ targets, with: withToken })
    expect([review.level, review.warnings]).toEqual(['B-B', ['revocation-unknown', 'demo']])
    expect((await signing.sign(actor, { targets, with: withToken, pin: own, reason: null })).state).toBe('done')
  })

  it('says when the certificate is of another person than the applicant, and only then', async () => {
    for (const [idNumber, said] of [['079192004617', false], ['001099000001', true]] as const) {
      const { desk, signing, withToken } = newCounter({ pki, user: pki.user({ idNumber }) })
      const draft = readyDraft(desk)
      const targets = [target((await takeIn(desk, draft.id, pdf)).id)]
      expect((await signing.review({ targets, with: withToken })).warnings.includes('other-person')).toBe(said)
    }
  })

  it('fetches what issued a certificate that lies alone on its token', async () => {
    const { desk, signing, withToken, checks, line, store } = newCounter({ pki, user, token: softwareToken(user, {}, true) })
    const draft = readyDraft(desk)
    const targets = [target((await takeIn(desk, draft.id, pdf)).id)]
    line.up = false
    expect((await signing.review({ targets, with: withToken })).warnings).toContain('chain-unknown')
    line.up = true
    expect((await signing.review({ targets, with: withToken })).warnings).toEqual(['demo'])
    expect(store.read.get('SELECT count(*) AS n FROM kept_issuer', [], (row) => row.integer('n'))).toBe(2)
    await signing.sign(actor, { targets, with: withToken, pin: own, reason: null })
    const [first = expect.fail()] = targets
    expect((await checks.report(first, true)).verdict).toBe('TOTAL-PASSED')
  })

  it('received with its signed document, the dossier has that one and no other', async () => {
    const { desk, signing, withToken } = newCounter({ pki, user })
    const draft = readyDraft(desk)
    const { id } = await takeIn(desk, draft.id, pdf)
    const job = await signing.sign(actor, { targets: [target(id)], with: withToken, pin: own, reason: null })
    const dossier = desk.intake.commit(actor, { draftId: draft.id, revision: draft.revision, despiteDuplicates: true })
    expect(dossier.documents.map((one) => one.id)).toEqual(job.documents.map((one) => one.target.id))
  })
})
