import { lookup } from 'node:dns/promises'
import { BlockList, isIP } from 'node:net'

/** Where an eSCL server stands. `host` without brackets; `root` begins with a slash and has none at its end. */
export type Place = Readonly<{ secure: boolean; host: string; port: number; root: string }>

const near = new BlockList()
for (const [net, bits] of [['10.0.0.0', 8], ['172.16.0.0', 12], ['192.168.0.0', 16], ['169.254.0.0', 16], ['127.0.0.0', 8]] as const) near.addSubnet(net, bits, 'ipv4')
near.addAddress('::1', 'ipv6')
near.addSubnet('fc00::', 7, 'ipv6')
near.addSubnet('fe80::', 10, 'ipv6')

/** True for addresses that the Internet does not carry: this machine and the office. */
export function isNear(address: string): boolean {
  const plain = address.replace(/%.*$/, '')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  const version = isIP(mapped ?? plain)
  return version !== 0 && near.check(mapped ?? plain, version === 4 ? 'ipv4' : 'ipv6')
}

/** What a person types: an address, with port, or a whole URL. Null for what is none. */
export function parsePlace(typed: string): Place | null {
  const text = typed.trim()
  if (text === '' || text.length > 300 || /[\s@\\]/.test(text)) return null
  const bare = isIP(text) === 6 ? `[${text}]` : text
  const url = /^https?:\/\//i.test(bare) ? bare : /^[a-z][a-z0-9+.-]*:\/\//i.test(bare) ? null : `http://${bare}`
  if (url === null || !URL.canParse(url)) return null
  const { protocol, hostname, port, pathname } = new URL(url)
  const secure = protocol === 'https:'
  const root = pathname.replace(/\/+$/, '').replace(/\/(?:ScannerCapabilities|ScannerStatus)$/i, '')
  return { secure, host: hostname.replaceAll(/[[\]]/g, ''), port: port === '' ? (secure ? 443 : 80) : Number(port), root: root === '' ? '/eSCL' : root }
}

/** The place as a URL, to be remembered. */
export const placeUrl = ({ secure, host, port, root }: Place): string => `${secure ? 'https' : 'http'}://${isIP(host) === 6 ? `[${host}]` : host}:${port}${root}`

/** The address to connect to, near ones first; null where the name is not known. */
export async function resolvePlace({ host }: Place): Promise<Readonly<{ address: string; near: boolean }> | null> {
  const found = isIP(host) ? [{ address: host }] : await lookup(host, { all: true }).catch(() => [])
  const address = found.find((one) => isNear(one.address))?.address ?? found[0]?.address
  return address === undefined ? null : { address, near: isNear(address) }
}

/** Only the path of a Location: a device that names another host, or a wrong one, is not followed there. Null for what is no path. */
export function locationPath(location: string | undefined, root: string): string | null {
  if (location === undefined || location.length > 1000 || /[\s\\]/.test(location)) return null
  const base = 'http://device.invalid'
  if (!URL.canParse(location, `${base}${root}/`)) return null
  const { protocol, pathname, search } = new URL(location, `${base}${root}/`)
  if (protocol !== 'http:' && protocol !== 'https:') return null
  const path = `${pathname}${search}`.replace(/\/+$/, '')
  return path === '' || path === root ? null : path
}
