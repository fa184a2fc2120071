import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { type Answer, type Command, encodeCommand } from '../../../src-main/identity/chip/apdu'
import { blockOf, encryptBlock, encryptCbc, macOf, pad } from '../../../src-main/identity/chip/ciphers'
import { carriedBy, clearStatus, secure } from '../../../src-main/identity/chip/secure-messaging'
import { concat, encodeTlv } from '../../../src-main/identity/chip/tlv'
import type { Cipher, SessionKeys } from '../../../src-main/identity/chip/types'
import { hexOf, octets } from './script'
import { cardChannel, decodeCommand } from './small-card'

const KEY_LENGTH: Record<Cipher, number> = { '3DES': 16, 'AES-128': 16, 'AES-192': 24, 'AES-256': 32 }
const CIPHERS = Object.keys(KEY_LENGTH) as Cipher[]
const keysOf = (cipher: Cipher): SessionKeys => ({
  cipher, enc: new Uint8Array(KEY_LENGTH[cipher]).map((_, index) => index * 7 + 1), mac: new Uint8Array(KEY_LENGTH[cipher]).map((_, index) => index * 11 + 3),
  ssc: new Uint8Array(blockOf(cipher)),
})
const READ: Command = { cla: 0, ins: 0xb0, p1: 0, p2: 0, le: 4 }

/** A card of which every answer may be changed before it is protected, or after. */
function cardAnswering(cipher: Cipher, give: Answer, spoil: (answer: Answer) => Answer = (answer) => answer): { exchange: (command: Command) => Promise<Answer>; asked: Command[] } {
  const card = cardChannel(keysOf(cipher))
  const asked: Command[] = []
  return {
    asked,
    exchange: async (command) => {
      const plain = card.open(decodeCommand(encodeCommand(command)) ?? command)
      if (plain === null) throw new Error('the card refused the command')
      asked.push(plain)
      return spoil(card.seal(give))
    },
  }
}

async function fault(act: Promise<unknown>): Promise<string> {
  try {
    await act
  } catch (error) {
    if (error instanceof AppError && error.code === 'THE-007') return `${String(error.params['fault'])}${error.params['sw'] === undefined ? '' : ` ${String(error.params['sw'])}`}`
    throw error
  }
  return 'accepted'
}

describe('a protected command and its answer', () => {
  const lengths = fc.oneof(fc.constantFrom(0, 1, 7, 8, 9, 15, 16, 17, 215, 216, 223, 224, 231, 232, 239, 240, 255, 256, 257, 1023), fc.integer({ min: 0, max: 3000 }))
  const les = fc.oneof(fc.constantFrom(0, 1, 223, 224, 231, 232, 255, 256, 257, 65_503, 65_535, 65_536), fc.integer({ min: 0, max: 65_536 }))

  it('come through as they were, for every cipher and length around a block and around the short form', async () => {
    await fc.assert(fc.asyncProperty(fc.constantFrom(...CIPHERS), lengths, lengths, les, fc.constantFrom(0xa4, 0xb0, 0xb1, 0x86), async (cipher, sent, given, le, ins) => {
      fc.pre(sent > 0 || le > 0)
      const data = new Uint8Array(sent).map((_, index) => index)
      const give = { data: new Uint8Array(given).map((_, index) => index * 3), sw: 0x9000 }
      const { exchange, asked } = cardAnswering(cipher, give)
      const channel = secure(exchange, keysOf(cipher))
      for (let turn = 0; turn < 3; turn += 1) {
        const answer = await channel({ cla: 0, ins, p1: 1, p2: 2, data, le })
        expect({ data: hexOf(answer.data), sw: answer.sw }).toEqual({ data: hexOf(give.data), sw: 0x9000 })
        const got = asked.at(-1)
        expect({ ...got, data: hexOf(got?.data ?? new Uint8Array(0)), le: got?.le ?? 0 }).toEqual({ cla: 0, ins, p1: 1, p2: 2, data: hexOf(data), le })
      }
    }), { numRuns: 150 })
  })

  it('tells errors that the chip protected, as 6A82 for a missing file', async () => {
    const { exchange } = cardAnswering('AES-128', { data: new Uint8Array(0), sw: 0x6a82 })
    const channel = secure(exchange, keysOf('AES-128'))
    expect((await channel(READ)).sw).toBe(0x6a82)
    expect((await channel(READ)).sw).toBe(0x6a82)
  })

  it('asks for a long answer only where the content does not fit a short one', async () => {
    for (const cipher of CIPHERS) {
      const most = carriedBy(cipher, 256)
      const outer: (number | undefined)[] = []
      const card = cardAnswering(cipher, { data: Uint8Array.of(1), sw: 0x9000 })
      const channel = secure((command) => (outer.push(command.le), card.exchange(command)), keysOf(cipher))
      await channel({ ...READ, le: most })
      await channel({ ...READ, le: most + 1 })
      expect(outer).toEqual([256, 65_536])
    }
  })

  it('fills a short answer with 231 bytes under 3DES and 223 under AES, and never overfills one', async () => {
    expect(carriedBy('3DES', 256)).toBe(231)
    expect(carriedBy('AES-128', 256)).toBe(223)
    const sizeOf = (cipher: Cipher, length: number): number => cardChannel(keysOf(cipher)).seal({ data: new Uint8Array(length), sw: 0x9000 }).data.length
    fc.assert(fc.property(fc.constantFrom(...CIPHERS), fc.oneof(fc.integer({ min: 60, max: 400 }), fc.integer({ min: 60, max: 65_536 })), (cipher, room) => {
      const most = carriedBy(cipher, room)
      expect(sizeOf(cipher, most)).toBeLessThanOrEqual(room)
      // One block more would not fit, except where the length of the object grows by a byte with it.
      expect(sizeOf(cipher, most + blockOf(cipher))).toBeGreaterThan(room - 2)
    }))
  })
})

describe('an answer that is not what the chip protected is refused', () => {
  const replaced = (answer: Answer, at: number, by: number): Answer => ({ ...answer, data: answer.data.map((byte, index) => (index === at ? by : byte)) })
  const without = (answer: Answer, tag: number): Answer => {
    const parts: Uint8Array[] = []
    for (let at = 0; at < answer.data.length;) {
      const end = at + 2 + (answer.data[at + 1] ?? 0)
      if (answer.data[at] !== tag) parts.push(answer.data.subarray(at, end))
      at = end
    }
    return { ...answer, data: concat(...parts) }
  }
  /** An answer whose MAC is right for objects of our choosing. */
  const forged = (cipher: Cipher, sw: number, objects: (keys: SessionKeys, counter: Uint8Array) => Uint8Array): Answer => {
    const keys = keysOf(cipher)
    const counter = new Uint8Array(blockOf(cipher))
    counter[counter.length - 1] = 2
    const made = objects(keys, counter)
    const message = concat(counter, made)
    return { sw, data: concat(made, encodeTlv(0x8e, macOf(cipher, keys.mac, cipher === '3DES' ? message : pad(message, 16)))) }
  }
  const OK_STATUS = octets('99029000')
  const encrypted = (keys: SessionKeys, counter: Uint8Array, padded: Uint8Array): Uint8Array =>
    encryptCbc(keys.cipher, keys.enc, keys.cipher === '3DES' ? new Uint8Array(8) : encryptBlock(keys.cipher, keys.enc, counter), padded)
  const block = (keys: SessionKeys, text: string): Uint8Array => octets(text.repeat(blockOf(keys.cipher) / 8))

  const spoilt: readonly (readonly [string, string, (answer: Answer, cipher: Cipher) => Answer])[] = [
    ['with one bit of the data other', 'mac', (answer) => replaced(answer, 6, (answer.data[6] ?? 0) ^ 1)],
    ['with one bit of the status object other', 'mac', (answer) => replaced(answer, answer.data.length - 11, 1)],
    ['with one bit of the MAC other', 'mac', (answer) => replaced(answer, answer.data.length - 1, (answer.data.at(-1) ?? 0) ^ 0x80)],
    ['without a MAC', 'objects', (answer) => without(answer, 0x8e)],
    ['without the status object', 'objects', (answer) => without(answer, 0x99)],
    ['without the data that the MAC covers', 'mac', (answer) => without(answer, 0x87)],
    ['with a shortened MAC', 'objects', (answer) => ({ ...answer, data: concat(answer.data.subarray(0, -10), octets('8E04'), answer.data.subarray(-8, -4)) })],
    ['with the MAC first', 'objects', (answer) => ({ ...answer, data: concat(answer.data.subarray(-10), answer.data.subarray(0, -10)) })],
    ['with bytes after the MAC', 'objects', (answer) => ({ ...answer, data: concat(answer.data, octets('8000')) })],
    ['with an object cut off', 'objects', (answer) => ({ ...answer, data: answer.data.subarray(0, -1) })],
    ['with the status in clear other than the protected one', 'status', (answer) => ({ ...answer, sw: 0x6282 })],
    ['with an error in clear over a protected success', 'status', (answer) => ({ ...answer, sw: 0x6a82 })],
    ['in clear, as a success without data', 'objects', () => ({ data: new Uint8Array(0), sw: 0x9000 })],
    ['in clear, as data without protection', 'objects', () => ({ data: octets('60145F01'), sw: 0x9000 })],
    ['with two data objects', 'objects', (_, cipher) => forged(cipher, 0x9000, (keys, counter) => {
      const object = encodeTlv(0x87, Uint8Array.of(1), encrypted(keys, counter, block(keys, '6014800000000000')))
      return concat(object, object, OK_STATUS)
    })],
    ['with an object that is none of secure messaging', 'objects', (_, cipher) => forged(cipher, 0x9000, () => concat(octets('810160'), OK_STATUS))],
    ['with a status object of three bytes', 'objects', (_, cipher) => forged(cipher, 0x9000, () => octets('9903900000'))],
    ['with data under a padding that is not told', 'objects', (_, cipher) => forged(cipher, 0x9000, (keys, counter) => concat(encodeTlv(0x87, Uint8Array.of(2), encrypted(keys, counter, block(keys, '6014800000000000'))), OK_STATUS))],
    ['with data that is no whole block', 'padding', (_, cipher) => forged(cipher, 0x9000, () => concat(octets('8704010102 03'), OK_STATUS))],
    ['with an empty cryptogram', 'padding', (_, cipher) => forged(cipher, 0x9000, () => concat(octets('870101'), OK_STATUS))],
    ['with data that has no padding', 'padding', (_, cipher) => forged(cipher, 0x9000, (keys, counter) => concat(encodeTlv(0x87, Uint8Array.of(1), encrypted(keys, counter, block(keys, '6014606060606060'))), OK_STATUS))],
    ['with padding over more than a block', 'padding', (_, cipher) => forged(cipher, 0x9000, (keys, counter) => {
      const padded = concat(octets('80'), new Uint8Array(2 * blockOf(cipher) - 1))
      return concat(encodeTlv(0x87, Uint8Array.of(1), encrypted(keys, counter, padded)), OK_STATUS)
    })],
  ]

  for (const cipher of ['3DES', 'AES-128', 'AES-256'] as const) {
    for (const [what, expected, spoil] of spoilt) {
      it(`${what} (${cipher})`, async () => {
        const card = cardAnswering(cipher, { data: octets('60145F01'), sw: 0x9000 }, (answer) => spoil(answer, cipher))
        const channel = secure(card.exchange, keysOf(cipher))
        expect(await fault(channel(READ))).toBe(expected)
        expect(await fault(channel(READ))).toBe('over')
        expect(card.asked).toHaveLength(1)
      })
    }
  }

  it('when it is an older answer played again, or the counter jumped', async () => {
    const answers: Answer[] = []
    const card = cardAnswering('AES-128', { data: octets('60145F01'), sw: 0x9000 }, (answer) => answers[answers.push(answer) - 2] ?? answer)
    const channel = secure(card.exchange, keysOf('AES-128'))
    expect((await channel(READ)).sw).toBe(0x9000)
    expect(await fault(channel(READ))).toBe('mac')

    const ahead = cardChannel({ ...keysOf('AES-128'), ssc: new Uint8Array(16).fill(2, 15) })
    expect(await fault(secure(async () => ahead.seal({ data: octets('60'), sw: 0x9000 }), keysOf('AES-128'))(READ))).toBe('mac')
  })

  it('when it was protected with other keys', async () => {
    for (const part of ['enc', 'mac'] as const) {
      const keys = keysOf('AES-128')
      const other = cardChannel({ ...keys, ssc: new Uint8Array(16).fill(1, 15), [part]: keys[part].map((byte) => byte ^ 0x10) })
      expect(await fault(secure(async () => other.seal({ data: octets('60145F01'), sw: 0x9000 }), keys)(READ))).not.toBe('accepted')
    }
  })

  it('and an error in clear ends the channel with a status that the session may go on from', async () => {
    for (const sw of [0x6700, 0x6982, 0x6987, 0x6988, 0x6f00]) {
      const channel = secure(async () => ({ data: new Uint8Array(0), sw }), keysOf('3DES'))
      const told = await channel(READ).catch((error: unknown) => error)
      expect(clearStatus(told)).toBe(sw)
      expect(await fault(channel(READ))).toBe('over')
      expect(clearStatus(await channel(READ).catch((error: unknown) => error))).toBeNull()
    }
  })

  it('and a command that never got an answer ends the channel', async () => {
    const channel = secure(() => Promise.reject(new AppError('THE-001')), keysOf('3DES'))
    await expect(channel(READ)).rejects.toMatchObject({ code: 'THE-001' })
    expect(await fault(channel(READ))).toBe('over')
  })

  it('whatever bytes it is made of', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(0x9000, 0x6282, 0x6a82), async (data, sw) => {
      expect(await fault(secure(async () => ({ data, sw }), keysOf('3DES'))(READ))).not.toBe('accepted')
    }), { numRuns: 300 })
  })
})
