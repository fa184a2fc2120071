import { inflateRawSync } from 'node:zlib'
import { AppError } from '@contract/errors'
import { procedureErrors } from '@contract/errors/procedures'

/** What a workbook may hold before it is unpacked; bytes. A catalogue of 2,000 procedures stays below a tenth of it. */
export const ZIP_LIMITS = { file: 10 * 1024 * 1024, unpacked: 64 * 1024 * 1024, entry: 32 * 1024 * 1024, entries: 500 } as const

const EOCD = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const DESCRIPTOR_MAX = 24

interface ZipEntry {
  readonly method: number
  readonly packed: number
  readonly unpacked: number
  readonly dataAt: number
  readonly localAt: number
}

function refuse(reason: string): never {
  throw new AppError(procedureErrors.fileUnreadable, { reason })
}

function findEnd(bytes: Buffer): number {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at -= 1) {
    if (bytes.readUInt32LE(at) === EOCD && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return at
  }
  return refuse('not-a-workbook')
}

function readEntry(bytes: Buffer, at: number): { entry: ZipEntry; next: number } {
  if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== CENTRAL) refuse('damaged')
  if ((bytes.readUInt16LE(at + 8) & 1) !== 0) refuse('encrypted')
  const localAt = bytes.readUInt32LE(at + 42)
  if (localAt + 30 > bytes.length || bytes.readUInt32LE(localAt) !== LOCAL) refuse('damaged')
  const entry = {
    method: bytes.readUInt16LE(at + 10),
    packed: bytes.readUInt32LE(at + 20),
    unpacked: bytes.readUInt32LE(at + 24),
    localAt,
    dataAt: localAt + 30 + bytes.readUInt16LE(localAt + 26) + bytes.readUInt16LE(localAt + 28),
  }
  return { entry, next: at + 46 + bytes.readUInt16LE(at + 28) + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32) }
}

function readDirectory(bytes: Buffer): { entries: ZipEntry[]; start: number } {
  const end = findEnd(bytes)
  const count = bytes.readUInt16LE(end + 10)
  const start = bytes.readUInt32LE(end + 16)
  if (count > ZIP_LIMITS.entries) refuse('too-many-parts')
  const entries: ZipEntry[] = []
  for (let at = start; entries.length < count;) {
    const { entry, next } = readEntry(bytes, at)
    entries.push(entry)
    at = next
  }
  return { entries, start }
}

/** Entries must lie one after another without hidden ones between them or sharing bytes: readers that stream would see those. */
function checkLayout(entries: readonly ZipEntry[], start: number): void {
  let at = 0
  for (const entry of [...entries].sort((a, b) => a.localAt - b.localAt)) {
    if (entry.localAt < at || entry.localAt - at > DESCRIPTOR_MAX) refuse('damaged')
    at = entry.dataAt + entry.packed
  }
  if (at > start || start - at > DESCRIPTOR_MAX) refuse('damaged')
}

/** The directory may lie: each part is unpacked once under its declared size, so a bomb stops at that size. */
function checkContent(bytes: Buffer, entry: ZipEntry): void {
  if (entry.method === 0 && entry.packed === entry.unpacked) return
  if (entry.method !== 8) refuse('damaged')
  try {
    const data = inflateRawSync(bytes.subarray(entry.dataAt, entry.dataAt + entry.packed), { maxOutputLength: Math.max(1, entry.unpacked) })
    if (data.length !== entry.unpacked) refuse('damaged')
  } catch (error) {
    if (error instanceof AppError) throw error
    refuse('bomb')
  }
}

/**
 * Looks at a ZIP container before anybody unpacks it.
 * @throws AppError DM-001 (`reason`: too-large, not-a-workbook, damaged, encrypted, too-many-parts, bomb)
 */
export function guardZip(bytes: Buffer): void {
  if (bytes.length > ZIP_LIMITS.file) refuse('too-large')
  if (bytes.length < 22) refuse('not-a-workbook')
  const { entries, start } = readDirectory(bytes)
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0)
  if (total > ZIP_LIMITS.unpacked || entries.some((entry) => entry.unpacked > ZIP_LIMITS.entry)) refuse('bomb')
  checkLayout(entries, start)
  for (const entry of entries) checkContent(bytes, entry)
}
