import type { HallPlace, HallWindow, MonitorId } from '@contract/hall'
import type { Box } from '../window-bounds'

/** A monitor as the system arranges it. */
export interface Panel {
  readonly id: MonitorId
  /** Where it lies on the desktop, in CSS pixels. */
  readonly bounds: Box
  /** Without task bars. */
  readonly workArea: Box
  readonly primary: boolean
  /** CSS pixel → device pixel. */
  readonly scale: number
}

/** A window of the hall and the monitor whose content it is. */
export interface Stand {
  readonly window: HallWindow
  readonly place: HallPlace
  /** Null for a plain window that was opened while no monitor was known. */
  readonly monitor: MonitorId | null
}

/** So far a window may reach into another monitor and not count as being on it: maximised windows stick out by their frame. */
export const SLACK = 48

/** The monitor that holds most of a window; null when it lies beside all of them. */
export function panelUnder(window: Box, panels: readonly Panel[]): Panel | null {
  const shares = panels.map((panel) => ({ panel, share: Math.max(0, wide(window, panel.bounds)) * Math.max(0, high(window, panel.bounds)) }))
  const most = shares.reduce<(typeof shares)[number] | null>((best, each) => (each.share > (best?.share ?? 0) ? each : best), null)
  return most?.panel ?? null
}

/** True when more of a window than its frame lies on a monitor. */
export const reaches = (window: Box, { bounds }: Pick<Panel, 'bounds'>): boolean => wide(window, bounds) > SLACK && high(window, bounds) > SLACK

export const sameBox = (one: Box, other: Box): boolean => one.x === other.x && one.y === other.y && one.width === other.width && one.height === other.height

/** True when nothing about the monitors has changed. */
export function samePanels(one: readonly Panel[], other: readonly Panel[]): boolean {
  return one.length === other.length && one.every((panel, at) => {
    const twin = other[at]
    return twin?.id === panel.id && sameBox(panel.bounds, twin.bounds) && sameBox(panel.workArea, twin.workArea) && panel.primary === twin.primary
  })
}

const wide = (one: Box, other: Box): number => Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
const high = (one: Box, other: Box): number => Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)

/**
 * Work areas that the officer's window may open on, the first choice first: not a monitor that a window of the hall will take again.
 * Should there be no other, that one.
 */
export function officerScreens(panels: readonly Panel[], reserved: readonly (MonitorId | undefined)[]): Box[] {
  const others = panels.filter(({ id }) => !reserved.includes(id))
  return (others.length > 0 ? others : panels).toSorted((one, other) => Number(other.primary) - Number(one.primary)).map(({ workArea }) => workArea)
}
