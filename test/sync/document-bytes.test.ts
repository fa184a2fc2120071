import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { openDocumentBytes } from '../../src-main/sync/document-bytes'

const WHOLE = Buffer.from(Array.from({ length: 1_000 }, (_, index) => index % 251))
function source(chunk: number): { opened: number; read(): AsyncIterable<Uint8Array> } {
  const told = {
    opened: 0,
    read() {
      told.opened += 1
      return (async function* () {
        for (let at = 0; at < WHOLE.length; at += chunk) yield WHOLE.subarray(at, at + chunk)
      })()
    },
  }
  return told
}

describe('Stretches of a document', () => {
  it('are those of the whole, in any order and whatever the chunks of the store', () => {
    return fc.assert(fc.asyncProperty(fc.integer({ min: 1, max: 400 }), fc.array(fc.tuple(fc.nat(999), fc.nat(300)), { maxLength: 12 }), async (chunk, stretches) => {
      const bytes = openDocumentBytes(source(chunk), 'x' as never)
      for (const [from, length] of stretches) {
        const to = Math.min(WHOLE.length, from + length)
        expect(Buffer.from(await bytes.read(from, to)).equals(WHOLE.subarray(from, to))).toBe(true)
      }
      await bytes.close()
    }))
  })

  it('that follow one another are read from the disk once', async () => {
    const store = source(64)
    const bytes = openDocumentBytes(store, 'x' as never)
    for (let at = 0; at < 1_000; at += 100) await bytes.read(at, at + 100)
    expect(store.opened).toBe(1)
  })
})
