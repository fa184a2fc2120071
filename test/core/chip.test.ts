import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import { call, type RouterClient } from '@orpc/server'
import { RPCHandler } from '@orpc/server/message-port'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { type ChipEvent, type ChipKey, type ChipReading, ReadingId } from '../../src-preload/contract/chip'
import { LARGEST_TRUST_FILE } from '../../src-preload/contract/trust'
import { parseCardQr } from '../../src-main/identity'
import { servePort } from '../../src-main/core/port'
import { temporaryFolder } from '../storage/support'
import { codeOfCall, practice, router, RESOURCES, secretOf } from './support'

// The virtual reader and the invented cards of practice mode, through the calls that the window makes.

type Seated = Awaited<ReturnType<typeof practice>>

const CARDS = {
  anh: '1-dang-thi-ngoc-anh', phuoc: '2-tran-huu-phuoc', khang: '3-lam-van-khang', expired: '4-phan-thi-thu-ha', changed: '5-vo-minh-tam', copied: '6-huynh-kim-chi',
} as const

/** Puts a card on the virtual reader and gives the key that its QR makes. */
async function put(seat: Seated, card: string): Promise<ChipKey> {
  const { virtualCards } = await call(router.readers.putCard, { card }, seat.context)
  const { idNumber, birthDate, issuedAt } = parseCardQr(virtualCards.find(({ id }) => id === card)?.qr ?? '')
  return { idNumber, birthDate, issuedAt }
}

type Wish = Readonly<{ key: ChipKey; allowBac?: boolean }>

async function read(seat: Seated, input: Wish): Promise<{ events: ChipEvent[]; reading: ChipReading }> {
  const events: ChipEvent[] = []
  for await (const event of await call(router.chip.read, input, seat.context)) events.push(event)
  const last = events.at(-1)
  if (last?.kind !== 'read') throw new Error('no reading')
  return { events, reading: last.reading }
}

/** Reads until the reader is had, and no further. */
async function readFirst(seat: Seated, key: ChipKey): Promise<void> {
  for await (const event of await call(router.chip.read, { key }, seat.context)) if (event.kind === 'progress' && event.progress.step === 'access') return
}

/** Codes of tries until one is not refused for a busy reader, the last first. */
async function attempts(act: () => Promise<string | undefined>): Promise<(string | undefined)[]> {
  const codes: (string | undefined)[] = []
  do {
    codes.unshift(await act())
    await sleep(5)
  } while (codes[0] === 'TB-006' && codes.length < 100)
  return codes
}

const readCard = async (seat: Seated, card: string): Promise<ChipReading> => (await read(seat, { key: await put(seat, card) })).reading

describe('the virtual reader of practice mode', () => {
  it('is listed, named as simulated, and empty at first', async () => {
    const seat = await practice('duyen')
    const { readers, virtualCards } = await call(router.readers.list, undefined, seat.context)
    expect(readers.filter(({ kind }) => kind === 'virtual')).toMatchObject([{ simulated: true, card: 'absent', slot: 'contactless' }])
    expect(virtualCards).toHaveLength(6)
  })

  it.each([
    [CARDS.anh, { protocol: 'PACE', mapping: 'GM' }, { state: 'original', by: 'CA' }],
    [CARDS.phuoc, { protocol: 'BAC', mapping: null }, { state: 'original', by: 'AA' }],
    [CARDS.khang, { protocol: 'PACE', mapping: 'CAM' }, { state: 'original', by: 'CAM' }],
    [CARDS.copied, { protocol: 'PACE', mapping: 'GM' }, { state: 'copied', by: 'CA' }],
  ])('reads %s from its QR and tells whether the chip is a copy', async (card, access, copy) => {
    const reading = await readCard(await practice('duyen'), card)
    expect(reading).toMatchObject({ access, proof: { copy, signature: { state: 'valid' }, chain: { state: 'trusted', practice: true } }, reader: { simulated: true } })
  })

  it('takes name, residence and dates from DG13', async () => {
    const { person } = await readCard(await practice('duyen'), CARDS.anh)
    expect(person).toMatchObject({
      idNumber: '079192004617', fullName: 'Đặng Thị Ngọc Ánh', nameFromMrz: false, birthDate: '1992-03-14', sex: 'female', issuedAt: '2024-07-01', expiresAt: '2032-03-14',
      residence: '27/4 đường Bàu Tràm, phường Tân Mỹ Hưng, TP. Hồ Chí Minh',
    })
  })

  it('tells contents that were changed after signing apart from the signature over them', async () => {
    const { proof } = await readCard(await practice('duyen'), CARDS.changed)
    expect(proof.contents).toMatchObject({ state: 'changed', hashes: expect.arrayContaining([{ file: 'DG13', matches: false }, { file: 'DG1', matches: true }]) as unknown })
    expect(proof.signature.state).toBe('valid')
  })

  it('gives the face as an image that a window can show', async () => {
    const seat = await practice('duyen')
    const { id } = await readCard(seat, CARDS.anh)
    const face = await call(router.chip.face, { readingId: id }, seat.context)
    expect(face.type).toBe('image/bmp')
  })

  it('shows how far it is by bytes, never going back', async () => {
    const seat = await practice('duyen')
    const { events } = await read(seat, { key: await put(seat, CARDS.anh) })
    const done = events.flatMap((event) => (event.kind === 'progress' && event.progress.step === 'reading' ? [event.progress.done] : []))
    expect(done).toEqual([...done].sort((one, other) => one - other))
    expect(done.at(-1)).toBeGreaterThan(16_000)
  })
})

describe('what goes wrong', () => {
  it('asks for the expiry date when none of the likely ones opens the chip', async () => {
    const seat = await practice('duyen')
    await put(seat, CARDS.phuoc)
    expect(await codeOfCall(() => read(seat, { key: { idNumber: '079192004617', birthDate: '1992-03-14', issuedAt: '2024-07-01' } }))).toBe('THE-008')
  })

  it('gives a card three keys and no more until it is taken off', async () => {
    const seat = await practice('duyen')
    const right = await put(seat, CARDS.phuoc)
    const wrong: ChipKey = { idNumber: '079192004617', birthDate: '1992-03-14', issuedAt: '2024-07-01' }
    await codeOfCall(() => read(seat, { key: wrong }))
    await codeOfCall(() => read(seat, { key: wrong }))
    expect(await codeOfCall(() => read(seat, { key: right }))).toBe('THE-005')
    await call(router.readers.putCard, { card: null }, seat.context)
    await put(seat, CARDS.phuoc)
    expect((await read(seat, { key: right })).reading.person.fullName).toBe('Trần Hữu Phước')
  })

  it('says that no card lies there', async () => {
    const seat = await practice('duyen')
    expect(await codeOfCall(() => read(seat, { key: { mrz: '192004617292031473203145' } }))).toBe('THE-004')
  })

  it('does not read for somebody who may not receive', async () => {
    const seat = await practice('quantri')
    expect(await codeOfCall(() => read(seat, { key: { can: '123456' } }))).toBe('TK-005')
  })
})

describe('a check of identity', () => {
  const kept = async (seat: Seated) => {
    const reading = await readCard(seat, CARDS.anh)
    const draft = await call(router.intake.start, undefined, seat.context)
    const check = await call(router.chip.keepCheck, { draftId: draft.id, readingId: reading.id, who: 'applicant', outcome: 'same-person', differences: ['address'] }, seat.context)
    return { reading, draft, check }
  }

  it('is kept with the draft: what was proved, how, by whom', async () => {
    const seat = await practice('duyen')
    const { draft, check } = await kept(seat)
    expect(check).toMatchObject({ outcome: 'same-person', protocol: 'PACE', contents: 'unchanged', signature: 'valid', chain: 'trusted', copy: 'original', simulated: true, differences: ['address'] })
    expect(await call(router.chip.checks, { draftId: draft.id }, seat.context)).toEqual([check])
  })

  it('keeps nothing that was read from the chip', async () => {
    const seat = await practice('duyen')
    const { draft } = await kept(seat)
    const row = seat.office().store.read.get('SELECT json_object(\'all\', json_array(who, outcome, signer, differences, reader)) AS text FROM identity_check WHERE draft_id = ?', [draft.id], (found) => found.text('text'))
    expect(row).not.toMatch(/Ánh|192004617|Bàu Tràm|1992/u)
  })

  it('is audited without personal data', async () => {
    const seat = await practice('duyen')
    const { draft } = await kept(seat)
    const entries = seat.office().audit.list(seat.office().store.read, { subject: { type: 'draft', id: draft.id }, limit: 10 })
    expect(entries.find(({ action }) => action === 'identity.checked')?.detailText).not.toMatch(/Ánh|192004617/u)
  })

  it('refuses a reading that is not in memory', async () => {
    const seat = await practice('duyen')
    const draft = await call(router.intake.start, undefined, seat.context)
    const readingId = ReadingId.parse('0192aaaa-aaaa-7aaa-8aaa-aaaaaaaaaaaa')
    expect(await codeOfCall(() => call(router.chip.keepCheck, { draftId: draft.id, readingId, who: 'applicant', outcome: 'same-person', differences: [] }, seat.context))).toBe('THE-014')
  })
})

describe('an officer who leaves the counter', () => {
  const leaving: readonly (readonly [string, (seat: Seated) => Promise<unknown>, (seat: Seated) => Promise<unknown>])[] = [
    ['locks the screen', (seat) => call(router.staff.lock, undefined, seat.context), (seat) => call(router.staff.unlock, { secret: secretOf('duyen') }, seat.context)],
    ['signs out', (seat) => call(router.staff.signOut, undefined, seat.context), (seat) => call(router.staff.signIn, { loginName: 'duyen', secret: secretOf('duyen') }, seat.context)],
  ]
  it.each(leaving)('and %s ends the reading under way, and the reader is free', async (_name, leave, back) => {
    const seat = await practice('duyen')
    const key = await put(seat, CARDS.anh)
    const ended = codeOfCall(async () => {
      for await (const event of await call(router.chip.read, { key }, seat.context)) if (event.kind === 'progress' && event.progress.step === 'reading') await leave(seat)
    })
    expect(await ended).toBe('THE-013')
    await back(seat)
    expect((await read(seat, { key })).reading.person.fullName).toBe('Đặng Thị Ngọc Ánh')
  })

  it('finds the reading again after unlocking, and nobody finds it after signing out', async () => {
    const seat = await practice('duyen')
    const { id } = await readCard(seat, CARDS.anh)
    await call(router.staff.lock, undefined, seat.context)
    expect(await codeOfCall(() => call(router.chip.face, { readingId: id }, seat.context))).toBe('TK-004')
    await call(router.staff.unlock, { secret: secretOf('duyen') }, seat.context)
    expect((await call(router.chip.reading, { readingId: id }, seat.context)).id).toBe(id)
    await call(router.staff.signIn, { loginName: 'duyen', secret: secretOf('duyen') }, { context: { ...seat.context.context, connection: seat.connect() } })
    await call(router.staff.signIn, { loginName: 'duyen', secret: secretOf('duyen') }, seat.context)
    expect(await codeOfCall(() => call(router.chip.face, { readingId: id }, seat.context))).toBe('THE-014')
  })

  it('by closing the window ends the reading, too', async () => {
    const seat = await practice('duyen')
    const key = await put(seat, CARDS.anh)
    const { port1, port2 } = new MessageChannel()
    const end = servePort(port1, (guarded) => new RPCHandler(router).upgrade(guarded, seat.context), seat.log)
    onTestFinished(end)
    const client: RouterClient<typeof router> = createORPCClient(new RPCLink({ port: port2 }))
    port2.start()
    const events = await client.chip.read({ key })
    for (let reached = false; !reached;) {
      const next = await events.next()
      reached = next.done !== true && next.value.kind === 'progress' && next.value.progress.step === 'reading'
    }
    expect(await codeOfCall(() => read(seat, { key }))).toBe('TB-006')
    port2.close()
    // Closing is told beside the calls; long before the reading would have come to its own end, the reader is free.
    const [first, ...busy] = await attempts(() => codeOfCall(() => readFirst(seat, key)))
    expect([first, busy.length < 20]).toEqual([undefined, true])
    expect(seat.office().audit.list(seat.office().store.read, { limit: 9 }).map(({ action }) => action)).not.toContain('chip.read')
  })
})

describe('parts for chips that cannot be opened', () => {
  /** The shipped resources, without the invented cards. */
  const withoutCards = (): { resourcesFolder: string; putCards(): void } => {
    const resourcesFolder = temporaryFolder()
    const linked = (from: string, to: string, names: readonly string[]): void => names.forEach((name) => symlinkSync(join(from, name), join(to, name)))
    linked(RESOURCES, resourcesFolder, readdirSync(RESOURCES).filter((name) => name !== 'practice'))
    const [from, to] = [join(RESOURCES, 'practice'), join(resourcesFolder, 'practice')]
    mkdirSync(to)
    linked(from, to, readdirSync(from).filter((name) => name !== 'cards'))
    return { resourcesFolder, putCards: () => linked(from, to, ['cards']) }
  }

  it('are tried again by the next who asks', async () => {
    const { resourcesFolder, putCards } = withoutCards()
    const seat = await practice('duyen', { resourcesFolder })
    expect(await codeOfCall(() => call(router.readers.list, undefined, seat.context))).toBe('LOI-000')
    putCards()
    expect((await call(router.readers.list, undefined, seat.context)).virtualCards).toHaveLength(6)
  })

  it('do not keep the rest from closing in order', async () => {
    const seat = await practice('duyen', { resourcesFolder: withoutCards().resourcesFolder })
    const failing = codeOfCall(() => seat.office().chip())
    await seat.counter.close()
    expect([await failing, seat.logged.map(({ event }) => event)]).toEqual(['ENOENT', expect.not.arrayContaining(['office.close-incomplete'])])
  })
})

describe('what a window may hand over', () => {
  it('as roots is refused by its size before it is read', async () => {
    const seat = await practice('quantri')
    const bytes = new Blob([new Uint8Array(LARGEST_TRUST_FILE + 1)])
    const arrayBuffer = vi.spyOn(bytes, 'arrayBuffer')
    expect([await codeOfCall(() => call(router.trust.import, { name: 'roots.ml', bytes }, seat.context)), arrayBuffer.mock.calls.length]).toEqual(['CT-006', 0])
  })

  it('as differences are names of facts, and nothing that a fact says', async () => {
    const seat = await practice('duyen')
    const { id: readingId } = await readCard(seat, CARDS.anh)
    const draft = await call(router.intake.start, undefined, seat.context)
    const check = { draftId: draft.id, readingId, who: 'applicant', outcome: 'same-person' } as const
    for (const said of ['Đặng Thị Ngọc Ánh', '079192004617', '']) expect(await codeOfCall(() => call(router.chip.keepCheck, { ...check, differences: [said] }, seat.context))).toBe('BAD_REQUEST')
  })
})

describe('files of a chip in a folder', () => {
  it('are proved against the roots of another folder', async () => {
    const seat = await practice('duyen')
    const trust = mkdtempSync(join(tmpdir(), 'roots-'))
    onTestFinished(() => rmSync(trust, { recursive: true }))
    const folder = join(RESOURCES, 'practice', 'cards', CARDS.anh)
    const without = await call(router.chip.inspect, { folder, trust }, seat.context)
    expect(without.proof).toMatchObject({ contents: { state: 'unchanged' }, signature: { state: 'valid' }, chain: { state: 'no-anchor' } })
  })

  it('are not for a window, which could be made to read wherever it likes', async () => {
    const seat = await practice('duyen', { electronVersion: '33.2.1' })
    expect(await codeOfCall(() => call(router.chip.inspect, { folder: RESOURCES }, seat.context))).toBe('TK-017')
  })

  it('are not written for a window, which could be made to write wherever it likes', async () => {
    const seat = await practice('duyen', { electronVersion: '33.2.1' })
    expect(await codeOfCall(() => call(router.chip.apduLog, { key: { can: '123456' }, file: join(tmpdir(), 'never.json'), mask: true }, seat.context))).toBe('TK-017')
  })

  it('writes down what was said without a person in it', async () => {
    const seat = await practice('duyen')
    const folder = mkdtempSync(join(tmpdir(), 'log-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const file = join(folder, 'chip.json')
    const { apdus } = await call(router.chip.apduLog, { key: await put(seat, CARDS.phuoc), file, mask: true }, seat.context)
    expect(apdus).toBeGreaterThan(5)
    expect(readFileSync(file, 'utf8')).toContain('"masked": true')
  })
})
