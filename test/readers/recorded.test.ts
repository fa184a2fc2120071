import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AppError } from '@contract/errors'
import { createPlayer, createRecorder, openRecorded, parseRecording, type Recording, recordedRandom, writeRecording } from '../../src-main/readers'
import type { CardTransport } from '../../src-main/readers'
import { maskAnswer, maskCommand } from '../../src-main/readers/recording'
import { codeOf, codeOfAsync } from '../storage/support'

const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))
const SELECT = '00A4040C07A0000002471001'
const READ = '00B0810010'

/** A card that answers every command with itself and 9000, and is lifted at the third. */
function echo(): CardTransport {
  let count = 0
  return {
    reader: 'echo', kind: 'virtual', atr: bytes('3B00'), longestCommand: 261, longestAnswer: 258, reset: async () => undefined, close: async () => undefined,
    transmit: async (command) => {
      count += 1
      if (count === 3) throw new AppError('THE-001')
      return Uint8Array.of(...command, 0x90, 0)
    },
  }
}

async function record(masked: boolean): Promise<Recording> {
  const recorder = createRecorder()
  const random = recorder.random((length) => new Uint8Array(length).fill(7))
  const transport = recorder.transport(echo())
  random(4)
  await transport.transmit(bytes(SELECT))
  await transport.transmit(bytes(READ))
  await transport.transmit(bytes(READ)).catch(() => undefined)
  const back = recorder.transport(echo())
  random(8)
  await back.transmit(bytes(READ))
  return recorder.recording({ masked })
}

describe('a recording', () => {
  it('plays what was recorded, with the lifted card and the one that was put back', async () => {
    const recording = parseRecording(writeRecording(await record(false)))
    const random = recordedRandom(recording)
    const next = createPlayer(recording)
    const transport = next()
    expect(transport).toMatchObject({ kind: 'recorded', reader: 'echo', longestCommand: 261, atr: bytes('3B00') })
    expect(random(4)).toEqual(new Uint8Array(4).fill(7))
    expect(await transport.transmit(bytes(SELECT))).toEqual(bytes(`${SELECT}9000`))
    expect(await transport.transmit(bytes(READ))).toEqual(bytes(`${READ}9000`))
    expect(await codeOfAsync(() => transport.transmit(bytes(READ)))).toBe('THE-001')
    const back = next()
    expect(random(8)).toHaveLength(8)
    expect(await back.transmit(bytes(READ))).toEqual(bytes(`${READ}9000`))
    expect(await codeOfAsync(() => back.transmit(bytes(READ)))).toBe('TB-011')
  })

  it('stops at the first byte that differs, names only the place, and does not go on', async () => {
    const transport = createPlayer(await record(false))()
    await transport.transmit(bytes(SELECT))
    const error = await transport.transmit(bytes('00B0820010')).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'TB-011', params: { index: 1 } })
    expect(JSON.stringify((error as AppError).params)).toBe('{"index":1}')
  })

  it('stops where other random bytes are asked for than were drawn', async () => {
    const random = recordedRandom(await record(false))
    expect(codeOf(() => random(5))).toBe('TB-011')
    random(4)
    random(8)
    expect(codeOf(() => random(4))).toBe('TB-011')
  })

  it('fails where a fault was put in', async () => {
    const transport = createPlayer(await record(false), { faults: { 1: 'TB-008' } })()
    await transport.transmit(bytes(SELECT))
    expect(await codeOfAsync(() => transport.transmit(bytes(READ)))).toBe('TB-008')
  })

  it('masked keeps lengths, files and status words, drops the data and the random bytes, and is not played', async () => {
    const masked = await record(true)
    expect(masked).toMatchObject({ masked: true, random: [] })
    expect(masked.exchanges[0]).toEqual({ command: SELECT, answer: `${'00'.repeat(12)}9000` })
    expect(masked.exchanges[1]).toEqual({ command: READ, answer: `${'00'.repeat(5)}9000` })
    expect(codeOf(() => createPlayer(masked))).toBe('TB-012')
    const source = await openRecorded(writeRecording(masked))(() => undefined)
    expect([source.slots(), source.trouble()?.code, await codeOfAsync(() => source.connect('Bản ghi'))]).toEqual([[], 'TB-012', 'TB-012'])
  })

  it('is a reader of its own, marked as played, that begins anew each time', async () => {
    const source = await openRecorded(writeRecording(await record(false)))(() => undefined)
    expect([source.trouble(), source.slots()]).toMatchObject([null, [{ name: 'Bản ghi', kind: 'recorded', card: 'present', simulated: true }]])
    for (let time = 0; time < 2; time += 1) {
      const transport = await source.connect('Bản ghi')
      expect((await transport.transmit(bytes(SELECT))).length).toBe(14)
      await transport.close()
      expect(await codeOfAsync(() => transport.transmit(bytes(READ)))).toBe('TB-011')
    }
  })
})

describe('masking', () => {
  it.each([
    ['a name in clear stays', SELECT, SELECT],
    ['security environment stays', '0022C1A40F800A04007F00070202040202830101', '0022C1A40F800A04007F00070202040202830101'],
    ['what proves the key goes', '0082000004AABBCCDD04', '00820000040000000004'],
    ['secure messaging goes', '0CA4020C15870901AABBCCDDEEFF00118E08AABBCCDDEEFF001100', `0CA4020C15${'00'.repeat(21)}00`],
    ['an extended command keeps its lengths', '0086000000 0003AABBCC0000'.replace(' ', ''), '00860000000003000000 0000'.replace(' ', '')],
    ['without data nothing changes', READ, READ],
    ['an extended read keeps its length', '00B0810000 7530'.replace(' ', ''), '00B08100007530'],
  ])('%s', (_what, command, masked) => {
    expect(Buffer.from(maskCommand(bytes(command))).toString('hex').toUpperCase()).toBe(masked)
  })

  it('never lengthens, shortens or keeps data of an answer', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (command, answer) => {
      const masked = maskAnswer(answer)
      return maskCommand(command).length === command.length && masked.length === answer.length
        && masked.subarray(0, -2).every((byte) => byte === 0) && (answer.length < 2 || Buffer.from(masked.subarray(-2)).equals(Buffer.from(answer.subarray(-2))))
    }))
  })
})

describe('what is no recording', () => {
  it.each([
    '', 'null', '[]', '{"format":"other"}', '{"format":"mot-cua-apdu-recording","version":2}',
    JSON.stringify({ format: 'mot-cua-apdu-recording', version: 1, masked: false, reader: 'x', atr: '3B0', longestCommand: 261, longestAnswer: 258, random: [], exchanges: [] }),
    JSON.stringify({ format: 'mot-cua-apdu-recording', version: 1, masked: false, reader: 'x', atr: '', longestCommand: 261, longestAnswer: 258, random: [], exchanges: [{ command: '00', fault: 'nonsense' }] }),
  ])('%s is refused with TB-012', (text) => {
    expect(codeOf(() => parseRecording(text))).toBe('TB-012')
  })

  it('never fails in another way, and does not carry the text in its error', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      try {
        parseRecording(text)
      } catch (error) {
        return error instanceof AppError && error.code === 'TB-012' && (text.length < 6 || !`${error.message}${JSON.stringify(error.params)}${String(error.cause)}`.includes(text))
      }
      return true
    }))
  })
})
