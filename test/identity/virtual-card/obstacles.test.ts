import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { carriedBy } from '../../../src-main/identity/chip/secure-messaging'
import type { ChipSession } from '../../../src-main/identity/chip/types'
import type { CardTransport, VirtualCard } from '../../../src-main/readers'
import { type ChipWish, HOLDER, inventChip, type InventedChip, NO_OFFER, paceOf, STRANGE_OFFER } from '../../devices/invented-chip'
import { ALL, chipOf, deskWith, ending, digests, liftedAt, meddled, random, read, SHORT } from './support'
import { readChip } from '../../../src-main/identity/chip/session'

const PROOF = { parameterId: 13, cipher: 'AES-128' } as const
const WAYS: readonly (readonly [string, ChipWish])[] = [['BAC', { pace: null }], ['PACE', {}], ['PACE and chip authentication', { chip: PROOF }]]

describe('a chip with its own ways', () => {
  it.each(WAYS.flatMap(([name, wish]) => ([
    ['no long commands at all', { extended: false }], ['at most 256 bytes', { longestRead: 256 }], ['at most 160 bytes', { longestRead: 160 }], ['at most 2,048 bytes', { longestRead: 2048 }],
  ] as const).map(([limit, behaviour]) => [name, limit, { ...wish, behaviour }] as const)))('is read whole by %s although it takes %s', async (_name, _limit, wish) => {
    const chip = inventChip(wish)
    for (const transport of [{}, SHORT]) expect(digests((await read(chip, { transport })).files)).toEqual(digests(chip.files))
  })

  it('is opened by BAC where it knows no master file, although it could do PACE', async () => {
    const chip = inventChip({ behaviour: { noMasterFile: true } })
    expect((await read(chip)).access).toMatchObject({ protocol: 'BAC', downgraded: false })
  })

  it('takes no more commands than its files need', async () => {
    const chip = inventChip({ pace: null })
    const { figures } = await read(chip, { transport: SHORT, files: ['COM', 'DG1', 'DG2', 'DG13', 'SOD'] })
    const sizes = (['COM', 'DG1', 'DG2', 'DG13', 'SOD'] as const).map((file) => chip.files.get(file)?.length ?? 0)
    // Master file, EF.CardAccess, application, challenge and answer.
    const least = 5 + sizes.reduce((sum, size) => sum + Math.ceil(size / carriedBy('3DES', 256)), 0)
    expect(figures.apdus).toBeLessThanOrEqual(least * 1.1)
  })
})

describe('PACE that is offered', () => {
  /** Spoils the chip's answer to the n-th GENERAL AUTHENTICATE. */
  const failingAt = (chip: InventedChip, step: number): VirtualCard => {
    let seen = 0
    return meddled(chipOf(chip), (answer, { command }) => {
      if (command[1] !== 0x86) return answer
      seen += 1
      return (seen - 1) % 4 === step - 1 ? Uint8Array.of(0x6a, 0x80) : answer
    })
  }

  it.each([1, 2, 3, 4])('and fails at step %i is told, and BAC is not tried', async (step) => {
    const chip = inventChip()
    let bac = 0
    const card = meddled(failingAt(chip, step), (answer, { command }) => {
      if (command[1] === 0x84) bac += 1
      return answer
    })
    expect(await ending(read(chip, { card }))).toBe('THE-006')
    expect(bac).toBe(0)
  })

  it('and fails is followed by BAC where an officer allowed that, and says so', async () => {
    const chip = inventChip()
    const { access, files } = await read(chip, { card: failingAt(chip, 2), allowBac: true })
    expect(access).toEqual({ protocol: 'BAC', key: 'mrz', mapping: null, agreement: null, cipher: '3DES', downgraded: true })
    expect(digests(files)).toEqual(digests(chip.files))
  })

  it('and works is not given up because BAC was allowed', async () => {
    expect((await read(inventChip(), { allowBac: true })).access).toMatchObject({ protocol: 'PACE', downgraded: false })
  })

  it('and is none that we know is told; BAC only where it was allowed', async () => {
    const chip = inventChip({ changed: { CardAccess: STRANGE_OFFER } })
    expect(await ending(read(chip))).toBe('THE-017')
    expect((await read(chip, { allowBac: true })).access).toMatchObject({ protocol: 'BAC', downgraded: true })
  })

  it('and cannot be read is told; BAC only where it was allowed', async () => {
    const chip = inventChip({ changed: { CardAccess: Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05) } })
    expect(await ending(read(chip))).toBe('THE-009')
    expect((await read(chip, { allowBac: true })).access).toMatchObject({ protocol: 'BAC', downgraded: true })
  })

  it('never was, where EF.CardAccess holds other things: that is no downgrade', async () => {
    expect((await read(inventChip({ changed: { CardAccess: NO_OFFER } }))).access).toMatchObject({ protocol: 'BAC', downgraded: false })
  })

  it('does not take a wrong key for a failure that BAC may follow', async () => {
    const chip = inventChip()
    expect(await ending(read(chip, { keys: [{ kind: 'can', can: '000000' }], allowBac: true }))).toBe('THE-002')
  })
})

/** Reads a chip that is lifted at the n-th command after each laying down, `times` times. */
async function readLifted(chip: InventedChip, at: number, times: number, transport: Partial<CardTransport> = {}): Promise<ChipSession> {
  let lifts = 0
  const lifted = (): VirtualCard => {
    const card = chipOf(chip)
    if (lifts === times) return card
    return liftedAt(card, at, () => {
      lifts += 1
      desk.reader.put(null)
    })
  }
  const desk = await deskWith(lifted)
  const first = await desk.connect()
  return readChip({ ...first, ...transport }, {
    keys: [chip.key], files: ALL, allowBac: false, random, onProgress: () => undefined,
    reinsert: async () => {
      desk.reader.put('0')
      return { ...(await desk.connect()), ...transport }
    },
  })
}

describe('a card that is lifted', () => {
  it.each(WAYS)('at any command while it is opened by %s, or read, and put back, ends with the same files', async (_name, wish) => {
    const chip = inventChip({ active: { kind: 'ECDSA', hash: 'sha256', parameterId: 12 }, ...wish })
    const whole = (await read(chip)).figures.apdus
    for (let at = 1; at <= whole; at += 1) {
      const { files, figures, copy } = await readLifted(chip, at, 1)
      expect(digests(files), `lifted at ${at}`).toEqual(digests(chip.files))
      expect([figures.resumed, copy.state], `lifted at ${at}`).toEqual([1, 'original'])
    }
  })

  it('again and again, at any command of short reads, goes on where it stopped', async () => {
    const chip = inventChip({ pace: null })
    const { figures: { bytes, apdus } } = await read(chip, { transport: SHORT })
    await fc.assert(fc.asyncProperty(fc.integer({ min: 8, max: apdus }), fc.integer({ min: 1, max: 3 }), async (at, times) => {
      const { files, figures } = await readLifted(chip, at, times, SHORT)
      expect(digests(files)).toEqual(digests(chip.files))
      // Opened again each time; of what was read only a few bytes are looked at again. Lifted at one place again and again, shorter reads are tried.
      expect(figures.bytes).toBeLessThan(bytes + times * 1500 + 3000)
    }), { numRuns: 12, seed: 11 })
  })

  it('for good ends the reading when nobody waits for it', async () => {
    const chip = inventChip()
    const desk = await deskWith(() => liftedAt(chipOf(chip), 12, () => desk.reader.put(null)))
    const ended = readChip(await desk.connect(), { keys: [chip.key], files: ALL, allowBac: false, random, onProgress: () => undefined })
    expect(await ending(ended)).toBe('THE-001')
  })

  it('may be followed by another card with the same key: then all is read of that one, and nothing of the first is left', async () => {
    const first = inventChip({ pace: null, chip: PROOF })
    const second = inventChip({ pace: null, details: true, face: new Uint8Array([...(first.files.get('DG2') ?? [])].slice(100)), changed: { DG1: moved(first) } })
    const { figures: { apdus } } = await read(first)
    for (let at = 7; at <= apdus; at += 1) {
      const desk = await deskWith(() => liftedAt(chipOf(first), at, () => desk.reader.put(null)), () => chipOf(second))
      const { files } = await readChip(await desk.connect(), {
        keys: [first.key], files: ALL, allowBac: false, random, onProgress: () => undefined,
        reinsert: async () => {
          desk.reader.put('1')
          return desk.connect()
        },
      })
      expect(digests(files), `changed at ${at}`).toEqual(digests(second.files))
    }
  })
})

describe('a card with the same files, put in the place of the one that was lifted', () => {
  const swapped = async (first: InventedChip, second: () => VirtualCard, at: number, allowBac = false): Promise<ChipSession> => {
    const desk = await deskWith(() => liftedAt(chipOf(first), at, () => desk.reader.put(null)), second)
    return readChip(await desk.connect(), {
      keys: [first.key], files: ALL, allowBac, random, onProgress: () => undefined,
      reinsert: async () => {
        desk.reader.put('1')
        return desk.connect()
      },
    })
  }

  it.each<[string, ChipWish]>([
    ['chip authentication', { chip: PROOF }],
    ['chip authentication mapping', { pace: paceOf('ECDH-CAM'), chip: PROOF }],
    ['active authentication', { active: { kind: 'ECDSA', hash: 'sha256', parameterId: 12 } }],
  ])('is never taken for the original that proved itself by %s before', async (_name, wish) => {
    const [chip, copy] = [inventChip(wish), inventChip({ ...wish, copied: true })]
    expect(digests(copy.files)).toEqual(digests(chip.files))
    const { figures: { apdus } } = await read(chip)
    for (let at = 2; at <= apdus; at += 1) expect((await swapped(chip, () => chipOf(copy), at)).copy.state, `changed at ${at}`).toBe('copied')
  })

  it('tells that it was opened by BAC, when PACE failed with it only', async () => {
    const chip = inventChip({ chip: PROOF })
    const failing = (): VirtualCard => meddled(chipOf(chip), (answer, { command }) => (command[1] === 0x86 ? Uint8Array.of(0x6f, 0x00) : answer))
    const { access } = await swapped(chip, failing, (await read(chip)).figures.apdus - 1, true)
    expect(access).toMatchObject({ protocol: 'BAC', downgraded: true })
  })
})

/** The MRZ of somebody else whose key is the same. */
function moved({ files }: InventedChip): Uint8Array {
  const dg1 = Buffer.from(files.get('DG1') ?? [])
  const at = dg1.indexOf('DANG<<THI')
  dg1.write('DANG<<VAN', at, 'latin1')
  return new Uint8Array(dg1)
}

describe('a card that is not ours to read', () => {
  it('is named as unknown where it has no eMRTD application', async () => {
    const card = meddled(chipOf(inventChip()), (answer, { command }) => (command[1] === 0xa4 && command[2] === 4 ? Uint8Array.of(0x6a, 0x82) : command[1] === 0xb0 ? Uint8Array.of(0x69, 0x82) : answer))
    expect(await ending(read(inventChip(), { card }))).toBe('THE-003')
  })

  it('is named as unknown where it knows no command at all', async () => {
    const card: VirtualCard = { atr: Uint8Array.of(0x3b, 0), reset: () => undefined, transmit: () => Uint8Array.of(0x6d, 0x00) }
    expect(await ending(read(inventChip(), { card }))).toBe('THE-003')
  })

  it.each([[new Uint8Array(0)], [Uint8Array.of(0x90)]])('is the reader\'s trouble where it answers less than a status word', async (answer) => {
    const card: VirtualCard = { atr: Uint8Array.of(0x3b, 0), reset: () => undefined, transmit: () => answer }
    expect(await ending(read(inventChip(), { card }))).toBe('TB-009')
  })

  it('is passed on as mute where the reader says so', async () => {
    const card: VirtualCard = { atr: Uint8Array.of(0x3b, 0), reset: () => undefined, transmit: () => Promise.reject(new AppError('TB-010')) }
    expect(await ending(read(inventChip(), { card }))).toBe('TB-010')
  })

  it.each(WAYS)('gets three keys by %s and no fourth', async (_name, wish) => {
    const chip = inventChip(wish)
    const wrong = [1, 2, 3].map((digit) => ({ kind: 'mrz', information: `${chip.key.kind === 'mrz' ? chip.key.information.slice(0, -1) : ''}${digit}` } as const))
    expect(await ending(read(chip, { keys: wrong }))).toBe('THE-002')
    expect(await ending(read(chip, { keys: [...wrong, chip.key] }))).toBe('THE-005')
    expect((await read(chip, { keys: [...wrong.slice(1), chip.key], files: ['DG1'] })).files.size).toBe(1)
  })
})

describe('a reading', () => {
  it('can be stopped after any command, and says that it was', async () => {
    const chip = inventChip({ chip: PROOF })
    const whole = (await read(chip)).figures.apdus
    for (let at = 1; at < whole; at += 3) {
      const stop = new AbortController()
      const card = meddled(chipOf(chip), (answer, { count }) => {
        if (count === at) stop.abort()
        return answer
      })
      expect(await ending(read(chip, { card, signal: stop.signal })), `after ${at}`).toBe('THE-013')
    }
  })

  it('can be had twice of one card', async () => {
    const chip = inventChip({ chip: PROOF })
    const desk = await deskWith(() => chipOf(chip))
    for (let time = 0; time < 2; time += 1) {
      const transport = await desk.connect()
      const { files } = await readChip(transport, { keys: [chip.key], files: ALL, allowBac: false, random, onProgress: () => undefined })
      await transport.close()
      expect(digests(files)).toEqual(digests(chip.files))
    }
  })

  it('brings nothing of the holder to the log of what was said when it fails', async () => {
    const chip = inventChip()
    const card = meddled(chipOf(chip), (answer, { count }) => (count === 13 ? answer.with(-4, (answer.at(-4) ?? 0) ^ 1) : answer))
    const error = await read(chip, { card }).then(() => null, (thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(AppError)
    expect(JSON.stringify(error instanceof AppError ? { ...error.params, text: error.message } : null)).not.toMatch(new RegExp(`${HOLDER.idNumber}|${chip.key.kind === 'mrz' ? chip.key.information : ''}|DANG`, 'u'))
  })
})

it('an emulated chip ends its session at what is no command, and answers what is no object', async () => {
  const card = chipOf(inventChip({ pace: paceOf('ECDH-GM') }))
  const said = async (hex: string): Promise<string> => Buffer.from(await card.transmit(Uint8Array.from(Buffer.from(hex, 'hex')))).toString('hex')
  expect([await said('00'), await said('00A4'), await said('00B0000005'), await said('0022C1A40380FFFF'), await said('008600000102'), await said('0CB0000000'), await said('80FF0000')])
    .toEqual(['6700', '6700', '6986', '6a80', '6982', '6982', '6d00'])
})
