import type { HallOpening, HallState, HallWindow, MonitorId } from '@contract/hall'
import { samePanels, type Panel, type Stand } from './panels'

/**
 * Which window stands on which monitor. Pure: events in, acts out. What must always hold:
 * no window of the hall has a monitor in common with the officer's, unless it was turned around over it or is a plain window;
 * a window of the hall stays on its monitor or is closed; an officer's window that came onto another monitor by itself is covered
 * at once and shown again only locked.
 */
export interface Hall {
  readonly panels: readonly Panel[]
  readonly officer: Officer
  readonly open: readonly Stand[]
  /** Monitors on which a window of the hall stands or has stood since the start. */
  readonly given: readonly MonitorId[]
  /** Closed because of their monitors; they come back with them. */
  readonly lost: readonly Stand[]
  /** The display was closed by hand: it opens by itself again when a monitor comes. */
  readonly declined: boolean
  readonly plan: Plan
}

export interface Officer {
  /** Where the officer's window is; null while there is no monitor for it. */
  readonly at: MonitorId | null
  /** Where the officer put it. */
  readonly home: MonitorId | null
  /** Where it was before its last move. */
  readonly before: MonitorId | null
}

/** What was chosen for this machine. */
export interface Plan extends Pick<HallState, 'display' | 'atStart'> {
  /** The monitor that each window stood on last. */
  readonly monitors: Readonly<Partial<Record<HallWindow, MonitorId>>>
}

export type HallAct =
  | { readonly do: 'open'; readonly stand: Stand }
  | { readonly do: 'close'; readonly window: HallWindow }
  /** Its monitor has another place or size. */
  | { readonly do: 'stretch'; readonly window: HallWindow; readonly to: Panel }
  /** Hides the officer's window and locks the session. */
  | { readonly do: 'cover' }
  /** Shows it again, there, once nothing but the lock is on it. */
  | { readonly do: 'uncover'; readonly on: Panel }
  /** Moves the officer's window as it is. */
  | { readonly do: 'bring'; readonly to: Panel }

export interface Turn {
  readonly hall: Hall
  readonly acts: readonly HallAct[]
}

export const emptyHall = (plan: Plan): Hall => ({ panels: [], officer: { at: null, home: null, before: null }, open: [], given: [], lost: [], declined: false, plan })

const still = (hall: Hall): Turn => ({ hall, acts: [] })
const then = ({ hall, acts }: Turn, next: (hall: Hall) => Turn): Turn => {
  const turn = next(hall)
  return { hall: turn.hall, acts: [...acts, ...turn.acts] }
}
const panelOf = (hall: Hall, id: MonitorId | null): Panel | null => hall.panels.find((panel) => panel.id === id) ?? null
const standOf = (hall: Hall, window: HallWindow): Stand | undefined => hall.open.find((stand) => stand.window === window)
/** True when a monitor is given away whole. */
const isHeld = (hall: Hall, id: MonitorId): boolean => hall.open.some(({ place, monitor }) => place === 'monitor' && monitor === id)
const isFree = (hall: Hall, id: MonitorId): boolean => id !== hall.officer.at && !isHeld(hall, id)

/** The program has started: what is to open by itself opens. */
export function started(hall: Hall): Turn {
  const wanted = hall.plan.atStart.filter((window) => standOf(hall, window) === undefined)
  const opened = wanted.reduce<Turn>((turn, window) => then(turn, (now) => {
    const known = now.plan.monitors[window]
    const monitor = known === undefined ? freeMonitor(now, window) : panelOf(now, known) !== null && isFree(now, known) ? known : null
    return monitor === null ? still(now) : put(now, { window, place: 'monitor', monitor })
  }), still(hall))
  return then(opened, displayByItself)
}

/**
 * Monitors came, went or changed places.
 * @param under the monitor that the officer's window is on now: one that is given away when it reaches into any
 */
export function monitorsChanged(before: Hall, panels: readonly Panel[], under: MonitorId | null): Turn {
  if (samePanels(before.panels, panels)) return officerMoved(before, under)
  const came = panels.some(({ id }) => panelOf(before, id) === null)
  const hall = { ...before, panels, declined: before.declined && !came }
  const turn = [(now: Hall) => keepOfficer(now, before, under), dropOrphans, follow, bringBack, displayByItself].reduce(then, still(hall))
  return { ...turn, acts: turn.acts.toSorted((one, other) => ORDER[one.do] - ORDER[other.do]) }
}

/** What must not be seen goes first; monitors are cleared before anything comes onto them. */
const ORDER: Readonly<Record<HallAct['do'], number>> = { cover: 0, close: 1, stretch: 2, uncover: 3, bring: 3, open: 4 }

function dropOrphans(hall: Hall): Turn {
  const gone = hall.open.filter(({ monitor }) => monitor !== null && panelOf(hall, monitor) === null)
  return gone.reduce<Turn>((turn, stand) => then(turn, (now) => drop(now, stand)), still(hall))
}

/** Windows follow a monitor that was moved or got another size: its content stays its own. */
function follow(hall: Hall): Turn {
  const acts = hall.open.flatMap(({ window, place, monitor }): HallAct[] => {
    const to = panelOf(hall, monitor)
    return to === null || place === 'window' ? [] : [{ do: 'stretch', window, to }]
  })
  return { hall, acts }
}

function keepOfficer(hall: Hall, before: Hall, under: MonitorId | null): Turn {
  const { at, home, before: from } = hall.officer
  const isHere = (id: MonitorId | null): id is MonitorId => panelOf(hall, id) !== null
  const wasHere = (id: MonitorId | null): boolean => id !== null && panelOf(before, id) !== null
  if (at === null && home === null) return still({ ...hall, officer: { at: under, home: under, before: null } })
  // The system may have moved it before it said that the monitor is gone.
  if (wasHere(from) && !isHere(from)) return shelter({ ...hall, officer: { at, home: from, before: null } })
  if (!isHere(at) || (under !== null && isHeld(hall, under))) return shelter(hall)
  if (isHere(home) && at !== home && isFree(hall, home)) return bringHome(hall, home)
  return officerMoved(hall, under)
}

function bringHome(hall: Hall, home: MonitorId): Turn {
  const to = panelOf(hall, home)
  return to === null ? still(hall) : { hall: { ...hall, officer: { at: home, home, before: null } }, acts: [{ do: 'bring', to }] }
}

/** Covers the officer's window and finds it a monitor: its own, one that was never given away, one that is not, and else it takes one back. */
function shelter(hall: Hall): Turn {
  const turned = hall.open.filter(({ place }) => place === 'turned')
  const covered = turned.reduce<Turn>((turn, stand) => then(turn, (now) => drop(now, stand)), { hall, acts: [{ do: 'cover' }] })
  return then(covered, (now) => {
    const unheld = primaryFirst(now.panels).filter(({ id }) => !isHeld(now, id))
    const on = unheld.find(({ id }) => id === now.officer.home) ?? unheld.find(({ id }) => !now.given.includes(id)) ?? unheld[0] ?? primaryFirst(now.panels)[0]
    if (on === undefined) return still({ ...now, officer: { ...now.officer, at: null, before: null } })
    const inTheWay = now.open.filter(({ place, monitor }) => place === 'monitor' && monitor === on.id)
    const cleared = inTheWay.reduce<Turn>((turn, stand) => then(turn, (later) => drop(later, stand)), still(now))
    return then(cleared, (later) => ({ hall: { ...later, officer: { ...later.officer, at: on.id, before: null } }, acts: [{ do: 'uncover', on }] }))
  })
}

/** The officer's window stands on another monitor: by hand, or because the system is about to say that one is gone. */
export function officerMoved(hall: Hall, under: MonitorId | null): Turn {
  const { at } = hall.officer
  if (under === null || under === at) return still(hall)
  if (isHeld(hall, under)) return shelter(hall)
  return still({ ...hall, officer: { at: under, home: under, before: at } })
}

/** A window of the hall stands on another monitor. A plain one may; of any other the content is dropped. */
export function hallMoved(hall: Hall, window: HallWindow, under: MonitorId | null): Turn {
  const stand = standOf(hall, window)
  if (stand === undefined || under === null || under === stand.monitor) return still(hall)
  if (stand.place !== 'window') return drop(hall, stand)
  return still({ ...hall, open: hall.open.map((each) => (each === stand ? { ...stand, monitor: under } : each)) })
}

/** Opens a window. Null when there is no monitor for it. */
export function opened(hall: Hall, { window, place, monitor: asked }: HallOpening): Turn | null {
  const stand = standOf(hall, window)
  if (stand?.place === place && (asked === null || asked === stand.monitor)) return still(hall)
  const without = { ...hall, open: hall.open.filter((each) => each !== stand) }
  const monitor = place !== 'monitor' ? hall.officer.at : asked === null ? freeMonitor(without, window) ?? freeMonitor(without, window, 'reserved too') : asked
  if (place !== 'window' && (monitor === null || panelOf(hall, monitor) === null)) return null
  if (place === 'monitor' && monitor !== null && !isFree(without, monitor)) return null
  // Two windows turned over one another would leave the upper one's way back hidden.
  const inTheWay = hall.open.filter((each) => each === stand || (place === 'turned' && each.place === 'turned'))
  return then(inTheWay.reduce<Turn>((turn, each) => then(turn, (now) => take(now, each.window)), still(hall)), (now) => put(now, { window, place, monitor }))
}

/** Closed by an officer, or by whoever gave a turned one back. */
export function closed(hall: Hall, window: HallWindow): Turn {
  const turn = take(hall, window)
  const wasByItself = standOf(hall, window)?.place === 'monitor'
  return { ...turn, hall: { ...turn.hall, declined: turn.hall.declined || (window === 'display' && wasByItself) } }
}

/** Another plan; the display comes or goes with it. */
export function planned(hall: Hall, { display, atStart }: Pick<HallState, 'display' | 'atStart'>): Turn {
  const turnedOn = display === 'auto' && hall.plan.display === 'off'
  const next = { ...hall, declined: hall.declined && !turnedOn, plan: { ...hall.plan, display, atStart } }
  const isOff = display === 'off' && hall.plan.display === 'auto' && standOf(hall, 'display')?.place === 'monitor'
  return isOff ? take(next, 'display') : displayByItself(next)
}

function displayByItself(hall: Hall): Turn {
  if (hall.plan.display === 'off' || hall.declined || hall.officer.at === null || standOf(hall, 'display') !== undefined) return still(hall)
  const monitor = freeMonitor(hall, 'display')
  return monitor === null ? still(hall) : put(hall, { window: 'display', place: 'monitor', monitor })
}

function bringBack(hall: Hall): Turn {
  return hall.lost.reduce<Turn>((turn, stand) => then(turn, (now) => {
    const isBack = stand.monitor !== null && panelOf(now, stand.monitor) !== null && now.officer.at !== null && isFree(now, stand.monitor)
    return isBack ? put(now, stand) : still(now)
  }), still(hall))
}

/** The monitor for a window: the one it had last, or the first that nothing of ours is on, the primary one last. */
function freeMonitor(hall: Hall, window: HallWindow, which: 'unreserved' | 'reserved too' = 'unreserved'): MonitorId | null {
  const mine = hall.plan.monitors[window]
  const free = hall.panels.toSorted((one, other) => Number(one.primary) - Number(other.primary)).map(({ id }) => id).filter((id) => isFree(hall, id))
  if (mine !== undefined && free.includes(mine)) return mine
  const waiting = [...hall.plan.atStart, ...hall.lost.map((stand) => stand.window)].filter((other) => other !== window && standOf(hall, other) === undefined)
  const reserved = new Set(which === 'unreserved' ? waiting.map((other) => hall.plan.monitors[other]) : [])
  return free.find((id) => !reserved.has(id)) ?? null
}

const primaryFirst = (panels: readonly Panel[]): Panel[] => panels.toSorted((one, other) => Number(other.primary) - Number(one.primary))

function put(hall: Hall, stand: Stand): Turn {
  const { monitor, window } = stand
  const own = stand.place === 'monitor' && monitor !== null
  return {
    hall: {
      ...hall,
      open: [...hall.open.filter((each) => each.window !== window), stand],
      lost: hall.lost.filter((each) => each.window !== window),
      declined: hall.declined && window !== 'display',
      given: own && !hall.given.includes(monitor) ? [...hall.given, monitor] : hall.given,
      plan: own ? { ...hall.plan, monitors: { ...hall.plan.monitors, [window]: monitor } } : hall.plan,
    },
    acts: [{ do: 'open', stand }],
  }
}

/** Closes a window that nobody asked to close. */
function drop(hall: Hall, stand: Stand): Turn {
  const turn = take(hall, stand.window)
  return stand.place === 'monitor' ? { ...turn, hall: { ...turn.hall, lost: [...turn.hall.lost, stand] } } : turn
}

function take(hall: Hall, window: HallWindow): Turn {
  const rest = { ...hall, open: hall.open.filter((each) => each.window !== window), lost: hall.lost.filter((each) => each.window !== window) }
  return { hall: rest, acts: standOf(hall, window) === undefined ? [] : [{ do: 'close', window }] }
}
