import { writeFileSync } from 'node:fs'
import { truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { ChipKey } from '@contract/chip'
import { ReadingId } from '@contract/chip'
import { AppError } from '@contract/errors'
import { eventsOf } from '../../../src-main/identity/desk/events'
import { filesOfFolder } from '../../../src-main/identity/desk/folder'
import { keysOf } from '../../../src-main/identity/desk/keys'
import type { Held } from '../../../src-main/identity/desk/reading'
import { createShelf } from '../../../src-main/identity/desk/shelf'
import { createTries } from '../../../src-main/identity/desk/tries'
import { LARGEST_FILE } from '../../../src-main/identity/lds'
import { codeOf, codeOfAsync, temporaryFolder } from '../../storage/support'

const TODAY = '2026-11-23'
const MRZ = 'IDVNM1901234569001190123456<<0\n9001011F3001019VNM<<<<<<<<<<<2\nNGUYEN<<THI<VI<DU<<<<<<<<<<<<<'
const INFORMATION = '190123456990010113001019'

describe('what a chip is opened with', () => {
  it.each<[string, ChipKey, string[], boolean]>([
    ['a whole MRZ', { mrz: MRZ }, [INFORMATION], false],
    ['the MRZ information alone', { mrz: INFORMATION }, [INFORMATION], false],
    ['an MRZ in small letters with blanks', { mrz: MRZ.toLowerCase().replaceAll('\n', ' \n ') }, [INFORMATION], false],
    ['number and dates', { documentNumber: '190123456', birthDate: '1990-01-01', expiryDate: '2030-01-01' }, [INFORMATION], false],
    ['the QR with the date on the card', { idNumber: '001190123456', birthDate: '1990-01-01', issuedAt: '2021-05-05', expiryDate: '2030-01-01' }, [INFORMATION], false],
    ['the QR of a card that does not expire', { idNumber: '079054001238', birthDate: '1954-11-20', issuedAt: '2022-04-18', expiryDate: 'none' }, ['054001238154112019912315'], false],
  ])('is known from %s', (_name, key, information, guessed) => {
    expect(keysOf(key, TODAY)).toEqual({ keys: information.map((each) => ({ kind: 'mrz', information: each })), guessed })
  })

  it('is the CAN, with or without blanks in it', () => {
    expect(keysOf({ can: '123 456' }, TODAY)).toEqual({ keys: [{ kind: 'can', can: '123456' }], guessed: false })
  })

  it('is guessed from the QR, the likeliest date of expiry first, three at most', () => {
    const { keys, guessed } = keysOf({ idNumber: '001190123456', birthDate: '1990-01-01', issuedAt: '2021-05-05' }, TODAY)
    expect([guessed, keys[0]]).toEqual([true, { kind: 'mrz', information: INFORMATION }])
    for (const issuedAt of [null, '2021-05-05', '2024-08-01']) {
      const guesses = keysOf({ idNumber: '001190123456', birthDate: '1990-01-01', issuedAt }, TODAY).keys
      expect(guesses.length).toBeGreaterThan(0)
      expect(guesses.length).toBeLessThanOrEqual(3)
      expect(new Set(guesses.map((each) => JSON.stringify(each))).size).toBe(guesses.length)
    }
  })

  it.each<[string, ChipKey, string]>([
    ['an MRZ with a digit wrong', { mrz: MRZ.replace('9001011F', '9001012F') }, 'THE-012'], ['text that is no MRZ', { mrz: 'x'.repeat(30) }, 'THE-012'],
    ['five digits', { can: '12345' }, 'THE-015'], ['letters', { can: 'abcdef' }, 'THE-015'], ['no digit at all', { can: '' }, 'THE-015'], ['seven digits', { can: '1234567' }, 'THE-015'],
  ])('cannot be %s', (_name, key, code) => {
    expect(codeOf(() => keysOf(key, TODAY))).toBe(code)
  })
})

describe('tries', () => {
  it('are three for each card, counted for each reader', () => {
    const tries = createTries()
    expect(tries.left('a')).toBe(3)
    tries.wrong('a', 2)
    expect([tries.left('a'), tries.left('b')]).toEqual([1, 3])
    tries.wrong('a', 1)
    expect(codeOf(() => tries.left('a'))).toBe('THE-005')
    expect(tries.left('b')).toBe(3)
  })

  it('begin anew when the card was opened, or taken off', () => {
    const tries = createTries()
    tries.wrong('a', 2)
    tries.opened('a')
    expect(tries.left('a')).toBe(3)
    tries.wrong('a', 3)
    tries.wrong('b', 3)
    tries.forgetAllBut(['b'])
    expect([tries.left('a'), codeOf(() => tries.left('b'))]).toEqual([3, 'THE-005'])
  })
})

const idOf = (number: number): ReadingId => ReadingId.parse(`0192aaaa-aaaa-7aaa-8aaa-aaaaaaaaa${String(number).padStart(3, '0')}`)
// The shelf looks at nothing of a reading but its name.
const heldAs = (id: ReadingId): Held => ({ reading: { id }, face: null }) as unknown as Held

describe('the shelf', () => {
  it('gives a reading for twenty minutes and no longer', () => {
    let now = 0
    const shelf = createShelf(() => now)
    shelf.put(heldAs(idOf(1)))
    now = 20 * 60_000 - 1
    expect(shelf.get(idOf(1)).reading.id).toBe(idOf(1))
    now += 1
    expect(codeOf(() => shelf.get(idOf(1)))).toBe('THE-014')
  })

  it('forgets when the time is over also when nobody asks', () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    let now = 0
    const shelf = createShelf(() => now)
    shelf.put(heldAs(idOf(1)))
    now = 20 * 60_000
    vi.advanceTimersByTime(20 * 60_000)
    // Had it only been hidden by its age, it would be there again.
    now = 0
    expect(codeOf(() => shelf.get(idOf(1)))).toBe('THE-014')
  })

  it('keeps the last eight', () => {
    const shelf = createShelf(() => 0)
    for (let number = 1; number <= 9; number += 1) shelf.put(heldAs(idOf(number)))
    expect([codeOf(() => shelf.get(idOf(1))), shelf.get(idOf(2)).reading.id, shelf.get(idOf(9)).reading.id]).toEqual(['THE-014', idOf(2), idOf(9)])
  })

  it('is empty after it was cleared, and knows nothing that it was not given', () => {
    const shelf = createShelf(() => 0)
    shelf.put(heldAs(idOf(1)))
    shelf.clear()
    expect([codeOf(() => shelf.get(idOf(1))), codeOf(() => shelf.get(idOf(2)))]).toEqual(['THE-014', 'THE-014'])
  })
})

describe('a folder of files', () => {
  it('gives what is named by a file id, in either case, and leaves the rest alone', async () => {
    const folder = temporaryFolder()
    for (const name of ['0101.bin', '010D.BIN', '011d.bin', 'mf-011d.bin', '9999.bin', '0101.bin.txt', 'card.json', '101.bin']) writeFileSync(join(folder, name), name)
    const files = await filesOfFolder(folder)
    expect([...files].map(([file, bytes]) => [file, Buffer.from(bytes).toString()])).toEqual([['DG1', '0101.bin'], ['DG13', '010D.BIN'], ['SOD', '011d.bin']])
  })

  it.each([['is not there', (folder: string) => join(folder, 'nowhere')], ['holds none', (folder: string) => folder]])('that %s is refused', async (_name, of) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'photo.jpg'), 'x')
    expect(await codeOfAsync(() => filesOfFolder(of(folder)))).toBe('TK-013')
  })

  it('with a file that no chip could hold is refused before it is read', async () => {
    const folder = temporaryFolder()
    const path = join(folder, '0102.bin')
    writeFileSync(path, 'x')
    await truncate(path, LARGEST_FILE + 1)
    expect(await codeOfAsync(() => filesOfFolder(folder))).toBe('THE-016')
  })
})

describe('events of something that runs', () => {
  const pulled = async <Event>(events: AsyncIterable<Event>): Promise<Event[]> => {
    const all: Event[] = []
    for await (const event of events) all.push(event)
    return all
  }
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

  it('come in order, also when they come faster than they are taken, and end with the work', async () => {
    expect(await pulled(eventsOf<number>(async (push) => {
      push(1)
      push(2)
      await turn()
      push(3)
      await turn()
    }))).toEqual([1, 2, 3])
  })

  it('are all given before a failure is', async () => {
    const seen: number[] = []
    const failing = (async () => {
      for await (const event of eventsOf<number>(async (push) => {
        push(1)
        await turn()
        push(2)
        throw new AppError('THE-001')
      })) seen.push(event)
    })()
    expect(await codeOfAsync(() => failing)).toBe('THE-001')
    expect(seen).toEqual([1, 2])
  })

  it('fail when the work fails at once', async () => {
    expect(await codeOfAsync(() => pulled(eventsOf(() => Promise.reject(new AppError('THE-004')))))).toBe('THE-004')
  })

  it('that nobody pulls any more stop the work, and whoever stopped goes on when it has ended', async () => {
    const said: string[] = []
    const cancel = new AbortController()
    for await (const event of eventsOf<string>(async (push) => {
      push('first')
      while (!cancel.signal.aborted) await turn()
      await turn()
      said.push('ended')
      throw new AppError('THE-013')
    }, () => cancel.abort())) {
      said.push(event)
      break
    }
    said.push('on')
    expect(said).toEqual(['first', 'ended', 'on'])
  })
})
