import { describe, expect, it } from 'vitest'
import { type Command, decodeAnswer, encodeCommand, type Exchange } from '../../../src-main/identity/chip/apdu'
import { performBac } from '../../../src-main/identity/chip/bac'
import { layDown, MRZ_INFORMATION, smallCard } from './small-card'

const random = (length: number): Uint8Array => new Uint8Array(length).map((_, index) => index * 13 + length)
const OTHER = '190123456990010113001020'

function exchangeWith(change: (answer: Uint8Array, command: Command) => Uint8Array = (answer) => answer, wrongKey = 0x6300): Exchange {
  const { transport } = layDown(smallCard({ wrongKey, fault: (answer, { plain }) => change(answer, plain) }))
  return async (command) => decodeAnswer(await transport.transmit(encodeCommand(command))) ?? { data: new Uint8Array(0), sw: 0 }
}

describe('basic access control', () => {
  it('agrees with the chip on keys that secure messaging works with', async () => {
    const keys = await performBac(exchangeWith(), MRZ_INFORMATION, random)
    expect([keys.cipher, keys.enc.length, keys.mac.length, keys.ssc.length]).toEqual(['3DES', 16, 16, 8])
  })

  it.each([0x6300, 0x63c0, 0x63c2, 0x63cf, 0x6982, 0x6985, 0x6988])('takes status %i for a wrong key', async (sw) => {
    await expect(performBac(exchangeWith(undefined, sw), OTHER, random)).rejects.toMatchObject({ code: 'THE-002' })
  })

  it('takes an answer with another MAC for a wrong key', async () => {
    const spoil = (answer: Uint8Array, { ins }: Command): Uint8Array => (ins === 0x82 ? answer.map((byte, index) => (index === 39 ? byte ^ 1 : byte)) : answer)
    await expect(performBac(exchangeWith(spoil), MRZ_INFORMATION, random)).rejects.toMatchObject({ code: 'THE-002' })
  })

  it('refuses a token that answers another challenge', async () => {
    let token: Uint8Array | null = null
    const replay = (answer: Uint8Array, { ins }: Command): Uint8Array => (ins === 0x82 ? (token ??= answer) : answer)
    const exchange = exchangeWith(replay)
    await performBac(exchange, MRZ_INFORMATION, random)
    await expect(performBac(exchange, MRZ_INFORMATION, (length) => random(length).map((byte) => byte ^ 0x55))).rejects.toMatchObject({ code: 'THE-007', params: { fault: 'mac' } })
  })

  it('tells a chip that refuses for another reason by its status', async () => {
    const refuse = (at: number, sw: string) => (answer: Uint8Array, { ins }: Command): Uint8Array => (ins === at ? Uint8Array.from(Buffer.from(sw, 'hex')) : answer)
    await expect(performBac(exchangeWith(refuse(0x84, '6D00')), MRZ_INFORMATION, random)).rejects.toMatchObject({ code: 'THE-010', params: { sw: '6D00' } })
    await expect(performBac(exchangeWith(refuse(0x84, '01029000')), MRZ_INFORMATION, random)).rejects.toMatchObject({ code: 'THE-010' })
    await expect(performBac(exchangeWith(refuse(0x82, '6F00')), MRZ_INFORMATION, random)).rejects.toMatchObject({ code: 'THE-010', params: { sw: '6F00' } })
    await expect(performBac(exchangeWith(refuse(0x82, '00009000')), MRZ_INFORMATION, random)).rejects.toMatchObject({ code: 'THE-007' })
  })
})
