import { malformed, only, type Tlv } from '../chip/tlv'
import { type Hash, hashOf } from './algorithms'
import { parseSignedData, type SignedData } from './cms'
import { childrenOf, oidOf, smallInteger, TAG, walk, whole } from './der'

/** What the signer hashed (LDSSecurityObject, 9303-10 §4.6.2.3). `hash` is null for an algorithm that we do not know. */
export type SecurityObject = Readonly<{ version: number; hash: Hash | null; hashOid: string; hashes: ReadonlyMap<number, Uint8Array> }>
export type Sod = Readonly<{ data: SignedData; object: SecurityObject }>

const MOST_GROUPS = 64
/** Content types of LDS security objects: ICAO's, and two that early passports carry. */
const CONTENT_TYPES: ReadonlySet<string> = new Set(['2.23.136.1.1.1', '1.3.27.1.1.1', '1.2.528.1.1006.1.20.1'])
export const LARGEST_SOD = 64 * 1024

/** Reads EF.SOD: tag 77 around a CMS, or the CMS alone. @throws AppError THE-009 */
export function parseSod(file: Uint8Array): Sod {
  if (file.length > LARGEST_SOD) throw malformed()
  const data = parseSignedData(file[0] === TAG.sequence ? file : only(file, 0x77).value)
  if (data.content === null) throw malformed()
  return { data, object: parseSecurityObject(whole(data.content, TAG.sequence)) }
}

export const isUsualContent = ({ data }: Sod): boolean => CONTENT_TYPES.has(data.contentType)

function parseSecurityObject(tlv: Tlv): SecurityObject {
  const fields = walk(tlv, TAG.sequence)
  const version = smallInteger(fields.next())
  const algorithm = fields.next()
  const groups = childrenOf(fields.next(), TAG.sequence)
  if (groups.length === 0 || groups.length > MOST_GROUPS) throw malformed()
  const hashes = groups.map((group): [number, Uint8Array] => {
    const parts = walk(group, TAG.sequence)
    return [smallInteger(parts.next()), parts.next(TAG.octets).value]
  })
  if (new Set(hashes.map(([number]) => number)).size !== hashes.length) throw malformed()
  return { version, hash: hashOf(algorithm), hashOid: oidOf(childrenOf(algorithm, TAG.sequence)[0]), hashes: new Map(hashes) }
}
