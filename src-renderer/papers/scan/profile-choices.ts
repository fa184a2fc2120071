import type { ScanCaps, ScanColour, ScanSource } from '@contract/capture'
import type { PageColour, ScanPaper, ScanProfile } from '@contract/pages'

type Source = ScanCaps['sources'][number]

/** What a scanner leaves to choose from, for one of its sources. */
export type Choices = Readonly<{ sources: readonly ScanSource[]; colours: readonly PageColour[]; dpis: readonly number[]; papers: readonly ScanPaper[] }>

const SOURCES: readonly ScanSource[] = ['flatbed', 'feeder', 'feeder-duplex']
/** Resolutions that are worth a choice; a scanner may know a hundred. */
const USUAL_DPIS: readonly number[] = [150, 200, 300, 400, 600]
/** Millimetres, upright. */
const SIZES: Readonly<Record<Exclude<ScanPaper, 'whole'>, readonly [number, number]>> = { A4: [210, 297], A5: [148, 210], A3: [297, 420], Letter: [215.9, 279.4], Legal: [215.9, 355.6], card: [85.6, 54] }
/** Papers of this country; the others are offered to those who have them set. */
const USUAL_PAPERS: readonly ScanPaper[] = ['A4', 'A5', 'A3', 'card', 'whole']
/** Devices round: a paper may be larger by this many millimetres. */
const SLACK_MM = 3

/** What comes nearest where a scanner lacks a source: as the core decides. */
const NEAREST: Readonly<Record<ScanSource, readonly ScanSource[]>> = { flatbed: ['flatbed', 'feeder', 'feeder-duplex'], feeder: ['feeder', 'feeder-duplex', 'flatbed'], 'feeder-duplex': ['feeder-duplex', 'feeder', 'flatbed'] }

const sourceOf = (wish: ScanSource, { sources }: ScanCaps): Source | undefined => NEAREST[wish].flatMap((name) => sources.find(({ source }) => source === name) ?? [])[0]

function fits(paper: ScanPaper, { width, height }: Source): boolean {
  if (paper === 'whole') return true
  const [wide, high] = SIZES[paper]
  return wide <= width + SLACK_MM && high <= height + SLACK_MM
}

/** Grey and black are made here of what a scanner gives; `auto` takes the most that it can do. */
const CAN: Readonly<Record<PageColour, (colours: readonly ScanColour[]) => boolean>> = {
  auto: (colours) => colours.length > 0, colour: (colours) => colours.includes('colour'), grey: (colours) => colours.some((one) => one !== 'black'), black: (colours) => colours.length > 0,
}

const nearest = (dpi: number, of: readonly number[]): number => of.reduce((best, one) => (Math.abs(one - dpi) < Math.abs(best - dpi) ? one : best), of[0] ?? dpi)

/** The way of scanning as a scanner can do it: nearest source and resolution, the whole glass where the paper is larger than it. */
export function fitted(profile: ScanProfile, caps: ScanCaps): ScanProfile {
  const source = sourceOf(profile.source, caps)
  if (!source) return profile
  const colour = CAN[profile.colour](source.colours) ? profile.colour : 'auto'
  return { ...profile, source: source.source, colour, dpi: nearest(profile.dpi, source.dpis), paper: fits(profile.paper, source) ? profile.paper : 'whole' }
}

/** What may be chosen on a scanner for a way of scanning; the way itself is always among it. */
export function choicesFor(profile: ScanProfile, caps: ScanCaps): Choices {
  const { source: name, dpi, paper } = fitted(profile, caps)
  const source = sourceOf(name, caps)
  if (!source) return { sources: [], colours: [], dpis: [], papers: [] }
  const usual = USUAL_DPIS.filter((one) => source.dpis.includes(one))
  const dpis = usual.length > 0 ? usual : source.dpis.slice(0, USUAL_DPIS.length)
  const papers = USUAL_PAPERS.filter((one) => fits(one, source))
  return {
    sources: SOURCES.filter((one) => caps.sources.some(({ source: other }) => other === one)),
    colours: (['auto', 'colour', 'grey', 'black'] as const).filter((one) => CAN[one](source.colours)),
    dpis: [...new Set([...dpis, dpi])].sort((one, other) => one - other),
    papers: papers.includes(paper) ? papers : [paper, ...papers],
  }
}
