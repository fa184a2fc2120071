import { encodeTlv } from '../../../src-main/identity/chip/tlv'

/** What the SODs of trust-fixtures.json were made over. */
export const FIXTURE_GROUPS: ReadonlyMap<number, Uint8Array> = new Map([
  [1, encodeTlv(0x61, encodeTlv(0x5f1f, new Uint8Array(90).fill(0x3c)))],
  [2, encodeTlv(0x75, new Uint8Array(15_000).fill(7))],
  [13, encodeTlv(0x6d, new Uint8Array(600).fill(9))],
])
/** Root and EF.SOD in base64. */
export type TrustFixture = Readonly<{ name: string; root: string; sod: string }>
