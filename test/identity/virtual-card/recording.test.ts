import { describe, expect, it } from 'vitest'
import { readChip } from '../../../src-main/identity/chip/session'
import type { ChipSession, Random } from '../../../src-main/identity/chip/types'
import { type CardTransport, createPlayer, createRecorder, openRecorded, parseRecording, type Recorder, recordedRandom, writeRecording } from '../../../src-main/readers'
import { type ChipWish, HOLDER, inventChip, type InventedChip, paceOf } from '../../devices/invented-chip'
import { ALL, chipOf, deskWith, digests, ending, liftedAt, random, SHORT, shown } from './support'

const KINDS: readonly (readonly [string, ChipWish])[] = [
  ['BAC and active authentication', { pace: null, active: { kind: 'ECDSA', hash: 'sha256', parameterId: 12 } }],
  ['PACE and chip authentication', { chip: { parameterId: 13, cipher: 'AES-128' } }],
  ['PACE with chip authentication mapping', { pace: paceOf('ECDH-CAM'), chip: { parameterId: 13, cipher: 'AES-128' } }],
]

type Said = Readonly<{ recorder: Recorder; session: ChipSession; drawn: readonly Uint8Array[] }>

const readWith = (chip: InventedChip, transport: CardTransport, own: Random, reinsert?: () => Promise<CardTransport>): Promise<ChipSession> =>
  readChip(transport, { keys: [chip.key], files: ALL, allowBac: false, random: own, onProgress: () => undefined, reinsert })

/** Reads a chip and writes down what was said; with `lifted`, the card is taken off at that command and put back. */
async function record(chip: InventedChip, lifted?: number): Promise<Said> {
  const recorder = createRecorder()
  const drawn: Uint8Array[] = []
  let lifts = 0
  const desk = await deskWith(() => (lifted === undefined || lifts > 0 ? chipOf(chip) : liftedAt(chipOf(chip), lifted, () => {
    lifts += 1
    desk.reader.put(null)
  })))
  const connect = async (): Promise<CardTransport> => recorder.transport({ ...(await desk.connect()), ...SHORT })
  const noting: Random = (length) => {
    const bytes = random(length)
    drawn.push(bytes)
    return bytes
  }
  const session = await readWith(chip, await connect(), recorder.random(noting), () => {
    desk.reader.put('0')
    return connect()
  })
  return { recorder, session, drawn }
}

describe('a recording', () => {
  it.each(KINDS)('of %s is played and gives the same reading', async (_name, wish) => {
    const chip = inventChip(wish)
    const { recorder, session } = await record(chip)
    const text = writeRecording(recorder.recording({ masked: false }))
    const recording = parseRecording(text)
    const source = await openRecorded(text)(() => undefined)
    const played = await readWith(chip, await source.connect(source.slots()[0]?.name ?? ''), recordedRandom(recording))
    expect(digests(played.files)).toEqual(digests(session.files))
    expect({ ...shown(chip, played), figures: null }).toEqual({ ...shown(chip, session), figures: null })
    expect(played.figures).toMatchObject({ apdus: session.figures.apdus, bytes: session.figures.bytes })
  })

  it('of a card that was lifted and put back is played with the lifting', async () => {
    const chip = inventChip({ pace: null })
    const { recorder, session } = await record(chip, 30)
    const recording = recorder.recording({ masked: false })
    const insert = createPlayer(recording)
    const played = await readWith(chip, insert(), recordedRandom(recording), async () => insert())
    expect(digests(played.files)).toEqual(digests(session.files))
    expect([played.figures.resumed, session.figures.resumed]).toEqual([1, 1])
  })

  it('is not played with other random numbers: the commands would be others', async () => {
    const chip = inventChip()
    const { recorder } = await record(chip)
    expect(await ending(readWith(chip, createPlayer(recorder.recording({ masked: false }))(), random))).toBe('TB-011')
  })

  it.each(KINDS)('of %s that is masked holds nothing of the chip, of its keys, or of what was drawn', async (_name, wish) => {
    const chip = inventChip(wish)
    const { recorder, session, drawn } = await record(chip)
    const masked = recorder.recording({ masked: true })
    const text = writeRecording(masked)
    const wire = Buffer.from(masked.exchanges.map((exchange) => ('answer' in exchange ? exchange.command + exchange.answer : '')).join(''), 'hex')
    // Object identifiers of protocols stand in DG14 and in what selects them: they are the same on every card.
    const secrets = [...[...session.files].filter(([file]) => file !== 'DG14' && file !== 'CardAccess' && file !== 'COM').map(([, bytes]) => bytes), ...drawn]
    expect(secrets.length).toBeGreaterThan(5)
    for (const secret of secrets) {
      // Runs of eight bytes that tell something: zeros also stand for what was masked.
      for (let at = 0; at + 8 <= secret.length; at += 8) {
        const run = Buffer.from(secret.subarray(at, at + 8))
        if (new Set(run).size > 4) expect(wire.includes(run), run.toString('hex')).toBe(false)
      }
    }
    expect(masked.random).toEqual([])
    expect(text).not.toMatch(new RegExp([HOLDER.idNumber, 'DANG', Buffer.from(chip.lines[0] ?? '').toString('hex')].join('|'), 'iu'))
    // What is left shows the course: each command's head and length, each answer's length and status.
    expect(masked.exchanges).toHaveLength(recorder.recording({ masked: false }).exchanges.length)
    expect(masked.exchanges.every((exchange) => !('answer' in exchange) || exchange.answer.length >= 4)).toBe(true)
    expect(() => createPlayer(masked)).toThrow()
  })

  it('of what went over the wire under a session key does not open without it: no file stands in it in clear', async () => {
    const chip = inventChip()
    const { recorder } = await record(chip)
    const wire = Buffer.from(recorder.recording({ masked: false }).exchanges.map((exchange) => ('answer' in exchange ? exchange.answer : '')).join(''), 'hex')
    expect(wire.includes(Buffer.from(HOLDER.idNumber))).toBe(false)
  })
})
