import type { ChipFile } from '@contract/chip'

/** File id, short file id and where it lies (9303-10 table 38): in the master file or in the eMRTD application. */
export const FILES: Readonly<Record<ChipFile, Readonly<{ id: number; sfi: number; in: 'MF' | 'application'; tag: number | null }>>> = {
  CardAccess: { id: 0x011c, sfi: 0x1c, in: 'MF', tag: null },
  CardSecurity: { id: 0x011d, sfi: 0x1d, in: 'MF', tag: null },
  COM: { id: 0x011e, sfi: 0x1e, in: 'application', tag: 0x60 },
  DG1: { id: 0x0101, sfi: 0x01, in: 'application', tag: 0x61 },
  DG2: { id: 0x0102, sfi: 0x02, in: 'application', tag: 0x75 },
  DG11: { id: 0x010b, sfi: 0x0b, in: 'application', tag: 0x6b },
  DG12: { id: 0x010c, sfi: 0x0c, in: 'application', tag: 0x6c },
  DG13: { id: 0x010d, sfi: 0x0d, in: 'application', tag: 0x6d },
  DG14: { id: 0x010e, sfi: 0x0e, in: 'application', tag: 0x6e },
  DG15: { id: 0x010f, sfi: 0x0f, in: 'application', tag: 0x6f },
  SOD: { id: 0x011d, sfi: 0x1d, in: 'application', tag: 0x77 },
}

/** The eMRTD application's identifier (9303-10 §3.5). */
export const EMRTD_AID = Uint8Array.of(0xa0, 0x00, 0x00, 0x02, 0x47, 0x10, 0x01)

/** Files as they came from the chip. */
export type ChipFiles = ReadonlyMap<ChipFile, Uint8Array>

/** The largest file taken from a chip, in bytes: a face is 15–60 kB, the format allows no more than 65,535 in one read. */
export const LARGEST_FILE = 256 * 1024
