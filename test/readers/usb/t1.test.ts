import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createT1 } from '../../../src-main/readers/usb/card/t1'
import { pattern, testCard } from '../../devices/ccid/cards'
import { t1Side, type T1CardOptions } from '../../devices/ccid/t1-card'

type Options = T1CardOptions & Readonly<{ ifsd?: number }>

function talk(options: Options = {}) {
  const card = testCard()
  const side = t1Side(card, options)
  const blocks: Uint8Array[] = []
  const waits: number[] = []
  const line = createT1((block, granted) => {
    blocks.push(block)
    waits.push(granted)
    return side(block)
  }, { ifsc: options.ifsc ?? 254, ifsd: options.ifsd ?? 254, crc: options.crc ?? false, tellIfsd: true })
  return { line, card, blocks, waits }
}

const echo = (length: number): Uint8Array => Uint8Array.from([0x80, 0xf1, 0, 0, 0, length >> 8, length & 0xff, ...pattern(length), 0, 0])
const expected = (length: number): Uint8Array => Uint8Array.from([...pattern(length), 0x90, 0])

test('the card is told once how much we take', async () => {
  const { line, blocks } = talk()
  await line(echo(10))
  await line(echo(10))
  expect(blocks.filter((block) => block[1] === 0xc1).map((block) => block[3])).toEqual([254])
})

test('data of any length goes both ways in chains of any block size', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 2000 }), fc.integer({ min: 5, max: 254 }), fc.integer({ min: 5, max: 254 }), fc.boolean(), async (length, ifsc, ifsd, withCrc) => {
    const { line } = talk({ ifsc, ifsd, crc: withCrc })
    for (let time = 0; time < 2; time++) expect(Buffer.compare(await line(echo(length)), expected(length))).toBe(0)
  }), { numRuns: 60 })
})

test.each(['garble', 'lose', 'parity'] as const)('one block in five of the card, %s: every command is still done once and answered whole', async (how) => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 4 }), async (length, at) => {
    const { line, card } = talk({ ifsc: 60, ifsd: 60, fault: (sent) => (sent % 5 === at ? how : null) })
    for (let time = 0; time < 3; time++) expect(Buffer.compare(await line(echo(length)), expected(length))).toBe(0)
    expect(card.log.length).toBe(3)
  }), { numRuns: 40 })
})

test('blocks of ours that are disturbed on their way are sent again when the card asks for them', async () => {
  await fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 900 }), fc.integer({ min: 0, max: 3 }), async (length, at) => {
    const card = testCard()
    const side = t1Side(card, { ifsc: 60, sends: 60 })
    const pcbs: number[] = []
    const line = createT1((block) => {
      pcbs.push(block[1] ?? 0)
      return side(pcbs.length % 4 === at ? block.map((byte, index) => (index === 1 ? byte ^ 0x04 : byte)) : block)
    }, { ifsc: 60, ifsd: 60, crc: false, tellIfsd: false })
    for (let time = 0; time < 3; time++) expect(Buffer.compare(await line(echo(length)), expected(length))).toBe(0)
    expect(pcbs).not.toContain(0xc0)
    expect(card.log.length).toBe(3)
  }), { numRuns: 40 })
})

test('a request for time is granted with its own multiplier, a change of IFSC is heeded', async () => {
  const { line, waits, blocks } = talk({ first: ['wtx', 'ifs'], ifsc: 254 })
  expect(await line(echo(20))).toEqual(expected(20))
  expect(waits).toContain(2)
  blocks.length = 0
  await line(echo(100))
  expect(Math.max(...blocks.map((block) => block[2] ?? 0))).toBe(40)
})

test('a card that aborts ends the command', async () => {
  await expect(talk({ first: ['abort'] }).line(echo(5))).rejects.toMatchObject({ kind: 'other' })
})

test('three bad answers in a row bring the line in step, and the command is done again', async () => {
  const { line, blocks } = talk({ fault: (sent) => (sent >= 1 && sent <= 3 ? 'garble' : null) })
  expect(await line(echo(5))).toEqual(expected(5))
  expect(blocks.some((block) => block[1] === 0xc0)).toBe(true)
})

test.each([['lose', 'timeout'], ['garble', 'other']] as const)('a line on which nothing comes through (%s) is given up, not tried for ever', async (how, kind) => {
  const { line, blocks } = talk({ fault: () => how })
  await expect(line(echo(5))).rejects.toMatchObject({ kind })
  expect(blocks.length).toBeLessThan(40)
})

test('whatever a broken card sends, talking ends', async () => {
  await fc.assert(fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 12 }), { minLength: 1, maxLength: 20 }), async (answers) => {
    let at = 0
    const line = createT1(async () => answers[at++ % answers.length] ?? 'mute', { ifsc: 32, ifsd: 32, crc: false, tellIfsd: true })
    await line(echo(5)).catch((error: unknown) => expect(error).toHaveProperty('kind'))
    expect(at).toBeLessThan(25_000)
  }), { numRuns: 200 })
})
