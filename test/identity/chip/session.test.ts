import { constants, createHash, generateKeyPairSync, type KeyObject, privateEncrypt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import type { ChipFile, ChipProgress } from '@contract/chip'
import { domainParameters } from '../../../src-main/identity/chip/domain-parameters'
import { keyAgreement } from '../../../src-main/identity/chip/key-agreement'
import { readChip, type ReadChipOptions } from '../../../src-main/identity/chip/session'
import { concat, encodeTlv } from '../../../src-main/identity/chip/tlv'
import type { TraceEntry } from '../../../src-main/identity/chip/trace'
import type { AccessKey, ChipSession } from '../../../src-main/identity/chip/types'
import { FILES, LARGEST_FILE } from '../../../src-main/identity/lds/files'
import { hexOf, octets } from './script'
import { CARD_ACCESS, layDown, type Laid, MRZ_INFORMATION, type SmallCard, smallCard, withPace } from './small-card'

const random = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 53 + length * 7 + 1) & (index === 0 ? 0x3f : 0xff))
const KEY: AccessKey = { kind: 'mrz', information: MRZ_INFORMATION }
const wrong = (digit: number): AccessKey => ({ kind: 'mrz', information: MRZ_INFORMATION.replace(/.$/, String((9 + digit) % 10)) })
const content = (tag: number, length: number): Uint8Array => encodeTlv(tag, Uint8Array.from({ length }, (_, index) => (index * 31 + tag) & 0xff))
const com = (...tags: number[]): Uint8Array => encodeTlv(0x60, encodeTlv(0x5f01, octets('30313037')), encodeTlv(0x5f36, octets('303430303030')), encodeTlv(0x5c, Uint8Array.from(tags)))

const DG2_LENGTH = 15_000
const filesWith = (dg2 = DG2_LENGTH): Map<number, Uint8Array> => new Map([
  [0x011e, com(0x61, 0x75, 0x6d)], [0x0101, content(0x61, 93)], [0x0102, content(0x75, dg2)], [0x010d, content(0x6d, 640)], [0x011d, content(0x77, 1900)],
])
const ASKED: ChipFile[] = ['COM', 'DG1', 'DG2', 'DG13', 'SOD']

type Run = { session: ChipSession; laid: Laid[]; progress: ChipProgress[] }

async function read(card: SmallCard, given: Partial<ReadChipOptions> & { reader?: Parameters<typeof layDown>[1]; putBack?: (time: number) => SmallCard } = {}): Promise<Run> {
  const laid = [layDown(card, given.reader)]
  const progress: ChipProgress[] = []
  const session = await readChip((laid[0] as Laid).transport, {
    keys: [KEY], files: ASKED, allowBac: false, random, onProgress: (step) => void progress.push(step),
    reinsert: async () => {
      if (laid.length > 300) throw new AppError('THE-001')
      const next = layDown(given.putBack?.(laid.length) ?? card, given.reader)
      laid.push(next)
      return next.transport
    },
    ...given,
  })
  return { session, laid, progress }
}

async function codeOf(act: Promise<unknown>): Promise<string> {
  try {
    await act
    return 'read'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}
const expectFiles = (session: ChipSession, files: ReadonlyMap<number, Uint8Array>, asked: readonly ChipFile[] = ASKED): void =>
  expect(Object.fromEntries([...session.files].map(([file, bytes]) => [file, hexOf(bytes)]))).toEqual(Object.fromEntries(asked.map((file) => [file, hexOf(files.get(FILES[file].id) ?? new Uint8Array(0))])))
const commandsOf = ({ laid }: Run): number => laid.reduce((sum, { commands }) => sum + commands.length, 0)

describe('reading a chip', () => {
  it('takes one command a file where chip and reader carry long answers, after PACE', async () => {
    const files = filesWith()
    const run = await read(withPace({ files }))
    expectFiles(run.session, files)
    expect(run.session.access).toEqual({ protocol: 'PACE', key: 'mrz', mapping: 'GM', agreement: 'ECDH', cipher: 'AES-128', downgraded: false })
    // Master file, EF.CardAccess, four of PACE after MSE, the application, five files.
    expect(commandsOf(run)).toBe(2 + 5 + 1 + 5)
    expect(run.session.figures).toMatchObject({ apdus: 13, resumed: 0 })
  })

  it('takes BAC where PACE is not offered, also from a chip that knows no master file', async () => {
    const files = filesWith()
    for (const card of [smallCard({ files, selectMasterFile: 0x6d00 }), smallCard({ files, selectMasterFile: 0x6a86 }), smallCard({ files, cardAccess: CARD_ACCESS, readCardAccess: 0x6982 })]) {
      const run = await read(card)
      expectFiles(run.session, files)
      expect(run.session.access).toEqual({ protocol: 'BAC', key: 'mrz', mapping: null, agreement: null, cipher: '3DES', downgraded: false })
    }
    expect(commandsOf(await read(smallCard({ files, selectMasterFile: 0x6d00 })))).toBe(2 + 1 + 2 + 5)
  })

  it('takes as few short commands as the sizes allow', async () => {
    const files = filesWith()
    const reader = { longestAnswer: 258, longestCommand: 261 }
    const reads = (most: number): number => [...files.values()].reduce((sum, { length }) => sum + Math.ceil(length / most), 0)
    expect(commandsOf(await read(smallCard({ files, selectMasterFile: 0x6d00 }), { reader }))).toBe(5 + reads(231))
    expect(commandsOf(await read(withPace({ files }), { reader }))).toBe(8 + reads(223))
  })

  it('reads on where an answer was shorter than asked for', async () => {
    const files = filesWith(300)
    for (const mostContent of [1, 7, 100]) expectFiles((await read(withPace({ files, mostContent }))).session, files)
  })

  it('reads beyond 32,767 bytes by the odd instruction, in short and in long answers', async () => {
    const files = filesWith(70_000)
    for (const card of [withPace({ files }), withPace({ files, mostContent: 2000 }), smallCard({ files, extended: false, selectMasterFile: 0x6d00 })]) {
      const run = await read(card)
      expectFiles(run.session, files)
      expect(run.laid.flatMap(({ plain }) => plain).some(({ ins }) => ins === 0xb1)).toBe(true)
    }
  })

  it('gets along with a chip that takes no short file ids, no long reads, or no read past the end', async () => {
    const files = filesWith(4000)
    const cards: Record<string, SmallCard> = {
      'no short ids': withPace({ files, shortIds: false }),
      'nothing extended': withPace({ files, extended: false }),
      'nothing extended, found out under BAC': smallCard({ files, extended: false, selectMasterFile: 0x6d00 }),
      'refuses over 2000': withPace({ files, mostContent: 2000, tooLong: 'refuse' }),
      'refuses over 200': withPace({ files, mostContent: 200, tooLong: 'refuse' }),
      'ends the session over 200': withPace({ files, mostContent: 200, tooLong: 'end-session' }),
      'past the end 6B00': withPace({ files, pastEnd: 0x6b00 }),
      'past the end 6700': withPace({ files, pastEnd: 0x6700 }),
      'past the end 6282': withPace({ files, pastEnd: 0x6282 }),
    }
    for (const [what, card] of Object.entries(cards)) {
      const run = await read(card)
      expectFiles(run.session, files)
      expect([what, commandsOf(run) < 90]).toEqual([what, true])
    }
  })

  it('falls back to short answers where the reader cannot carry long ones after all', async () => {
    const files = filesWith(4000)
    for (const card of [withPace({ files }), smallCard({ files, selectMasterFile: 0x6d00 })]) {
      const { transport } = layDown(card)
      const narrow = { ...transport, transmit: async (command: Uint8Array) => {
        const answer = await transport.transmit(command)
        if (answer.length > 258 || (command[4] === 0 && command.length > 5)) throw new AppError('TB-013')
        return answer
      } }
      expectFiles(await readChip(narrow, { keys: [KEY], files: ASKED, allowBac: false, random, onProgress: () => undefined }), files)
    }
  })

  it('leaves out what COM does not list, and names what is listed and cannot be had', async () => {
    const files = filesWith(500)
    files.delete(0x010d)
    const run = await read(withPace({ files }), { files: ['COM', 'DG1', 'DG11', 'DG13', 'CardAccess', 'SOD'] })
    expect([...run.session.files.keys()].sort()).toEqual(['COM', 'CardAccess', 'DG1', 'SOD'])
    expect([...run.session.missing]).toEqual([['DG13', 0x6a82]])
    expect(run.laid.flatMap(({ plain }) => plain).some(({ p1 }) => p1 === (0x80 | FILES.DG11.sfi))).toBe(false)
  })

  it('stops at a file that says it is larger than any is', async () => {
    const files = filesWith(500)
    files.set(0x0102, concat(octets('7583'), Uint8Array.of(LARGEST_FILE >> 16, LARGEST_FILE >> 8, 0), new Uint8Array(400)))
    await expect(read(withPace({ files }))).rejects.toMatchObject({ code: 'THE-016', params: { file: 'DG2' } })
  })

  it('tells a card without the application', async () => {
    expect(await codeOf(read(smallCard({ selectApplication: 0x6a82, selectMasterFile: 0x6e00 })))).toBe('THE-003')
    expect(await codeOf(read(withPace({ selectApplication: 0x6a82 })))).toBe('THE-003')
  })

  it('never accepts an answer whose MAC does not fit, and does not try again in silence', async () => {
    const fault: SmallCard['fault'] = (answer, { plain, protectedAnswer }) => (protectedAnswer && plain.p1 === 0x82 ? answer.map((byte, index) => (index === 20 ? byte ^ 1 : byte)) : answer)
    expect(await codeOf(read(withPace({ files: filesWith(), fault })))).toBe('THE-007')
  })

  it('gives up a chip that ends every session at the same place', async () => {
    const fault: SmallCard['fault'] = (answer, { plain, protectedAnswer }) => (protectedAnswer && plain.p1 === 0x82 ? octets('6988') : answer)
    expect(await codeOf(read(withPace({ files: filesWith(), fault })))).toBe('THE-007')
  })

  it('goes on without a file for which the chip ends the session twice', async () => {
    const files = filesWith(500)
    const fault: SmallCard['fault'] = (answer, { plain, protectedAnswer }) => (protectedAnswer && plain.p1 === 0x8d ? octets('6982') : answer)
    const run = await read(withPace({ files, fault }))
    expect([...run.session.missing]).toEqual([['DG13', 0x6982]])
    expectFiles(run.session, files, ['COM', 'DG1', 'DG2', 'SOD'])
  })
})

describe('progress and figures', () => {
  it('never go back, and end at the whole, also for a face longer than usual and a card lifted on the way', async () => {
    for (const [dg2, sod] of [[300, 1900], [15_000, 1900], [90_000, 1900], [3000, 60_000]] as const) {
      const files = filesWith(dg2).set(0x011d, content(0x77, sod))
      const { progress, session } = await read(withPace({ files, mostContent: 1500, liftAfter: 18 }))
      const shares = progress.map(({ done, total }) => done / total)
      expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).toSorted((one, other) => one - other))
      expect(shares).toEqual(shares.toSorted((one, other) => one - other))
      const sum = [...session.files.values()].reduce((total, { length }) => total + length, 0)
      expect(progress.at(-1)).toEqual({ step: 'reading', file: 'SOD', done: sum, total: sum })
      expect(new Set(progress.map(({ step }) => step))).toEqual(new Set(['connecting', 'access', 'reading', ...(session.figures.resumed > 0 ? ['lifted'] : [])]))
    }
  })

  it('count what went over the wire, and the trace tells it both ways', async () => {
    const told: TraceEntry[] = []
    const { session, laid } = await read(withPace({ files: filesWith(600) }), { trace: (entry) => void told.push(entry) })
    const { figures } = session
    expect(told.map(({ wire }) => hexOf(wire.command))).toEqual((laid[0] as Laid).commands.map(hexOf))
    expect(figures.bytes).toBe(told.reduce((sum, { wire }) => sum + wire.command.length + wire.answer.length, 0))
    expect(figures.longest).toBe(Math.max(...told.map(({ wire }) => wire.answer.length)))
    expect(figures.waitMs + figures.ownMs).toBeGreaterThan(0)
    const dg1 = told.find(({ clear }) => hexOf(clear.command).startsWith('00B081'))
    expect(hexOf(dg1?.clear.answer ?? new Uint8Array(0)).startsWith('615D')).toBe(true)
    expect(hexOf(dg1?.wire.command ?? new Uint8Array(0)).startsWith('0CB081')).toBe(true)
  })
})

describe('a card that is lifted', () => {
  const reader = { longestAnswer: 258, longestCommand: 261 }

  it('is read on at the offset after every N-th command', async () => {
    const files = filesWith(4000)
    const whole = [...files.values()].reduce((sum, { length }) => sum + length, 0)
    for (let liftAfter = 11; liftAfter <= 45; liftAfter += 1) {
      const run = await read((liftAfter % 3 === 0 ? withPace : smallCard)({ files, liftAfter }), { reader })
      expectFiles(run.session, files)
      expect(run.session.figures.resumed).toBe(run.laid.length - 1)
      // What was read stays read: beyond the files themselves only the comparison after each return, and the answer that was under way.
      const sent = run.laid.flatMap(({ plain }) => plain).reduce((sum, { ins, le = 0 }) => sum + (ins === 0xb0 || ins === 0xb1 ? le : 0), 0)
      expect(sent).toBeLessThan(whole + 5 * 231 + (run.laid.length - 1) * (93 + 64 + 231 + 256) + 256)
    }
  })

  it('is read on under BAC, too', async () => {
    const files = filesWith(2000)
    for (const liftAfter of [9, 10, 13, 20, 33]) expectFiles((await read(smallCard({ files, liftAfter }), { reader })).session, files)
  })

  it('ends the reading where nobody puts it back', async () => {
    const card = withPace({ files: filesWith(), liftAfter: 9 })
    const { transport } = layDown(card)
    expect(await codeOf(readChip(transport, { keys: [KEY], files: ASKED, allowBac: false, random, onProgress: () => undefined }))).toBe('THE-001')
    expect(await codeOf(read(card, { reinsert: () => Promise.reject(new AppError('THE-013')) }))).toBe('THE-013')
  })

  it('and another that is put back does not mix with it', async () => {
    const first = withPace({ files: filesWith(), liftAfter: 14, mostContent: 1000 })
    expect(await codeOf(read(first, { putBack: () => withPace({ files: filesWith(), information: MRZ_INFORMATION.replace('1901', '1902') }) }))).toBe('THE-002')

    const others = filesWith()
    others.set(0x0101, content(0x61, 92))
    const sameKey = await read(first, { putBack: () => withPace({ files: others }) })
    expectFiles(sameKey.session, others)

    const otherFace = filesWith()
    otherFace.set(0x0102, content(0x75, DG2_LENGTH).map((byte, index) => (index === 40 ? byte ^ 1 : byte)))
    expectFiles((await read(first, { putBack: () => withPace({ files: otherFace }) })).session, otherFace)

    const bac = await read(first, { putBack: () => smallCard({ files: others }) })
    expectFiles(bac.session, others)
    expect(bac.session.access.protocol).toBe('BAC')

    // Same files to the byte, but another way in: what is told of the access is that of the card whose files they are.
    const alike = await read(first, { putBack: () => smallCard({ files: first.files }) })
    expect(alike.session.access.protocol).toBe('BAC')
  })
})

describe('a reading that is cancelled', () => {
  it('stops before the next command', async () => {
    const stop = new AbortController()
    let count = 0
    const fault: SmallCard['fault'] = (answer) => {
      if ((count += 1) === 10) stop.abort()
      return answer
    }
    expect(await codeOf(read(withPace({ files: filesWith(), fault }), { signal: stop.signal }))).toBe('THE-013')
    expect(count).toBe(10)
  })

  it('stops waiting for the card', async () => {
    const stop = new AbortController()
    const card = withPace({ files: filesWith(), liftAfter: 9 })
    expect(await codeOf(read(card, { signal: stop.signal, reinsert: () => (queueMicrotask(() => stop.abort()), new Promise(() => undefined)) }))).toBe('THE-013')
  })
})

describe('keys', () => {
  const sides: readonly (readonly [string, (given: Partial<SmallCard>) => SmallCard, number])[] = [['PACE', withPace, 0x86], ['BAC', smallCard, 0x82]]

  for (const [protocol, make, instruction] of sides) {
    it(`are tried one after the other, three of them for a card that lies there (${protocol})`, async () => {
      const files = filesWith(300)
      expectFiles((await read(make({ files }), { keys: [wrong(1), wrong(2), KEY] })).session, files)
      expect(await codeOf(read(make({ files }), { keys: [wrong(1), wrong(2), wrong(3)] }))).toBe('THE-002')
      const laid = layDown(make({ files }))
      expect(await codeOf(readChip(laid.transport, { keys: [wrong(1), wrong(2), wrong(3), KEY], files: ASKED, allowBac: false, random, onProgress: () => undefined }))).toBe('THE-005')
      expect(laid.plain.filter(({ ins, cla }) => ins === instruction && cla === 0)).toHaveLength(3)
    })

    it(`may be tried three times anew when the card was lifted (${protocol})`, async () => {
      const files = filesWith(300)
      const before = protocol === 'PACE' ? 2 + 2 * 5 + 1 : 4 + 2 * 2 + 1
      const run = await read(make({ files, liftAfter: before }), { keys: [wrong(1), wrong(2), wrong(3), KEY], putBack: () => make({ files }) })
      expect(run.session.figures.resumed).toBe(1)
      expectFiles(run.session, files)
    })

    it.each([0x6300, 0x63c1, 0x6982, 0x6988])(`are wrong by status %i (${protocol})`, async (wrongKey) => {
      expect(await codeOf(read(make({ files: filesWith(300), wrongKey }), { keys: [wrong(1)] }))).toBe('THE-002')
    })
  }

  it('of the card access number open nothing where there is no PACE, and cost no try', async () => {
    const files = filesWith(300)
    expect(await codeOf(read(smallCard({ files }), { keys: [{ kind: 'can', can: '123456' }] }))).toBe('THE-002')
    expectFiles((await read(smallCard({ files }), { keys: [{ kind: 'can', can: '1' }, wrong(1), wrong(2), KEY] })).session, files)
  })
})

describe('PACE that is offered', () => {
  const UNKNOWN = octets('31143012060A04007F0007020204020202010202010D'.replace('0202010202010D', '02020102020163'))
  const failing: SmallCard['fault'] = (answer, { plain }) => (plain.ins === 0x86 && (plain.data?.length ?? 0) > 10 && plain.cla === 0x10 ? octets('6A80') : answer)

  it('and failed is told, and BAC is not taken in its place', async () => {
    const laid = layDown(withPace({ files: filesWith(), fault: failing }))
    expect(await codeOf(readChip(laid.transport, { keys: [KEY], files: ASKED, allowBac: false, random, onProgress: () => undefined }))).toBe('THE-006')
    expect(laid.plain.some(({ ins }) => ins === 0x84 || ins === 0x82)).toBe(false)
  })

  it('and unknown or broken is told, too', async () => {
    expect(await codeOf(read(withPace({ files: filesWith(), cardAccess: UNKNOWN })))).toBe('THE-017')
    await expect(read(withPace({ files: filesWith(), cardAccess: octets('300330FFFF') }))).rejects.toMatchObject({ code: 'THE-009', params: { file: 'CardAccess' } })
  })

  it('gives way to BAC where the officer allowed it, which the access says', async () => {
    const files = filesWith()
    for (const card of [withPace({ files, fault: failing }), withPace({ files, cardAccess: UNKNOWN }), withPace({ files, cardAccess: octets('300330FFFF') })]) {
      const { session } = await read(card, { allowBac: true })
      expectFiles(session, files)
      expect(session.access).toMatchObject({ protocol: 'BAC', downgraded: true })
    }
    expect((await read(withPace({ files }), { allowBac: true })).session.access).toMatchObject({ protocol: 'PACE', downgraded: false })
  })

  it('and opened by no key stays a wrong key although BAC was allowed', async () => {
    const laid = layDown(withPace({ files: filesWith() }))
    expect(await codeOf(readChip(laid.transport, { keys: [wrong(1)], files: ASKED, allowBac: true, random, onProgress: () => undefined }))).toBe('THE-002')
    expect(laid.plain.some(({ ins }) => ins === 0x82)).toBe(false)
  })
})

/** A signature with message recovery by ISO 9796-2 scheme 1 and SHA-1 (9303-11 §6.1.2.2), as a chip makes it. */
function recoverable(key: KeyObject, challenge: Uint8Array): Uint8Array {
  const size = (key.asymmetricKeyDetails?.modulusLength ?? 0) / 8
  const recovered = new Uint8Array(size - 22).fill(0x5c)
  const digest = createHash('sha1').update(recovered).update(challenge).digest()
  return Uint8Array.from(privateEncrypt({ key, padding: constants.RSA_NO_PADDING }, concat(Uint8Array.of(0x6a), recovered, digest, Uint8Array.of(0xbc))))
}

describe('a copy of a chip', () => {
  const CHIP_KEY = 0x1234567890abcdef1234567890abcdefn
  const parameters = domainParameters(13)
  if (parameters === null) throw new Error('brainpoolP256r1')
  const publicKey = keyAgreement(parameters).keyPairOf(CHIP_KEY).publicKey
  const algorithm = encodeTlv(0x30, octets('06072A8648CE3D0201'), octets('06092B2403030208010107'))
  const keyInfo = encodeTlv(0x30, algorithm, encodeTlv(0x03, Uint8Array.of(0), publicKey))
  const dg14 = encodeTlv(0x6e, encodeTlv(0x31, encodeTlv(0x30, octets('060A04007F00070202030202'), octets('020101')), encodeTlv(0x30, octets('060904007F000702020102'), keyInfo)))
  const filesOf = (): Map<number, Uint8Array> => new Map([...filesWith(3000), [0x011e, com(0x61, 0x75, 0x6d, 0x6e)], [0x010e, dg14]])
  const asked: ChipFile[] = ['COM', 'DG1', 'DG2', 'DG13', 'DG14', 'SOD']

  it('is told from the original by chip authentication, which costs two commands', async () => {
    const files = filesOf()
    const run = await read(withPace({ files, chipKey: CHIP_KEY }), { files: asked })
    expect(run.session.copy).toEqual({ state: 'original', by: 'CA' })
    expectFiles(run.session, files, asked)
    expect(commandsOf(run)).toBe(8 + 6 + 2)
    expect(run.progress.some(({ step }) => step === 'proof')).toBe(true)
  })

  it('is found out, and its files are still read, without trust', async () => {
    const files = filesOf()
    const { session } = await read(withPace({ files, chipKey: CHIP_KEY + 1n }), { files: asked })
    expect(session.copy).toEqual({ state: 'copied', by: 'CA' })
    expectFiles(session, files, asked)
  })

  it('is not what a chip is that refuses the protocol', async () => {
    const files = filesOf()
    const { session } = await read(smallCard({ files }), { files: asked })
    expect(session.copy).toEqual({ state: 'unsupported', by: 'CA' })
    expectFiles(session, files, asked)
  })

  it('is told also when the card is lifted in the middle of the proof', async () => {
    const files = filesOf()
    for (let liftAfter = 12; liftAfter < 17; liftAfter += 1) {
      const { session } = await read(withPace({ files, chipKey: CHIP_KEY, liftAfter, mostContent: 1200 }), { files: asked })
      expect(session.copy).toEqual({ state: 'original', by: 'CA' })
      expectFiles(session, files, asked)
    }
  })

  it('is told by active authentication, too, under a long key as under a short one', async () => {
    for (const modulusLength of [1024, 2048]) {
      const pair = generateKeyPairSync('rsa', { modulusLength })
      const other = generateKeyPairSync('rsa', { modulusLength })
      const dg15 = encodeTlv(0x6f, pair.publicKey.export({ type: 'spki', format: 'der' }))
      const files = new Map([...filesWith(300), [0x011e, com(0x61, 0x75, 0x6f)], [0x010f, dg15]])
      const proof = async (given: Partial<SmallCard>): Promise<unknown> => (await read(withPace({ files, ...given }), { files: ['COM', 'DG1', 'DG15'] })).session.copy
      expect(await proof({ sign: (challenge) => recoverable(pair.privateKey, challenge) })).toEqual({ state: 'original', by: 'AA' })
      expect(await proof({ sign: (challenge) => recoverable(other.privateKey, challenge) })).toEqual({ state: 'copied', by: 'AA' })
      expect(await proof({})).toEqual({ state: 'unsupported', by: 'AA' })
    }
  })

  it('is not looked for where no file for it is asked for, and cannot be where the chip has none', async () => {
    const { session } = await read(withPace({ files: filesWith(300) }), { files: ['DG1'] })
    expect(session.copy).toEqual({ state: 'not-checked', by: null })
    const listed = await read(withPace({ files: filesWith(300) }), { files: [...ASKED, 'DG14', 'DG15'] })
    expect(listed.session.copy).toEqual({ state: 'not-offered', by: null })
    const refused = await read(withPace({ files: filesWith(300) }), { files: ['DG1', 'DG14', 'DG15'] })
    expect(refused.session.copy).toEqual({ state: 'not-offered', by: null })
  })
})
