import type { HallOpening, HallPlace, HallWindow, MonitorId } from '@contract/hall'
import type { Panel } from '../../../src-main/shell/hall/panels'
import { closed, emptyHall, hallMoved, monitorsChanged, opened, planned, started, type Hall, type HallAct, type Plan, type Turn } from '../../../src-main/shell/hall/placement'

/** Monitors in a row, the first one primary. */
export const row = (...ids: readonly string[]): Panel[] => ids.map((id, at) => {
  const bounds = { x: at * 1000, y: 0, width: 1000, height: 700 }
  return { id, bounds, workArea: bounds, primary: at === 0, scale: 1 }
})

export const plan: Plan = { display: 'auto', atStart: [], monitors: {} }

/** An operating system of the mind: it carries out acts, moves windows as it likes, and complains of every state that must not be. */
export class World {
  panels: Panel[]
  hall: Hall
  /** The monitor that the officer's window really is on. */
  at: MonitorId | null
  visible = true
  locked = false
  /** The content in each window of the hall by number, and the monitor it really is on. */
  readonly views = new Map<HallWindow, { content: number; on: MonitorId | null; place: HallPlace }>()
  /** Where each content was shown first. */
  readonly first = new Map<number, MonitorId | null>()
  readonly wrong: string[] = []
  acts: HallAct[] = []
  private last = 0

  constructor(ids: readonly string[], chosen: Plan = plan) {
    this.panels = row(...ids)
    this.at = this.panels[0]?.id ?? null
    this.hall = emptyHall(chosen)
    this.take(monitorsChanged(this.hall, this.panels, this.at))
    this.take(started(this.hall))
  }

  open(opening: HallOpening): boolean {
    const turn = opened(this.hall, opening)
    if (turn === null) return false
    if (opening.place === 'turned') this.locked = true
    this.take(turn)
    return true
  }

  close = (window: HallWindow): void => this.take(closed(this.hall, window))
  plan = (display: 'auto' | 'off', atStart: HallWindow[] = []): void => this.take(planned(this.hall, { display, atStart }))
  /** The officer drags the window, or the system does. */
  drag(to: MonitorId): void {
    if (!this.visible) return
    this.at = to
    this.look()
  }
  moveHall(window: HallWindow, to: MonitorId): void {
    const view = this.views.get(window)
    if (view === undefined) return
    view.on = to
    this.take(hallMoved(this.hall, window, to))
  }
  unlock(): void {
    if (this.visible) this.locked = false
  }
  /**
   * Other monitors from now on. Windows on one that is gone land where the system likes.
   * @param early the system moves windows first and tells of the monitor afterwards
   */
  become(panels: Panel[], land: (left: readonly Panel[]) => Panel | undefined, early: boolean): void {
    const gone = (id: MonitorId | null): boolean => id !== null && !panels.some((panel) => panel.id === id)
    const old = this.panels
    const left = panels.filter(({ id }) => old.some((panel) => panel.id === id))
    if (!early) this.panels = panels
    if (gone(this.at)) {
      this.at = land(early ? left : panels)?.id ?? null
      if (early) this.look()
    }
    for (const [window, view] of [...this.views]) {
      if (!gone(view.on)) continue
      view.on = land(early ? left : panels)?.id ?? null
      if (early && view.on !== null) this.take(hallMoved(this.hall, window, view.on))
    }
    this.panels = panels
    this.look()
  }
  /** Two monitors change places; windows stay at their coordinates, so that they are on the other one. */
  swap(one: MonitorId, other: MonitorId): void {
    const boxes = new Map(this.panels.map(({ id, bounds }) => [id, bounds]))
    const trade = (id: MonitorId): MonitorId => (id === one ? other : id === other ? one : id)
    this.panels = this.panels.map((panel) => {
      const bounds = boxes.get(trade(panel.id)) ?? panel.bounds
      return { ...panel, bounds, workArea: bounds }
    })
    if (this.at !== null) this.at = trade(this.at)
    for (const view of this.views.values()) if (view.on !== null) view.on = trade(view.on)
    this.look()
  }

  private look(): void {
    const held = this.hall.open.find(({ place, monitor }) => place === 'monitor' && monitor === this.at)
    this.take(monitorsChanged(this.hall, this.panels, held?.monitor ?? (this.panels.some(({ id }) => id === this.at) ? this.at : null)))
  }

  private take({ hall, acts }: Turn): void {
    this.hall = hall
    // What the system did by itself cannot be undone, only be covered first of all.
    const exposed = this.exposed().length > 0
    if (exposed && acts.length > 0 && acts[0]?.do !== 'cover') this.wrong.push(`first ${String(acts[0]?.do)} and not cover`)
    let excused = this.moved().length > 0
    for (const act of acts) {
      this.perform(act)
      this.acts.push(act)
      this.wrong.push(...this.exposed().map((fault) => `after ${act.do}: ${fault}`))
      excused &&= this.moved().length > 0
      if (!excused) this.wrong.push(...this.moved().map((fault) => `after ${act.do}: ${fault}`))
    }
    this.wrong.push(...this.exposed(), ...this.moved())
  }

  private perform(act: HallAct): void {
    if (act.do === 'close') this.views.delete(act.window)
    else if (act.do === 'open') {
      const content = (this.last += 1)
      this.views.set(act.stand.window, { content, on: act.stand.monitor, place: act.stand.place })
      this.first.set(content, act.stand.monitor)
    } else if (act.do === 'stretch') {
      const view = this.views.get(act.window)
      if (view !== undefined) view.on = act.to.id
    } else if (act.do === 'cover') [this.visible, this.locked] = [false, true]
    else {
      this.at = act.do === 'uncover' ? act.on.id : act.to.id
      if (act.do === 'uncover') this.visible = true
    }
  }

  /** Windows of the hall onto whose monitor the officer's came, where it is seen. */
  private exposed(): string[] {
    if (!this.visible || this.at === null) return []
    return [...this.views].filter(([, { content, place, on }]) => place === 'monitor' && on === this.at && this.first.get(content) === on).map(([window]) => `the officer's window on the monitor of ${window}`)
  }

  private moved(): string[] {
    return [...this.views].filter(([, { content, on, place }]) => place !== 'window' && on !== this.first.get(content)).map(([window]) => `content of ${window} was moved`)
  }
}
