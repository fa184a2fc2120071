import type { ChipFile } from '@contract/chip'
import { sameBytes } from '../chip/same-bytes'
import { encodeTlv, readTlv } from '../chip/tlv'
import { EMRTD_AID, FILES } from '../lds/files'
import { type CardCommand, done, just, type Outcome, STATUS } from './command'
import type { ChipProfile } from './profile'

/** SELECT and READ BINARY over the two folders of a chip (9303-10 §3). */
export type FileSystem = Readonly<{
  select(command: CardCommand, secured: boolean): Outcome
  read(command: CardCommand, secured: boolean): Outcome
}>

type Folder = 'MF' | 'application'
type Entry = Readonly<{ id: number; sfi: number; folder: Folder; bytes: Uint8Array }>

const FILE_BY_NAME = 0x04
const MASTER_FILE = 0x3f00

export function createFileSystem({ files, noMasterFile, longestRead }: ChipProfile): FileSystem {
  const entries = [...files].map(([file, bytes]: [ChipFile, Uint8Array]): Entry => ({ id: FILES[file].id, sfi: FILES[file].sfi, folder: FILES[file].in, bytes }))
  let folder: Folder = 'MF'
  let current: Entry | null = null

  const find = (fits: (entry: Entry) => boolean): Entry | undefined => entries.find((entry) => entry.folder === folder && fits(entry) && !(noMasterFile && folder === 'MF'))
  const enter = (next: Folder): Outcome => {
    folder = next
    current = null
    return done()
  }
  /** Of all files EF.CardAccess alone is read in clear (9303-11 §4.4.3.2). */
  const isShut = (entry: Entry, secured: boolean): boolean => !secured && !(entry.folder === 'MF' && entry.id === FILES.CardAccess.id)
  const open = (entry: Entry | undefined, secured: boolean): Outcome => {
    if (!entry) return just(STATUS.notFound)
    if (isShut(entry, secured)) return just(STATUS.security)
    current = entry
    return done()
  }

  const offsetOf = ({ ins, p1, p2, data }: CardCommand): number | null => {
    if (ins === 0xb0) return ((p1 & 0x80) === 0 ? p1 << 8 : 0) | p2
    try {
      const { tlv } = readTlv(data)
      return tlv.tag === 0x54 ? tlv.value.reduce((sum, byte) => sum * 256 + byte, 0) : null
    } catch {
      return null
    }
  }

  return {
    select: ({ p1, p2, data }, secured) => {
      if (p1 === FILE_BY_NAME) return sameBytes(data, EMRTD_AID) ? enter('application') : just(STATUS.notFound)
      const id = data.reduce((sum, byte) => sum * 256 + byte, 0)
      if (p1 === 0 && (id === MASTER_FILE || data.length === 0)) return noMasterFile ? just(STATUS.unknown) : enter('MF')
      if (p1 !== 2 || (p2 & 0xf3) !== 0) return just(STATUS.wrongParameters)
      return open(find((entry) => entry.id === id), secured)
    },
    read: (command, secured) => {
      const odd = command.ins === 0xb1
      if (!odd && (command.p1 & 0x80) !== 0) {
        const opened = open(find((entry) => entry.sfi === (command.p1 & 0x1f)), secured)
        if (opened.sw !== STATUS.ok) return opened
      }
      if (current && isShut(current, secured)) return just(STATUS.security)
      if (!current) return just(STATUS.noCurrentFile)
      const offset = offsetOf(command)
      if (offset === null) return just(STATUS.badData)
      if (command.le > longestRead) return just(STATUS.wrongLength)
      if (offset >= current.bytes.length) return just(STATUS.outside)
      // An odd read wraps what it gives, and the wrapping counts.
      const room = odd ? Math.max(0, command.le - 4) : command.le
      const bytes = current.bytes.subarray(offset, offset + room)
      return { data: odd ? encodeTlv(0x53, bytes) : bytes, sw: bytes.length < room && command.le <= 256 ? STATUS.endOfFile : STATUS.ok }
    },
  }
}
