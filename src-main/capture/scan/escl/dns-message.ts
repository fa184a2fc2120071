/** The records of multicast DNS that a scanner's announcement is made of. */
export type DnsRecord =
  | Readonly<{ kind: 'ptr'; name: string; target: string }>
  | Readonly<{ kind: 'srv'; name: string; target: string; port: number }>
  | Readonly<{ kind: 'txt'; name: string; entries: ReadonlyMap<string, string> }>
  | Readonly<{ kind: 'a'; name: string; address: string }>

const TYPE = { a: 1, ptr: 12, txt: 16, srv: 33 }
const MOST_RECORDS = 300
const MOST_JUMPS = 20
/** Class IN with the wish for an answer to this socket alone. */
const IN_UNICAST = 0x8001

/** A question for the pointers of services; the name is `_uscan._tcp.local`. */
export function dnsQuestion(names: readonly string[]): Buffer {
  const head = Buffer.alloc(12)
  head.writeUInt16BE(names.length, 4)
  const questions = names.map((name) => {
    const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([Buffer.byteLength(label)]), Buffer.from(label)]))
    const end = Buffer.alloc(5)
    end.writeUInt16BE(TYPE.ptr, 1)
    end.writeUInt16BE(IN_UNICAST, 3)
    return Buffer.concat([...labels, end])
  })
  return Buffer.concat([head, ...questions])
}

/** Reads the records of an answer; what is damaged ends the reading. Never throws. Names in lower case, labels joined by dots. */
export function dnsRecords(bytes: Buffer): DnsRecord[] {
  const records: DnsRecord[] = []
  try {
    if (bytes.length < 12 || (bytes.readUInt16BE(2) & 0x8000) === 0) return []
    let at = 12
    for (let left = bytes.readUInt16BE(4); left > 0; left -= 1) at = nameAt(bytes, at).end + 4
    const count = Math.min(MOST_RECORDS, bytes.readUInt16BE(6) + bytes.readUInt16BE(8) + bytes.readUInt16BE(10))
    for (let left = count; left > 0; left -= 1) {
      const { name, end } = nameAt(bytes, at)
      const type = bytes.readUInt16BE(end)
      const length = bytes.readUInt16BE(end + 8)
      const from = end + 10
      if (from + length > bytes.length) return records
      const record = recordOf(bytes, type, name, from, length)
      if (record) records.push(record)
      at = from + length
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return records
}

function recordOf(bytes: Buffer, type: number, name: string, from: number, length: number): DnsRecord | null {
  if (type === TYPE.a && length === 4) return { kind: 'a', name, address: [...bytes.subarray(from, from + 4)].join('.') }
  if (type === TYPE.ptr) return { kind: 'ptr', name, target: nameAt(bytes, from).name }
  if (type === TYPE.srv && length > 6) return { kind: 'srv', name, port: bytes.readUInt16BE(from + 4), target: nameAt(bytes, from + 6).name }
  return type === TYPE.txt ? { kind: 'txt', name, entries: entriesOf(bytes.subarray(from, from + length)) } : null
}

function nameAt(bytes: Buffer, start: number): { name: string; end: number } {
  const labels: string[] = []
  let at = start
  let end = -1
  let size = 0
  for (let jumps = 0; jumps <= MOST_JUMPS;) {
    const length = bytes.readUInt8(at)
    if (length === 0) return { name: labels.join('.').toLowerCase(), end: end < 0 ? at + 1 : end }
    if (length >= 0xc0) {
      if (end < 0) end = at + 2
      at = bytes.readUInt16BE(at) & 0x3fff
      jumps += 1
    } else {
      size += length + 1
      if (length > 63 || size > 255 || at + 1 + length > bytes.length) throw new RangeError('name')
      labels.push(bytes.toString('utf8', at + 1, at + 1 + length))
      at += 1 + length
    }
  }
  throw new RangeError('name')
}

function entriesOf(bytes: Buffer): ReadonlyMap<string, string> {
  const entries = new Map<string, string>()
  for (let at = 0; at < bytes.length;) {
    const length = bytes[at] ?? 0
    const text = bytes.toString('utf8', at + 1, at + 1 + length)
    const equals = text.indexOf('=')
    const key = text.slice(0, equals).toLowerCase()
    if (equals > 0 && !entries.has(key)) entries.set(key, text.slice(equals + 1))
    at += 1 + length
  }
  return entries
}

/** A service found: address of its A record (not of the packet's sender: reflectors send for others). */
export type Announced = Readonly<{ secure: boolean; address: string; port: number; root: string }>

/** The scanners that a set of records announces whole. */
export function announced(records: readonly DnsRecord[]): Announced[] {
  const pointers = records.filter((record) => record.kind === 'ptr' && /^_uscans?\._tcp\.local$/.test(record.name))
  return pointers.flatMap((pointer) => {
    const target = pointer.kind === 'ptr' ? pointer.target : ''
    const srv = records.find((record) => record.kind === 'srv' && record.name === target)
    if (srv?.kind !== 'srv' || srv.port === 0) return []
    const txt = records.find((record) => record.kind === 'txt' && record.name === target)
    const rs = (txt?.kind === 'txt' ? txt.entries.get('rs') : undefined) ?? 'eSCL'
    const root = /^[\w./-]{0,100}$/.test(rs) && !rs.includes('..') ? `/${rs.replaceAll(/^\/+|\/+$/g, '')}`.replace(/^\/$/, '') : '/eSCL'
    const secure = pointer.name.startsWith('_uscans.')
    return records.flatMap((record) => (record.kind === 'a' && record.name === srv.target ? [{ secure, address: record.address, port: srv.port, root }] : []))
  })
}
