import type { BrowserWindow, MessagePortMain, Session, WebContents } from 'electron'
import type { CoreState } from '@contract/bridge'
import { AppError, ERRORS } from '@contract/errors'
import type { HallState, HallWindow, MonitorId } from '@contract/hall'
import type { HostAsk } from '@contract/host'
import type { Listener } from '../ipc'
import { createPageTalk, type PageTalk } from '../page-talk'
import type { PreferenceFile } from '../preferences'
import type { ShellLog } from '../shell-log'
import { centred, type Box } from '../window-bounds'
import { openHallWindow, type OpenHallWindow } from './hall-window'
import type { Monitors } from './monitors'
import type { OfficerWindow } from './officer-window'
import { panelUnder, reaches, samePanels, type Panel, type Stand } from './panels'
import { closed, emptyHall, hallMoved, monitorsChanged, opened, planned, started, type HallAct, type Turn } from './placement'
import { stateOf } from './state'

export interface HallParts {
  readonly monitors: Monitors
  readonly preferences: PreferenceFile
  readonly bridge: string
  readonly developer: boolean
  readonly log: ShellLog
  readonly officer: OfficerWindow
  /** The officer's window. */
  counter(): BrowserWindow | null
  /** The session of a kind of window, in memory. */
  session(window: HallWindow): Session
  /** Address of its page, with mode and language. */
  page(window: HallWindow): string
  /** True for the address of its page. */
  isPage(window: HallWindow, address: string): boolean
  attach(port: MessagePortMain, whose: { window: HallWindow; turned: boolean }): void
  /** A monitor or a window of the hall came or went. */
  changed(): void
}

type HallAsk = Extract<HostAsk, { kind: `hall-${string}` }>

/** The windows of the hall as they are. */
export interface HallWindows {
  /** Opens what opens by itself. Until then, or until the core asks, nothing happens. */
  begin(): void
  /** Throws MH-001 when there is no monitor for a window. */
  answer(ask: HallAsk): HallState
  /** Who talks with a page in these web contents. */
  listenerOf(contents: WebContents, address: string): Listener | null
  coreIs(state: CoreState): void
  coreForked(): void
  /** Takes all windows down, and with `reopen` makes them anew, empty. */
  leave(): void
  reopen(): void
}

interface Open {
  readonly stand: Stand
  readonly view: OpenHallWindow
  readonly talk: PageTalk
}

/** What a plain window is as large as. */
const PLAIN: Readonly<Record<HallWindow, Pick<Box, 'width' | 'height'>>> = {
  display: { width: 1280, height: 800 }, board: { width: 1280, height: 720 }, kiosk: { width: 1024, height: 768 }, helper: { width: 1024, height: 768 },
}

export function createHallWindows(parts: HallParts): HallWindows {
  const { monitors, preferences, officer, log } = parts
  const views = new Map<HallWindow, Open>()
  let hall = emptyHall(preferences.current.hall)
  let core: CoreState = 'starting'
  let begun = false

  const take = (turn: Turn): void => {
    const before = hall
    hall = turn.hall
    for (const act of turn.acts) perform(act)
    if (before.plan !== hall.plan) preferences.change({ hall: { ...hall.plan, atStart: [...hall.plan.atStart] } })
    if (turn.acts.length > 0 || before.open !== hall.open || !samePanels(before.panels, hall.panels)) parts.changed()
  }
  const perform = (act: HallAct): void => {
    log('hall', { act: act.do, window: act.do === 'open' ? act.stand.window : 'window' in act ? act.window : 'counter' })
    if (act.do === 'open') open(act.stand)
    else if (act.do === 'close') close(act.window)
    else if (act.do === 'stretch') views.get(act.window)?.view.stretch(act.to.bounds)
    else if (act.do === 'cover') officer.cover()
    else if (act.do === 'uncover') officer.uncover(act.on)
    else officer.bring(act.to)
  }
  const close = (window: HallWindow): void => {
    const gone = views.get(window)
    views.delete(window)
    gone?.talk.leave()
    gone?.view.close()
  }
  const panelOf = ({ monitor }: Stand): Panel | null => hall.panels.find(({ id }) => id === monitor) ?? null
  const open = (stand: Stand): void => {
    const { window, place } = stand
    close(window)
    const panel = panelOf(stand)
    if (panel !== null && place === 'monitor') pullIn(panel)
    const talk = createPageTalk({ log, attach: (port) => parts.attach(port, { window, turned: place === 'turned' }) }, core)
    const isThis = (): boolean => views.get(window)?.talk === talk
    const view = openHallWindow({
      window, place, bounds: boundsOf(stand, panel), session: parts.session(window), bridge: parts.bridge, developer: parts.developer, page: parts.page(window),
      onMoved: () => {
        if (isThis()) look(window)
      },
      onClosed: () => {
        if (isThis()) take(closed(hall, window))
      },
      onPageGone: (reason) => {
        log('hall-page-gone', { window, reason })
        talk.leave()
      },
    })
    views.set(window, { stand, view, talk })
  }
  const boundsOf = ({ place, window }: Stand, panel: Panel | null): Box => {
    if (panel === null) return { x: 0, y: 0, ...PLAIN[window] }
    return place === 'window' ? centred(panel.workArea, PLAIN[window]) : panel.bounds
  }
  /** An officer's window that reaches into a monitor that is given away is put on its own altogether. */
  const pullIn = (given: Panel): void => {
    const own = hall.panels.find(({ id }) => id === hall.officer.at)
    const counter = parts.counter()
    if (own !== undefined && counter !== null && reaches(counter.getBounds(), given)) officer.bring(own)
  }
  /** The monitor that the officer's window is on: one that is given away when it reaches into it. */
  const under = (box: Box, panels: readonly Panel[]): MonitorId | null => {
    const given = panels.find((panel) => hall.open.some(({ place, monitor }) => place === 'monitor' && monitor === panel.id) && reaches(box, panel))
    return (given ?? panelUnder(box, panels))?.id ?? null
  }
  /** Looks where everything is now: the system says it late, and not always in the same order. */
  const look = (moved?: HallWindow): void => {
    const counter = parts.counter()
    if (!begun || counter === null) return
    const panels = monitors.all()
    const on = officer.isCovered() ? null : under(counter.getBounds(), panels)
    take(monitorsChanged(hall, panels, on))
    if (on !== null && on === hall.officer.at && !officer.isCovered()) officer.standsOn(on)
    const view = moved === undefined ? undefined : views.get(moved)?.view
    if (moved !== undefined && view !== undefined) take(hallMoved(hall, moved, panelUnder(view.bounds(), panels)?.id ?? null))
  }
  const begin = (): void => {
    const counter = parts.counter()
    if (begun || counter === null) return
    begun = true
    monitors.onChange(() => look())
    counter.on('move', () => look())
    counter.on('resize', () => look())
    // While it is covered it does not matter where it is.
    counter.on('show', () => look())
    look()
    take(started(hall))
  }
  /** Only from a display of its own: what was turned around lies over a locked window. */
  const handBack = (): void => {
    if (hall.open.some(({ window, place }) => window === 'display' && place !== 'turned') && !officer.isCovered()) parts.counter()?.focus()
  }
  const state = (): HallState => stateOf(hall, preferences.current.language)
  return {
    begin,
    answer: (ask) => {
      begin()
      if (ask.kind === 'hall-close') take(closed(hall, ask.window))
      else if (ask.kind === 'hall-plan') take(planned(hall, ask))
      else if (ask.kind === 'hall-hand-back') handBack()
      else if (ask.kind === 'hall-open') {
        const turn = opened(hall, ask.opening)
        if (turn === null) throw new AppError(ERRORS.hall.noFreeMonitor)
        take(turn)
      }
      return state()
    },
    listenerOf: (contents, address) => {
      const mine = [...views].find(([, { view }]) => view.contents === contents)
      return mine !== undefined && parts.isPage(mine[0], address) ? mine[1].talk : null
    },
    coreIs: (next) => {
      core = next
      for (const { talk } of views.values()) talk.coreIs(next)
    },
    coreForked: () => {
      for (const { talk } of views.values()) talk.coreForked()
    },
    leave: () => {
      for (const window of [...views.keys()]) close(window)
    },
    reopen: () => {
      for (const stand of hall.open) open(stand)
    },
  }
}
