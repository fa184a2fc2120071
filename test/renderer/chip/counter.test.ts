import { ORPCError } from '@orpc/client'
import { describe, expect, it, vi } from 'vitest'
import type { ChipEvent, ChipReading } from '@contract/chip'
import { DraftId } from '@contract/ids'
import { createCounter, type ReadInput } from '../../../src-renderer/chip/counter'
import { readingOf } from './sample'

const DRAFT = DraftId.parse('01932f10-0000-7000-8000-000000000001')
const OTHER = DraftId.parse('01932f10-0000-7000-8000-000000000002')
const ANH = { idNumber: '079192004617', birthDate: '1992-03-14', issuedAt: '2024-07-01' }
const PHUOC = { idNumber: '079088000154', birthDate: '1988-09-02', issuedAt: null }

type Running = { input: ReadInput; signal: AbortSignal; tell(event: ChipEvent): void; fail(code: string): void }

/** A counter whose readings are led by hand. */
function bench() {
  const runs: Running[] = []
  const dropped: string[] = []
  let clock = 1_000_000
  const read = async (input: ReadInput, signal: AbortSignal): Promise<AsyncIterable<ChipEvent>> => {
    const waiting: (() => ChipEvent)[] = []
    let wake = (): void => undefined
    const push = (next: () => ChipEvent): void => {
      waiting.push(next)
      wake()
    }
    runs.push({ input, signal, tell: (event) => push(() => event), fail: (code) => push(() => { throw new ORPCError(code, { data: { params: {} } }) }) })
    return (async function* () {
      for (;;) {
        const next = waiting.shift()
        if (next) yield next()
        else await new Promise<void>((resolve) => { wake = resolve })
      }
    })()
  }
  const counter = createCounter({ read, face: async () => new Blob(['face']), pictures: { make: () => 'blob:face', drop: (url) => dropped.push(url) }, now: () => clock, pause: async (ms) => { clock += ms } })
  const last = (): Running => runs.at(-1) ?? (() => { throw new Error('nothing was read') })()
  const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))
  return {
    counter, runs, dropped, last, settled, wait: (ms: number) => { clock += ms },
    finish: async (reading: ChipReading = readingOf()) => { last().tell({ kind: 'read', reading }); await settled() },
    refuse: async (code: string) => { last().fail(code); await settled() },
  }
}

describe('reading by itself', () => {
  it('begins when the QR is scanned and the card lies there', () => {
    const { counter, runs } = bench()
    counter.cardIs('present')
    counter.scanned(ANH, 'applicant', DRAFT)
    expect(runs.map(({ input }) => input)).toEqual([{ key: ANH, allowBac: false }])
  })

  it('begins when the card is put on the reader within minutes of the scan', () => {
    const { counter, runs, wait } = bench()
    counter.cardIs('absent')
    counter.scanned(ANH, 'applicant', DRAFT)
    wait(4 * 60_000)
    counter.cardIs('present')
    expect(runs).toHaveLength(1)
  })

  it('does not begin when the scan is long past, or its intake was left', () => {
    for (const later of [(it: ReturnType<typeof bench>) => it.wait(6 * 60_000), (it: ReturnType<typeof bench>) => it.counter.leave()]) {
      const it = bench()
      it.counter.scanned(ANH, 'applicant', DRAFT)
      later(it)
      it.counter.cardIs('present')
      expect(it.runs).toHaveLength(0)
    }
  })

  it('does not begin with a card that nothing is known of, nor with one that does not answer', () => {
    const { counter, runs } = bench()
    counter.cardIs('present')
    counter.cardIs('mute')
    counter.scanned(ANH, 'applicant', DRAFT)
    expect(runs).toHaveLength(0)
  })

  it('waits with another scan until the card that was read is taken off', async () => {
    const { counter, runs, finish } = bench()
    counter.cardIs('present')
    counter.scanned(ANH, 'applicant', DRAFT)
    await finish()
    counter.scanned(PHUOC, 'applicant', OTHER)
    expect(runs).toHaveLength(1)
    counter.cardIs('absent')
    counter.cardIs('present')
    expect(runs.map(({ input }) => input.key)).toEqual([ANH, PHUOC])
  })

  it('is not repeated for the card that was just read', async () => {
    const { counter, runs, finish } = bench()
    counter.cardIs('present')
    counter.scanned(ANH, 'applicant', DRAFT)
    await finish()
    counter.cardIs('busy')
    counter.cardIs('present')
    counter.scanned(ANH, 'applicant', DRAFT)
    expect(runs).toHaveLength(1)
  })

  it('waits with another scan also when the card that lies there could not be read', async () => {
    const { counter, runs, refuse } = bench()
    counter.cardIs('present')
    counter.scanned(ANH, 'applicant', DRAFT)
    await refuse('THE-008')
    counter.scanned(PHUOC, 'applicant', DRAFT)
    expect(runs).toHaveLength(1)
  })

  it('tries the same card again when it is scanned again', async () => {
    const { counter, runs, refuse } = bench()
    counter.cardIs('present')
    counter.scanned(ANH, 'applicant', DRAFT)
    await refuse('TB-008')
    counter.scanned(ANH, 'applicant', DRAFT)
    expect(runs).toHaveLength(2)
  })

  it('remembers whose dates were guessed in vain', async () => {
    const { counter, refuse } = bench()
    counter.cardIs('present')
    counter.scanned(ANH, 'applicant', DRAFT)
    await refuse('THE-008')
    expect(counter.get().refused).toBe(ANH.idNumber)
  })

  it('is not repeated after a failure until the card is put on again', async () => {
    const { counter, runs, refuse } = bench()
    counter.cardIs('present')
    counter.scanned(ANH, 'applicant', DRAFT)
    await refuse('TB-008')
    counter.cardIs('busy')
    counter.cardIs('present')
    expect(runs).toHaveLength(1)
    counter.cardIs('absent')
    counter.cardIs('present')
    expect(runs).toHaveLength(2)
  })
})

describe('a reader that a reading just given up still holds', () => {
  it('is asked again until it is free', async () => {
    const { counter, runs, refuse, finish } = bench()
    counter.read({ can: '123456' })
    counter.read({ can: '654321' })
    await refuse('TB-006')
    await refuse('TB-006')
    await finish()
    expect([runs.length, counter.get().work.kind, counter.get().result !== null]).toEqual([4, 'idle', true])
  })

  it('is told as busy when another program holds it', async () => {
    const { counter, runs, refuse } = bench()
    counter.read({ can: '123456' })
    await refuse('TB-006')
    expect([runs.length, counter.get().work]).toMatchObject([1, { kind: 'failed', problem: { code: 'TB-006' } }])
  })
})

describe('a key that was refused', () => {
  it.each(['THE-002', 'THE-008', 'THE-012', 'THE-015'])('is forgotten after %s', async (code) => {
    const { counter, refuse } = bench()
    counter.read({ can: '123456' })
    await refuse(code)
    expect(counter.get()).toMatchObject({ key: null, work: { kind: 'failed', problem: { code } } })
  })

  it('is kept when only the card has had too many tries: put back, it is read with the date that was typed', async () => {
    const { counter, runs, refuse } = bench()
    counter.cardIs('present')
    const key = { ...ANH, expiryDate: '2032-03-14' }
    counter.read(key)
    await refuse('THE-005')
    counter.cardIs('absent')
    counter.cardIs('present')
    expect(runs.at(-1)?.input.key).toEqual(key)
  })
})

describe('what is shown', () => {
  it('is the progress, at most every 50 ms and at every new step', async () => {
    const { counter, last, settled, wait } = bench()
    const told: string[] = []
    counter.read({ can: '123456' })
    counter.subscribe(() => {
      const { work } = counter.get()
      if (work.kind === 'reading' && work.progress) told.push(`${work.progress.step} ${String(work.progress.done)}`)
    })
    const progress = (step: 'access' | 'reading', done: number): void => last().tell({ kind: 'progress', progress: { step, file: null, done, total: 100 } })
    await settled()
    progress('access', 0); progress('reading', 10); progress('reading', 20)
    await settled()
    wait(60)
    progress('reading', 30)
    await settled()
    expect(told).toEqual(['access 0', 'reading 10', 'reading 30'])
  })

  it('is the reading with its face, which is let go with the draft', async () => {
    const { counter, finish, dropped } = bench()
    counter.open(DRAFT)
    counter.read({ can: '123456' }, { who: 'owner' })
    await finish()
    expect(counter.get()).toMatchObject({ work: { kind: 'idle' }, result: { face: 'blob:face', who: 'owner', differences: null } })
    counter.open(OTHER)
    expect([counter.get().result, dropped]).toEqual([null, ['blob:face']])
  })

  it('is nothing of a reading that was stopped', async () => {
    const { counter, last, finish } = bench()
    counter.cardIs('present')
    counter.read({ can: '123456' })
    const { signal } = last()
    counter.stop()
    await finish()
    expect([signal.aborted, counter.get().work.kind, counter.get().result]).toEqual([true, 'idle', null])
  })

  it('stays when the card is read again, until the new reading is there', async () => {
    const { counter, finish, dropped } = bench()
    counter.read({ can: '123456' })
    await finish()
    counter.read({ can: '123456' })
    expect(counter.get().result?.face).toBe('blob:face')
    await finish(readingOf({ sex: 'male' }))
    expect([counter.get().result?.reading.person.sex, dropped]).toEqual(['male', ['blob:face']])
  })
})

describe('a card scanned on another screen', () => {
  it('belongs to the draft that opens with it, and to no other one after', async () => {
    const { counter, finish } = bench()
    counter.open(OTHER)
    counter.cardIs('present')
    counter.scanned(ANH, 'applicant', null)
    await finish()
    counter.open(DRAFT)
    expect(counter.get()).toMatchObject({ draft: DRAFT, result: { face: 'blob:face' } })
    counter.open(OTHER)
    expect(counter.get().result).toBeNull()
  })

  it('lets go of the reading of the one before', async () => {
    const { counter, last, finish } = bench()
    counter.cardIs('present')
    counter.scanned(ANH, 'applicant', DRAFT)
    const first = last()
    counter.scanned(PHUOC, 'applicant', null)
    expect(first.signal.aborted).toBe(true)
    await finish(readingOf({ idNumber: PHUOC.idNumber }))
    expect(counter.get().result?.reading.person.idNumber).toBe(PHUOC.idNumber)
  })

  it('has no face when the core has none to give', async () => {
    const counter = createCounter({
      read: async () => (async function* () { yield { kind: 'read' as const, reading: readingOf() } })(), face: () => Promise.reject(new Error('gone')), pictures: { make: vi.fn(), drop: vi.fn() }, now: () => 0, pause: async () => undefined,
    })
    counter.read({ can: '123456' })
    await vi.waitFor(() => expect(counter.get().result).toMatchObject({ face: null }))
  })
})
