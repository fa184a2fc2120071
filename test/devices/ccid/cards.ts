/** A card of a test: its answer to reset, and what it answers to APDUs. */
export type TestCard = Readonly<{ atr: Uint8Array; transmit: (command: Uint8Array) => Uint8Array | Promise<Uint8Array> }>

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'))

export const ATR = {
  /** T=0 alone. */
  t0: hex('3b021450'),
  /** T=1 alone, IFSC 254, LRC. */
  t1: hex('3b808151fe00ae'),
  /** T=0 first, T=1 as well: how contactless readers make it up. */
  both: hex('3b8880015452495649414c2175'),
  /** T=1, IFSC 32 (default). */
  t1Small: hex('3b800181'),
} as const

/** An ATR for T=1 with its own IFSC and check, put together with its check byte. */
export function atrOfT1(ifsc: number, crc: boolean): Uint8Array {
  // TD1 = T=1 with TD2; TD2 = T=1 with TA3 and TC3.
  const body = [0x80, 0x81, 0x51, ifsc, crc ? 1 : 0]
  return Uint8Array.of(0x3b, ...body, body.reduce((sum, byte) => sum ^ byte, 0))
}

/** Bytes that tell their place, so that a lost or doubled piece shows. */
export const pattern = (length: number): Uint8Array => Uint8Array.from({ length }, (_, at) => (at * 7 + (at >> 8)) & 0xff)

const answer = (data: Uint8Array, sw = 0x9000): Uint8Array => Uint8Array.from([...data, sw >> 8, sw & 0xff])

/** Lc and data of a command, short or extended. */
function dataOf(command: Uint8Array): Uint8Array {
  if (command.length <= 5) return new Uint8Array(0)
  if (command[4] !== 0) return command.subarray(5, 5 + (command[4] ?? 0))
  if (command.length === 7) return new Uint8Array(0)
  return command.subarray(7, 7 + ((command[5] ?? 0) << 8) + (command[6] ?? 0))
}

/**
 * 80 F0 hi lo: that many patterned bytes; 80 F1: its data back; 80 F2 hi lo: 9000 after that many ms; 80 F3: length of the command;
 * SELECT: 9000; else 6D00.
 */
export function testCard(atr: Uint8Array = ATR.both): TestCard & Readonly<{ log: Uint8Array[] }> {
  const log: Uint8Array[] = []
  return {
    atr, log,
    transmit: (command) => {
      log.push(command.slice())
      const [cla = 0, ins = 0, p1 = 0, p2 = 0] = command
      if (cla === 0 && ins === 0xa4) return answer(new Uint8Array(0))
      if (cla !== 0x80) return answer(new Uint8Array(0), 0x6d00)
      if (ins === 0xf0) return answer(pattern((p1 << 8) | p2))
      if (ins === 0xf1) return answer(dataOf(command))
      if (ins === 0xf2) return new Promise((resolve) => setTimeout(resolve, (p1 << 8) | p2, answer(new Uint8Array(0))))
      if (ins === 0xf3) return answer(Uint8Array.of(command.length >> 16, (command.length >> 8) & 0xff, command.length & 0xff))
      return answer(new Uint8Array(0), 0x6d00)
    },
  }
}
