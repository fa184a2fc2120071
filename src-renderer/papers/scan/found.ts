import type { ScanDevice } from '@contract/capture'
import type { ScanFoundView } from '@contract/pages'

export type Trouble = Extract<ScanFoundView, { kind: 'trouble' }>
/** What a search has told so far. */
export type Found = Readonly<{ devices: readonly ScanDevice[]; troubles: readonly Trouble[] }>
export const NOTHING_FOUND: Found = { devices: [], troubles: [] }

/** A search tells each scanner once, but one that was begun again may tell it anew. */
export function withFound(found: Found, view: ScanFoundView): Found {
  if (view.kind === 'trouble') return { ...found, troubles: [...found.troubles.filter(({ way, code }) => way !== view.way || code !== view.code), view] }
  const at = found.devices.findIndex(({ id }) => id === view.device.id)
  return { ...found, devices: at === -1 ? [...found.devices, view.device] : found.devices.with(at, view.device) }
}

/** `last`: used last; `missing`: used last, but the search did not find it. */
export type Line = Readonly<{ device: ScanDevice; mark: 'last' | 'missing' | null }>

/** The scanner used last stands first, also while it is not found yet; then the others as they were found, the simulated ones at the end. */
export function linesOf({ devices }: Found, remembered: ScanDevice | null, looking: boolean): readonly Line[] {
  const others = devices.filter(({ id }) => id !== remembered?.id).toSorted((one, other) => Number(one.simulated) - Number(other.simulated))
  const lines = others.map((device): Line => ({ device, mark: null }))
  if (!remembered) return lines
  const seen = devices.find(({ id }) => id === remembered.id)
  const first: Line = { device: seen ?? remembered, mark: seen || looking ? 'last' : 'missing' }
  return first.mark === 'missing' ? [...lines, first] : [first, ...lines]
}

/** What the officer picked; else the first of the list, if it is there at all. */
export const chosenOf = (lines: readonly Line[], picked: string | null): ScanDevice | null => (lines.find(({ device }) => device.id === picked) ?? lines[0])?.device ?? null
