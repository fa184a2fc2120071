import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { concat, encodeTlv } from '../../../src-main/identity/chip/tlv'

/** An invented card (TD1): nobody has this number. */
export const MRZ = 'IDVNM1901234569001190123456<<09001011F3001019VNM<<<<<<<<<<<2NGUYEN<<THI<VI<DU<<<<<<<<<<<<<'
/** What opens it: number, birth date and expiry date with their check digits. */
export const MRZ_INFORMATION = '190123456990010113001019'
export const CAN = '123456'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const hex = (value: string): Uint8Array => Uint8Array.from(Buffer.from(value, 'hex'))

/** Bytes that look like chance and are the same every time. */
export function noise(length: number, seed = 7): Uint8Array {
  let state = seed
  return Uint8Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff
    return state >> 16
  })
}

const object = (value: string): Uint8Array => {
  const [first = 0, second = 0, ...rest] = value.split('.').map(Number)
  const base128 = (arc: number): number[] => (arc < 128 ? [arc] : [...base128(Math.floor(arc / 128)).map((byte) => byte | 0x80), arc % 128])
  return encodeTlv(0x06, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/** EF.CardAccess that offers one PACE (9303-11 §9.2.1): its object identifier and its parameters. */
export const cardAccess = (protocol: string, parameterId: number): Uint8Array =>
  encodeTlv(0x31, encodeTlv(0x30, object(protocol), hex('020102'), encodeTlv(0x02, Uint8Array.of(parameterId))))

export const PACE = {
  dhGm: '0.4.0.127.0.7.2.2.4.1', ecdhGm: '0.4.0.127.0.7.2.2.4.2',
  /** 3DES, AES-128, -192, -256. */
  ciphers: [1, 2, 3, 4],
} as const

const DG2_BYTES = 15_000

/** Files of the chip by file id. DG2 is noise in the right wrapping; the face inside cannot be shown. */
export function sampleFiles(): Record<string, Uint8Array> {
  const face = encodeTlv(0x5f2e, noise(DG2_BYTES))
  return {
    '011E': encodeTlv(0x60, encodeTlv(0x5f01, text('0107')), encodeTlv(0x5f36, text('040000')), encodeTlv(0x5c, hex('61756D'))),
    '0101': encodeTlv(0x61, encodeTlv(0x5f1f, text(MRZ))),
    '0102': encodeTlv(0x75, encodeTlv(0x7f61, hex('020101'), encodeTlv(0x7f60, encodeTlv(0xa1, hex('80020101')), face))),
    '010D': encodeTlv(0x6d, encodeTlv(0x30, encodeTlv(0x30, hex('020101'), encodeTlv(0x0c, text('001190123456'))), encodeTlv(0x30, hex('020102'), encodeTlv(0x0c, text('Nguyễn Thị Ví Dụ'))))),
    '011D': encodeTlv(0x77, encodeTlv(0x30, noise(1_500, 11))),
    '011C': cardAccess(`${PACE.ecdhGm}.2`, 13),
    // Not of the LDS: readable in clear, to try long answers.
    '2F00': concat(noise(30_000, 3)),
  }
}

/** Writes files where the card program finds them; `null` leaves one out. Gone with `remove`. */
export function chipFolder(changed: Record<string, Uint8Array | null> = {}): Readonly<{ folder: string; remove(): void }> {
  const folder = mkdtempSync(join(tmpdir(), 'motcua-chip-'))
  mkdirSync(folder, { recursive: true })
  for (const [id, bytes] of Object.entries({ ...sampleFiles(), ...changed })) if (bytes) writeFileSync(join(folder, `${id}.bin`), bytes)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
