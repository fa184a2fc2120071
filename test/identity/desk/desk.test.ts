import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { ChipEvent, ChipKey, ChipReading } from '@contract/chip'
import { AppError } from '@contract/errors'
import { createAudit } from '../../../src-main/audit'
import { createChipDesk, type ChipDesk } from '../../../src-main/identity/desk'
import type { ReadRequest } from '../../../src-main/identity/desk/desk'
import { FILES } from '../../../src-main/identity/lds'
import { createReaders, createVirtualSource, type OpenSource, openRecorded, parseRecording, type Readers, type VirtualCard, type VirtualReader } from '../../../src-main/readers'
import type { Clock, Store } from '../../../src-main/storage'
import { chipRoot, HOLDER, inventChip, type InventedChip } from '../../devices/invented-chip'
import { codeOf, codeOfAsync, KEY, temporaryFolder, temporaryStore } from '../../storage/support'
import { AT, chipOf, liftedAt, meddled, random } from '../virtual-card/support'

const ACTOR = { id: '0192f0c1-0000-7000-8000-000000000001', name: 'Đỗ Thị Mỹ Duyên' }
const QR: ChipKey = { idNumber: HOLDER.idNumber, birthDate: HOLDER.birthDate, issuedAt: '2024-07-01' }
const OTHER: ChipKey = { documentNumber: '054001238', birthDate: '1954-11-20', expiryDate: '2030-01-01' }

type Place = Readonly<{ desk: ChipDesk; readers: Readers; reader: VirtualReader; store: Store; clock: { now: Date }; entries(): { action: string; detailText: string }[] }>

/** A desk with one reader, named A, and these cards; the first lies there. `wrap` may stand between the hub and the reader. */
async function place(chip: InventedChip, cards: readonly (() => VirtualCard)[] = [() => chipOf(chip)], { wrap = (open) => open }: { wrap?: (open: OpenSource) => OpenSource } = {}): Promise<Place> {
  const now = { now: AT }
  const clock: Clock = { now: () => now.now }
  const store = temporaryStore()
  const audit = createAudit({ key: KEY, clock })
  const reader = createVirtualSource({ cards: cards.map((card, index) => ({ id: String(index), name: '', about: '', qr: '', card })), name: 'A' })
  const deskOf: { desk?: ChipDesk } = {}
  const readers = await createReaders({ sources: [wrap(reader.open)], remembered: () => null, remember: () => undefined, changed: () => deskOf.desk?.readersChanged() })
  onTestFinished(() => readers.close())
  const desk = createChipDesk({ readers, trust: () => chip.trust, store, audit, clock, random, simulatedReader: () => true })
  deskOf.desk = desk
  reader.put('0')
  return { desk, readers, reader, store, clock: now, entries: () => [...audit.list(store.read, { limit: 50 })] }
}

const request = (changed: Partial<ReadRequest> = {}): ReadRequest => ({ key: QR, purpose: 'identify-with-face', allowBac: false, ...changed })

async function reading({ desk }: Place, changed: Partial<ReadRequest> = {}, signal?: AbortSignal): Promise<ChipReading> {
  let last: ChipEvent | undefined
  for await (const event of desk.read(ACTOR, request(changed), signal)) last = event
  if (last?.kind !== 'read') throw new Error('no reading')
  return last.reading
}
const codeOfReading = (at: Place, changed: Partial<ReadRequest> = {}, signal?: AbortSignal): Promise<string | undefined> => codeOfAsync(() => reading(at, changed, signal))

/** A card whose n-th answer waits until it is let go. */
function stuckAt(card: VirtualCard, at: number): { card: VirtualCard; reached: Promise<void>; letGo: () => void } {
  let letGo = (): void => undefined
  let tell = (): void => undefined
  const held = new Promise<void>((resolve) => { letGo = resolve })
  const reached = new Promise<void>((resolve) => { tell = resolve })
  let count = 0
  return {
    reached, letGo: () => letGo(),
    card: {
      ...card,
      transmit: async (command) => {
        count += 1
        if (count === at) {
          tell()
          await held
        }
        return card.transmit(command)
      },
    },
  }
}

describe('a reading at the counter', () => {
  it('reads what the purpose needs and no more', async () => {
    const chip = inventChip({ details: true })
    const at = await place(chip)
    const files = async (purpose: ReadRequest['purpose']): Promise<string[]> => (await reading(at, { purpose })).files.map(({ file }) => file).sort()
    expect(await files('identify')).toEqual(['COM', 'CardAccess', 'DG1', 'DG13', 'SOD'])
    expect(await files('identify-with-face')).toEqual(['COM', 'CardAccess', 'DG1', 'DG13', 'DG2', 'SOD'])
    expect(await files('inspect')).toEqual(['COM', 'CardAccess', 'DG1', 'DG11', 'DG12', 'DG13', 'DG2', 'SOD'])
  })

  it('is audited by purpose, protocol and files, and never by what they hold', async () => {
    const at = await place(inventChip())
    await reading(at)
    const [entry] = at.entries()
    expect(entry).toMatchObject({ action: 'chip.read', actor: ACTOR.id })
    expect(JSON.parse(entry?.detailText ?? '')).toEqual({ purpose: 'identify-with-face', protocol: 'PACE', downgraded: false, files: ['CardAccess', 'COM', 'SOD', 'DG1', 'DG13', 'DG2'], simulated: true })
    expect(JSON.stringify(at.entries())).not.toMatch(/079192004617|192004617|Ánh|ANH|Bàu Tràm|1992/u)
  })

  it('is had twice of one card, and each has its own name', async () => {
    const at = await place(inventChip())
    const [first, second] = [await reading(at), await reading(at)]
    expect(first.person).toEqual(second.person)
    expect(first.id).not.toBe(second.id)
    expect([at.desk.reading(first.id), at.desk.reading(second.id)]).toEqual([first, second])
  })

  it('is forgotten with its face after twenty minutes', async () => {
    const at = await place(inventChip())
    const { id } = await reading(at)
    expect((await at.desk.face(id)).bytes.length).toBeGreaterThan(1000)
    at.clock.now = new Date(AT.getTime() + 20 * 60_000)
    expect([codeOf(() => at.desk.reading(id)), await codeOfAsync(() => at.desk.face(id))]).toEqual(['THE-014', 'THE-014'])
  })

  it('stays while the screen is locked, and is forgotten with its face when the officer has gone', async () => {
    const at = await place(inventChip())
    const { id } = await reading(at)
    at.desk.leave('locked')
    expect(at.desk.reading(id).id).toBe(id)
    at.desk.leave('empty')
    expect([codeOf(() => at.desk.reading(id)), await codeOfAsync(() => at.desk.face(id))]).toEqual(['THE-014', 'THE-014'])
  })

  it.each(['locked', 'empty'] as const)('under way ends when the seat is %s, and frees the reader', async (seat) => {
    const chip = inventChip()
    const stuck = stuckAt(chipOf(chip), 8)
    const at = await place(chip, [() => stuck.card])
    const ended = codeOfReading(at)
    await stuck.reached
    at.desk.leave(seat)
    stuck.letGo()
    expect(await ended).toBe('THE-013')
    expect((await reading(at)).person.idNumber).toBe(HOLDER.idNumber)
  })

  it('that is cancelled at its last command leaves nothing behind but its entry', async () => {
    const chip = inventChip()
    const last = (await reading(await place(chip))).figures?.apdus ?? 0
    const stuck = stuckAt(chipOf(chip), last)
    const at = await place(chip, [() => stuck.card])
    const cancel = new AbortController()
    const ended = codeOfReading(at, {}, cancel.signal)
    await stuck.reached
    cancel.abort()
    stuck.letGo()
    expect(await ended).toBe('THE-013')
    expect(at.entries().map(({ action }) => action)).toEqual(['chip.read'])
  })

  it('says that a reading without a face has none', async () => {
    const at = await place(inventChip())
    const { id } = await reading(at, { purpose: 'identify' })
    expect(await codeOfAsync(() => at.desk.face(id))).toBe('THE-009')
  })

  it('leaves a card alone whose key cannot be one', async () => {
    const chip = inventChip()
    let commands = 0
    const at = await place(chip, [() => meddled(chipOf(chip), (answer) => {
      commands += 1
      return answer
    })])
    expect([await codeOfReading(at, { key: { can: '12' } }), await codeOfReading(at, { key: { mrz: 'x'.repeat(30) } }), commands]).toEqual(['THE-015', 'THE-012', 0])
  })
})

describe('PACE that fails', () => {
  const failing = (chip: InventedChip) => (): VirtualCard => meddled(chipOf(chip), (answer, { command }) => (command[1] === 0x86 ? Uint8Array.of(0x6f, 0x00) : answer))

  it('ends the reading, and nothing was read', async () => {
    const chip = inventChip()
    const at = await place(chip, [failing(chip)])
    expect(await codeOfReading(at)).toBe('THE-006')
    expect(at.entries()).toEqual([])
  })

  it('is followed by BAC once it was allowed, which is shown and audited; the next reading asks again', async () => {
    const chip = inventChip()
    const at = await place(chip, [failing(chip)])
    expect((await reading(at, { allowBac: true })).access).toMatchObject({ protocol: 'BAC', downgraded: true })
    expect(at.entries().map(({ action }) => action)).toEqual(['chip.read', 'chip.bac-allowed'])
    expect(await codeOfReading(at)).toBe('THE-006')
  })

  it('is audited as allowed also where the reading breaks off, or BAC was not needed', async () => {
    const at = await place(inventChip())
    expect((await reading(at, { allowBac: true })).access).toMatchObject({ protocol: 'PACE', downgraded: false })
    expect(await codeOfReading(at, { allowBac: true, key: OTHER })).toBe('THE-002')
    expect(at.entries().map(({ action }) => action)).toEqual(['chip.bac-allowed', 'chip.read', 'chip.bac-allowed'])
  })
})

describe('keys that do not fit', () => {
  it('end with the question for the date where it was guessed, and with a wrong key where it was not', async () => {
    const at = await place(inventChip())
    expect(await codeOfReading(at, { key: OTHER })).toBe('THE-002')
    expect(await codeOfReading(at, { key: { idNumber: '079088000154', birthDate: '1988-09-02', issuedAt: null } })).toBe('THE-008')
  })

  it('are given three times, until the card was taken off; the right one begins the count anew', async () => {
    const at = await place(inventChip())
    for (let time = 0; time < 2; time += 1) expect(await codeOfReading(at, { key: OTHER })).toBe('THE-002')
    await reading(at)
    for (let time = 0; time < 3; time += 1) expect(await codeOfReading(at, { key: OTHER })).toBe('THE-002')
    expect(await codeOfReading(at)).toBe('THE-005')
    at.reader.put(null)
    at.reader.put('0')
    expect((await reading(at)).person.idNumber).toBe(HOLDER.idNumber)
  })
})

describe('a card that is lifted', () => {
  const lifting = (chip: InventedChip, reader: () => VirtualReader, at: number) => (): VirtualCard => liftedAt(chipOf(chip), at, () => reader().put(null))

  it('is waited for, and the reading goes on with it', async () => {
    const chip = inventChip()
    const at: Place = await place(chip, [lifting(chip, () => at.reader, 11), () => chipOf(chip)])
    const seen: string[] = []
    let read: ChipReading | null = null
    for await (const event of at.desk.read(ACTOR, request())) {
      if (event.kind === 'read') read = event.reading
      else {
        seen.push(event.progress.step)
        if (event.progress.step === 'lifted') at.reader.put('1')
      }
    }
    expect(read?.figures?.resumed).toBe(1)
    expect(read?.proof.contents.state).toBe('unchanged')
    expect(seen).toContain('lifted')
  })

  it('is not waited for any longer when the reading is cancelled, and the reader is free', async () => {
    const chip = inventChip()
    const at: Place = await place(chip, [lifting(chip, () => at.reader, 11), () => chipOf(chip)])
    for await (const event of at.desk.read(ACTOR, request())) if (event.kind === 'progress' && event.progress.step === 'lifted') break
    at.reader.put('1')
    expect((await reading(at)).person.idNumber).toBe(HOLDER.idNumber)
  })

  it('does not hold the reader when it was put back in the moment of cancelling', async () => {
    const chip = inventChip()
    let connects = 0
    const slow: { go: () => void; begun: Promise<void> } = { go: () => undefined, begun: Promise.resolve() }
    let begin = (): void => undefined
    slow.begun = new Promise((resolve) => { begin = resolve })
    const held = new Promise<void>((resolve) => { slow.go = resolve })
    const wrap = (open: OpenSource): OpenSource => async (changed) => {
      const source = await open(changed)
      return {
        ...source,
        connect: async (name) => {
          const transport = await source.connect(name)
          connects += 1
          if (connects === 2) {
            begin()
            await held
          }
          return transport
        },
      }
    }
    const at: Place = await place(chip, [lifting(chip, () => at.reader, 11), () => chipOf(chip)], { wrap })
    const cancel = new AbortController()
    const ended = (async () => {
      for await (const event of at.desk.read(ACTOR, request(), cancel.signal)) if (event.kind === 'progress' && event.progress.step === 'lifted') at.reader.put('1')
    })()
    await slow.begun
    cancel.abort()
    expect(await codeOfAsync(() => ended)).toBe('THE-013')
    slow.go()
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect((await reading(at)).person.idNumber).toBe(HOLDER.idNumber)
  })

  it('and another put in its place is read from its beginning, with the key that was given', async () => {
    const first = inventChip({ pace: null })
    const other = inventChip({ pace: null, format: 'TD3' })
    const at: Place = await place(first, [lifting(first, () => at.reader, 10), () => chipOf(other)])
    const ended = codeOfAsync(async () => {
      for await (const event of at.desk.read(ACTOR, request())) if (event.kind === 'progress' && event.progress.step === 'lifted') at.reader.put('1')
    })
    expect(await ended).toMatch(/^THE-00[28]$/u)
  })
})

describe('a reader', () => {
  it('reads one card at a time: a second reading is told that it is busy', async () => {
    const chip = inventChip()
    const stuck = stuckAt(chipOf(chip), 5)
    const at = await place(chip, [() => stuck.card])
    const first = reading(at)
    await stuck.reached
    expect(await codeOfReading(at)).toBe('TB-006')
    stuck.letGo()
    expect((await first).person.idNumber).toBe(HOLDER.idNumber)
    expect((await reading(at)).person.idNumber).toBe(HOLDER.idNumber)
  })

  it('is free again when a reading is cancelled in the middle', async () => {
    const chip = inventChip()
    const stuck = stuckAt(chipOf(chip), 12)
    const at = await place(chip, [() => stuck.card])
    const cancel = new AbortController()
    const ended = codeOfReading(at, {}, cancel.signal)
    await stuck.reached
    cancel.abort()
    stuck.letGo()
    expect(await ended).toBe('THE-013')
    expect((await reading(at)).person.idNumber).toBe(HOLDER.idNumber)
    expect(at.entries()).toHaveLength(1)
  })

  it('is free again when whoever read pulls no more', async () => {
    const at = await place(inventChip())
    for await (const event of at.desk.read(ACTOR, request())) if (event.kind === 'progress' && event.progress.step === 'reading') break
    expect((await reading(at)).person.idNumber).toBe(HOLDER.idNumber)
  })

  it('is not asked when the reading was cancelled before it began', async () => {
    const at = await place(inventChip())
    expect(await codeOfReading(at, {}, AbortSignal.abort())).toBe('THE-013')
  })

  it.each<[string, () => VirtualCard, string]>([
    ['no eMRTD', () => ({ atr: Uint8Array.of(0x3b), reset: () => undefined, transmit: () => Uint8Array.of(0x6a, 0x82) }), 'THE-003'],
    ['a mute card', () => ({ atr: Uint8Array.of(0x3b), reset: () => undefined, transmit: () => Promise.reject(new AppError('TB-010')) }), 'TB-010'],
    ['half an answer', () => ({ atr: Uint8Array.of(0x3b), reset: () => undefined, transmit: () => Uint8Array.of(0x90) }), 'TB-009'],
  ])('with %s says so and is free again', async (_name, card, code) => {
    const chip = inventChip()
    const at = await place(chip, [card, () => chipOf(chip)])
    expect(await codeOfReading(at)).toBe(code)
    at.reader.put('1')
    expect((await reading(at)).person.idNumber).toBe(HOLDER.idNumber)
  })

  it('without a card, or that is not there, is named', async () => {
    const at = await place(inventChip())
    at.reader.put(null)
    expect([await codeOfReading(at), await codeOfReading(at, { reader: 'B' })]).toEqual(['THE-004', 'TB-007'])
  })

  it('that holds a chip whose DG1 is nobody\'s ends without a reading, which is audited all the same, and is free again', async () => {
    const chip = inventChip({ changed: { DG1: Uint8Array.of(0x61, 0x00) } })
    const at = await place(chip, [() => chipOf(chip), () => chipOf(inventChip())])
    expect(await codeOfReading(at)).toBe('THE-009')
    expect(at.entries().map(({ action }) => action)).toEqual(['chip.read'])
    at.reader.put('1')
    expect((await reading(at)).person.idNumber).toBe(HOLDER.idNumber)
  })
})

describe('files in a folder', () => {
  const written = (chip: InventedChip): string => {
    const folder = join(temporaryFolder(), 'files')
    mkdirSync(folder)
    for (const [file, bytes] of chip.files) writeFileSync(join(folder, `${FILES[file].id.toString(16).padStart(4, '0')}.bin`), bytes)
    return folder
  }

  it('are shown with their proof against the roots of another folder, and against the day that is asked for', async () => {
    const chip = inventChip({ details: true })
    const { desk } = await place(chip)
    const trust = temporaryFolder()
    writeFileSync(join(trust, 'root.cer'), chipRoot)
    const folder = written(chip)
    expect((await desk.inspect({ folder, trust })).proof).toMatchObject({ contents: { state: 'unchanged' }, signature: { state: 'valid' }, chain: { state: 'trusted' }, copy: { state: 'not-checked' } })
    expect((await desk.inspect({ folder, trust: temporaryFolder() })).proof.chain.state).toBe('no-anchor')
    expect((await desk.inspect({ folder, trust, at: '2040-01-01' })).proof.chain.state).toBe('expired')
  })

  it('leave no reading behind, nor an entry: nobody\'s chip was read', async () => {
    const chip = inventChip()
    const at = await place(chip)
    const { id } = await at.desk.inspect({ folder: written(chip) })
    expect([codeOf(() => at.desk.reading(id)), at.entries()]).toEqual(['THE-014', []])
  })
})

describe('a log of what was said', () => {
  it('can be played again when it was not masked, is audited, and frees the reader', async () => {
    const chip = inventChip({ chip: { parameterId: 13, cipher: 'AES-128' } })
    const at = await place(chip)
    const file = join(temporaryFolder(), 'log.json')
    const { apdus } = await at.desk.apduLog(ACTOR, { key: QR, file, mask: false })
    const text = readFileSync(file, 'utf8')
    const recording = parseRecording(text)
    expect([recording.masked, recording.exchanges.length]).toEqual([false, apdus])
    const [slot] = (await openRecorded(text)(() => undefined)).slots()
    expect(slot).toMatchObject({ kind: 'recorded', simulated: true })
    expect(at.entries()).toMatchObject([{ action: 'chip.read' }, { action: 'chip.logged', detailText: '{"masked":false}' }])
    expect((await reading(at)).person.idNumber).toBe(HOLDER.idNumber)
  })

  it('is written of a reading that fails, too: that is what it is for', async () => {
    const at = await place(inventChip())
    const file = join(temporaryFolder(), 'log.json')
    expect(await codeOfAsync(() => at.desk.apduLog(ACTOR, { key: OTHER, file, mask: true }))).toBe('THE-002')
    const { masked, exchanges } = parseRecording(readFileSync(file, 'utf8'))
    expect([masked, exchanges.at(-1)]).toMatchObject([true, { answer: '6300' }])
    expect(at.entries()).toMatchObject([{ action: 'chip.logged', detailText: '{"masked":true}' }])
  })
})
