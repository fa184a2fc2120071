import { describe, expect, it } from 'vitest'
import { createVirtualSource, type VirtualCard } from '../../src-main/readers'
import { codeOf, codeOfAsync } from '../storage/support'

const command = Uint8Array.of(0, 0x84, 0, 0, 8)

function deck(delayMs = 0) {
  const resets: string[] = []
  const card = (id: string) => (): VirtualCard => ({
    atr: Uint8Array.of(0x3b, 0), reset: () => void resets.push(id),
    transmit: () => Promise.resolve(Uint8Array.of(id.length, 0x90, 0)),
  })
  const cards = ['an', 'binh'].map((id) => ({ id, name: `Thẻ ${id}`, about: 'invented', qr: `qr ${id}`, card: card(id) }))
  return { ...createVirtualSource({ cards, delayMs }), resets }
}

describe('the virtual reader', () => {
  it('is named and marked as played, and tells when a card is put on and taken off', async () => {
    const reader = deck()
    let news = 0
    const source = await reader.open(() => { news += 1 })
    expect(source.slots()).toEqual([{ name: 'Đầu đọc mô phỏng 00 00', kind: 'virtual', slot: 'contactless', card: 'absent', atr: null, simulated: true }])
    reader.put('an')
    expect(source.slots()).toMatchObject([{ card: 'present', atr: Uint8Array.of(0x3b, 0) }])
    expect(reader.cards()).toMatchObject([{ id: 'an', qr: 'qr an', onReader: true }, { id: 'binh', onReader: false }])
    reader.put(null)
    expect([news, source.slots()[0]?.card, source.trouble()]).toEqual([2, 'absent', null])
    expect(codeOf(() => reader.put('nobody'))).toBe('TK-013')
    await source.close()
    reader.put('an')
    expect(news).toBe(2)
  })

  it('is read by one at a time, reset at the start and let go at the end', async () => {
    const reader = deck()
    const source = await reader.open(() => undefined)
    expect(await codeOfAsync(() => source.connect('any'))).toBe('THE-004')
    reader.put('an')
    const transport = await source.connect('any')
    expect(await transport.transmit(command)).toEqual(Uint8Array.of(2, 0x90, 0))
    expect(await codeOfAsync(() => source.connect('any'))).toBe('TB-006')
    await transport.reset()
    await transport.close()
    expect(await codeOfAsync(() => transport.transmit(command))).toBe('THE-001')
    await (await source.connect('any')).close()
    expect(reader.resets).toEqual(['an', 'an', 'an'])
  })

  it.each([['taken off', null], ['exchanged', 'binh'], ['put back', 'an']])('a card that is %s in the middle of a command is lifted for that reading', async (_how, next) => {
    const reader = deck(20)
    const source = await reader.open(() => undefined)
    reader.put('an')
    const transport = await source.connect('any')
    const said = codeOfAsync(() => transport.transmit(command))
    setTimeout(() => reader.put(next), 5)
    expect(await said).toBe('THE-001')
    expect(await codeOfAsync(() => transport.transmit(command))).toBe('THE-001')
    await transport.close()
    expect(await codeOfAsync(() => source.connect('any'))).toBe(next === null ? 'THE-004' : undefined)
  })

  it('waits as long as it was told for every command', async () => {
    const reader = deck(15)
    const source = await reader.open(() => undefined)
    reader.put('an')
    const transport = await source.connect('any')
    const began = performance.now()
    for (let count = 0; count < 4; count += 1) await transport.transmit(command)
    expect(performance.now() - began).toBeGreaterThan(55)
  })
})
