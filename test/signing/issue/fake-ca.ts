import { parseCertificate } from '../../../src-main/identity/pki'
import { AppError } from '@contract/errors'
import { nameDer, readRequest, uidOf } from '../../../src-main/signing/ca'
import { NAME } from '../../../src-main/signing/certificate-facts'
import type { CaAnswer, CaConnector } from '../../../src-main/signing/ports'
import { caName, EXTENSIONS, makeCertificate, newKey } from '../../city/ca/certificates'

const DAY = 86_400_000
type Made = Readonly<{ certificate: Uint8Array; privateKey: Uint8Array; spki: Uint8Array }>

function authority(name: string, above: Made | null, aboveName: string, now: Date): Made {
  const key = newKey()
  const certificate = makeCertificate({
    subject: caName(name), issuer: caName(aboveName), spki: key.spki, issuerSpki: (above ?? key).spki, signingKey: (above ?? key).privateKey,
    notBefore: new Date(now.getTime() - DAY), notAfter: new Date(now.getTime() + 3650 * DAY), extensions: [EXTENSIONS.authority(above ? 0 : 1), EXTENSIONS.usage(5, 6)],
  })
  return { ...key, certificate }
}

export type Mood = 'issue' | 'wait' | 'down' | 'refuse' | 'other-key' | 'other-person' | 'expired' | 'foreign' | 'lose-answer' | 'slow'

/** A CA in this process, faithful in what counts here: one certificate for one id, however often it is asked; it remembers what it was told. */
export function fakeCa(now: () => Date, name = 'CA thử') {
  const root = authority(`${name} gốc`, null, `${name} gốc`, now())
  const issuing = authority(name, root, `${name} gốc`, now())
  const stranger = authority('Kẻ lạ', null, 'Kẻ lạ', now())
  const issued = new Map<string, Uint8Array>()
  const told: { id: string; accepted: boolean; why: string | null; certificate: Uint8Array }[] = []
  const codes = new Map<string, string>()
  let mood: Mood = 'issue'
  let asked = 0
  let slow = Promise.resolve()

  const make = (csr: Uint8Array): Uint8Array => {
    const request = readRequest(csr)
    if (!request.proven) throw new Error('a request that is not signed with its key')
    const other = nameDer([{ type: NAME.country, text: 'VN' }, { type: NAME.commonName, text: 'Người Khác' }, { type: NAME.id, text: uidOf('001099000001') }])
    const from = mood === 'expired' ? now().getTime() - 500 * DAY : now().getTime() - 60_000
    const signer = mood === 'foreign' ? stranger : issuing
    return makeCertificate({
      subject: mood === 'other-person' ? other : request.subjectDer, issuer: caName(mood === 'foreign' ? 'Kẻ lạ' : name), spki: mood === 'other-key' ? newKey().spki : request.spki.raw,
      issuerSpki: signer.spki, signingKey: signer.privateKey, notBefore: new Date(from), notAfter: new Date(from + 365 * DAY), extensions: [EXTENSIONS.endEntity, EXTENSIONS.usage(0, 1)],
    })
  }
  const answer = (id: string, csr: Uint8Array): CaAnswer => {
    asked += 1
    if (mood === 'down') throw new AppError('KS-030')
    if (mood === 'refuse') return { kind: 'refused', text: 'Số căn cước này đang bị khóa', failure: 'badRequest' }
    const state = JSON.stringify({ id, csr: Buffer.from(csr).toString('base64') })
    if (mood === 'wait') return { kind: 'waiting', afterSeconds: 30, state }
    const certificate = issued.get(id) ?? make(csr)
    issued.set(id, certificate)
    if (mood === 'lose-answer') throw new AppError('KS-030')
    return { kind: 'issued', certificate, chain: [issuing.certificate], state }
  }
  const connector: CaConnector = {
    request: async ({ id, csr }) => {
      await slow
      return answer(id, csr)
    },
    poll: async (state) => {
      await slow
      const { id, csr } = JSON.parse(state) as { id: string; csr: string }
      return answer(id, Buffer.from(csr, 'base64'))
    },
    confirm: async (state, certificate, accepted, why) => {
      if (mood === 'down') throw new AppError('KS-030')
      told.push({ id: (JSON.parse(state) as { id: string }).id, accepted, why, certificate })
    },
    phone: {
      send: async (id) => {
        if (mood === 'down') throw new AppError('KS-030')
        codes.set(id, '482913')
      },
      check: async (id, code) => codes.get(id) === code,
    },
    alive: async () => mood !== 'down',
  }
  return {
    connector, root, issuing, issued, told,
    asked: () => asked,
    be: (next: Mood) => { mood = next },
    /** Answers only when the returned function is called. */
    hold: () => {
      let go = (): void => undefined
      slow = new Promise<void>((resolve) => { go = resolve })
      return () => go()
    },
    serialOf: (id: string) => parseCertificate(issued.get(id) ?? new Uint8Array(0)).serial,
  }
}
export type FakeCa = ReturnType<typeof fakeCa>
