import { type ScanLikeness } from './types'

const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')
const plain = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()

/** True where two ways lead to one machine: by address where both have one in the network, else by name (USB devices all stand on loopback). */
export function sameMachine(one: ScanLikeness, other: ScanLikeness): boolean {
  const away = (likeness: ScanLikeness) => likeness.hosts.filter((host) => !isLoopback(host))
  if (away(one).length > 0 && away(other).length > 0) return away(one).some((host) => away(other).includes(host))
  const [left, right] = [plain(one.name), plain(other.name)]
  return left !== '' && right !== '' && (left.includes(right) || right.includes(left))
}
