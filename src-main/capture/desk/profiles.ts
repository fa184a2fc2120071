import type { ScanCaps, ScanColour, ScanOptions, ScanSource } from '@contract/capture'
import { AppError } from '@contract/errors'
import type { PageColour, ScanPaper, ScanProfile } from '@contract/pages'
import type { PageWish } from '../pages'
import { areaOf, nearestDpi, type Size } from '../scan/paper'
import { nearestColour } from '../scan/colour'
import type { PageRow } from './rows'

type Source = ScanCaps['sources'][number]

/** What comes nearest where a device lacks a source: the pile stays a pile as long as there is a feeder. */
const NEAREST: Readonly<Record<ScanSource, readonly ScanSource[]>> = {
  flatbed: ['flatbed', 'feeder', 'feeder-duplex'], feeder: ['feeder', 'feeder-duplex', 'flatbed'], 'feeder-duplex': ['feeder-duplex', 'feeder', 'flatbed'],
}

const ALL: Size = { width: Infinity, height: Infinity }
/** Millimetres; null where nobody knows. */
export const sizeOf = (paper: ScanPaper): Size | null => (paper === 'whole' ? null : areaOf(paper, ALL))

/** Millimetres by which a paper may be larger than what a device takes: devices round. */
const SLACK = 3

function fits(paper: ScanPaper, most: Size): boolean {
  const size = sizeOf(paper)
  return size === null || (size.width <= most.width + SLACK && size.height <= most.height + SLACK)
}

/** What a device is to give: black is made from grey here, and what is not decided yet needs its colours. */
export const deviceColour = (colour: PageColour): ScanColour => (colour === 'auto' ? 'colour' : colour === 'black' ? 'grey' : colour)

/**
 * The way of scanning as a device can do it: nearest source and resolution, the whole glass where the paper is larger than it.
 * @throws AppError QT-008 for a device that has nothing to offer
 */
export function fitProfile(profile: ScanProfile, caps: ScanCaps): ScanProfile {
  const source = sourceFor(profile.source, caps)
  return { ...profile, source: source.source, dpi: nearestDpi(profile.dpi, source.dpis), paper: fits(profile.paper, source) ? profile.paper : 'whole' }
}

function sourceFor(wish: ScanSource, caps: ScanCaps): Source {
  const found = NEAREST[wish].flatMap((name) => caps.sources.find(({ source }) => source === name) ?? [])[0]
  if (!found) throw new AppError('QT-008')
  return found
}

/** What is asked of the device for a fitted profile. @param most pages after which the feeder is left alone */
export function scanOptions(profile: ScanProfile, caps: ScanCaps, most: number | null = null): ScanOptions {
  const { source, colours } = sourceFor(profile.source, caps)
  const wish = deviceColour(profile.colour)
  return { source, colour: nearestColour(wish, colours) ?? wish, dpi: profile.dpi, paper: profile.paper, most }
}

/** Resolution to which pages are brought down, and the most that is kept where an officer asked for more. */
const DPI = { usual: 300, most: 600 } as const

/** What is to be made of a page. */
export function pageWish({ origin, paper, wishes, original }: Pick<PageRow, 'origin' | 'paper' | 'wishes' | 'original'>): PageWish {
  const from = origin.kind === 'camera' ? 'camera' : origin.kind === 'import' ? 'file' : 'scanner'
  return {
    colour: wishes.colour, from, paper: sizeOf(paper), corners: wishes.corners, turns: 0,
    straighten: wishes.clean, crop: wishes.clean, whiten: wishes.clean,
    mostDpi: from === 'scanner' ? Math.min(DPI.most, Math.max(DPI.usual, original.dpi ?? DPI.usual)) : DPI.usual,
  }
}
