import { type ScanDevice } from '@contract/capture'
import { tidy } from '../names'
import { type ScanLikeness } from '../types'

export type SaneDevice = Readonly<{ device: ScanDevice; name: string; type: string; likeness: ScanLikeness | null }>

const MOST_NAME = 400
/** Bus and number change whenever the plug is pulled. */
const USB_PLACE = /libusb:\d{1,3}:\d{1,3}/
/** SANE's clients for eSCL: our own comes first. WSD (`w`) has no other way. */
const ESCL = /^(?:airscan:e|escl:)/

/** One line of the list; null for what is no scanner or could not be named to scanimage. */
export function parseDevice(line: string): Omit<SaneDevice, 'device'> & { id: string; title: string } | null {
  const [name = '', vendor = '', model = '', type = ''] = line.split('\u001f')
  // eslint-disable-next-line no-control-regex
  if (name === '' || name.length > MOST_NAME || /[\u0000-\u001f\u007f]/.test(name) || /camera/i.test(type)) return null
  const title = tidy(/^(?:noname|escl|wsd)$/i.test(vendor) ? model : `${vendor} ${model}`) || tidy(name)
  const id = USB_PLACE.test(name) ? `sane:${name.replace(USB_PLACE, 'usb')}|${title}` : `sane:${name}`
  return { id, title, name, type: tidy(type), likeness: ESCL.test(name) ? { hosts: hostsIn(`${name} ${type}`), name: title, second: true } : null }
}

const hostsIn = (text: string): string[] => [
  ...[...text.matchAll(/ip=([0-9a-f.:%]{2,60})/gi)].map((match) => match[1] ?? ''),
  ...[...text.matchAll(/https?:\/\/(\[[0-9a-f:.%]{2,60}\]|[^/:\s]{1,200})/gi)].map((match) => (match[1] ?? '').replaceAll(/[[\]]/g, '')),
].map((host) => host.toLowerCase())

/** Whole list with ids of their own: two machines of one make are counted in the order of their sockets. */
export function namedDevices(lines: readonly string[]): SaneDevice[] {
  const used = new Map<string, number>()
  return lines.flatMap((line) => {
    const found = parseDevice(line)
    if (!found) return []
    const { id, title, ...rest } = found
    const count = (used.get(id) ?? 0) + 1
    used.set(id, count)
    const numbered = count === 1 ? id : `${id}#${count}`
    return [{ ...rest, device: { id: numbered.slice(0, 500), kind: 'sane' as const, name: title, simulated: /frontend-tester|PNM file reader/.test(title) } }]
  })
}
