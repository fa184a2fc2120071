import { type TestCard } from './cards'

/** A card's T=0 side, one TPDU at a time: holds long answers ready (61xx), corrects lengths (6Cxx), gathers ENVELOPEs (ISO 7816-3 §12.2). */
export function t0Side(card: TestCard): (tpdu: Uint8Array) => Promise<Uint8Array> {
  let ready: Uint8Array = new Uint8Array(0)
  let status: Uint8Array = Uint8Array.of(0x90, 0x00)
  let gathered: Uint8Array = new Uint8Array(0)

  const sw = (high: number, low: number): Uint8Array => Uint8Array.of(high, low)
  const hold = (whole: Uint8Array): void => {
    ready = whole.subarray(0, whole.length - 2)
    status = whole.subarray(whole.length - 2)
  }
  const more = (): Uint8Array => (ready.length === 0 ? status : sw(0x61, ready.length > 255 ? 0 : ready.length))

  function give(length: number): Uint8Array {
    const part = ready.subarray(0, length)
    ready = ready.subarray(part.length)
    return Uint8Array.from([...part, ...more()])
  }

  /** Gathered extended commands say how long they are; without Le, only a piece that is not full shows that none comes. */
  function complete(apdu: Uint8Array, piece: number): boolean {
    const end = 7 + ((apdu[5] ?? 0) << 8) + (apdu[6] ?? 0)
    return apdu.length >= 7 && (apdu.length >= end + 2 || (apdu.length >= end && piece < 255))
  }

  return async (tpdu) => {
    const [cla = 0, ins = 0, , , p3 = 0] = tpdu
    if (ins === 0xc0) return p3 !== 0 && p3 > ready.length ? sw(0x6c, ready.length) : give(p3 || 256)
    if (ins === 0xc2) {
      gathered = Uint8Array.from([...gathered, ...tpdu.subarray(5)])
      if (!complete(gathered, p3)) return sw(0x90, 0x00)
      const whole = gathered
      gathered = new Uint8Array(0)
      hold(await card.transmit(whole))
      return more()
    }
    if (tpdu.length > 5) {
      if (tpdu.length !== 5 + p3) return sw(0x67, 0x00)
      hold(await card.transmit(tpdu))
      return more()
    }
    // Cases 1 and 2 look alike on the line: asked for nothing, the card has what it has.
    hold(await card.transmit(Uint8Array.of(cla, ins, tpdu[2] ?? 0, tpdu[3] ?? 0, p3)))
    if (ready.length === 0) return status
    const asked = p3 || 256
    if (ready.length < asked && p3 !== 0) return sw(0x6c, ready.length)
    return ready.length < asked ? sw(0x6c, ready.length) : give(asked)
  }
}
