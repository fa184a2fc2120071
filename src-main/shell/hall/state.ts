import type { Language } from '@contract/bridge'
import type { HallState, Monitor } from '@contract/hall'
import en from '@resources/locales/en/shell.json'
import vi from '@resources/locales/vi/shell.json'
import type { Panel } from './panels'
import type { Hall } from './placement'

/** The state as the core is told it. */
export function stateOf(hall: Hall, language: Language): HallState {
  return {
    monitors: hall.panels.map((panel, at) => monitorOf(hall, panel, at, language)),
    open: hall.open.map(({ window, place, monitor }) => ({ window, place, monitor: place === 'window' ? null : monitor })),
    display: hall.plan.display,
    atStart: [...hall.plan.atStart],
  }
}

function monitorOf(hall: Hall, { id, bounds, scale, primary }: Panel, at: number, language: Language): Monitor {
  const width = Math.round(bounds.width * scale)
  const height = Math.round(bounds.height * scale)
  const stand = hall.open.find(({ place, monitor }) => place !== 'window' && monitor === id)
  const { monitor: word } = language === 'en' ? en : vi
  return { id, name: `${word} ${String(at + 1)} · ${String(width)}×${String(height)}`, width, height, primary, holds: stand?.window ?? (hall.officer.at === id ? 'counter' : null) }
}
