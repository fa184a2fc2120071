import { z } from 'zod'

/**
 * The windows of the people in the room, beside the officer's own: the citizen's display at the counter, the board of the waiting
 * room, the ticket kiosk, and the tablet-sized window of a helper. Each has its own narrow contract (`hall-contracts.ts`).
 */
export const HALL_WINDOWS = ['display', 'board', 'kiosk', 'helper'] as const
export const HallWindow = z.enum(HALL_WINDOWS)
export type HallWindow = z.infer<typeof HallWindow>

/** What the system calls a monitor; stable while it is plugged in. */
export const MonitorId = z.string().min(1).max(60)
export type MonitorId = z.infer<typeof MonitorId>

export const Monitor = z.object({
  id: MonitorId,
  /** For people: "Màn hình 2 · 1920×1080". */
  name: z.string(),
  width: z.number().int(), height: z.number().int(),
  primary: z.boolean(),
  /** Whose content is on it; null when nothing of ours is. */
  holds: z.union([HallWindow, z.literal('counter')]).nullable(),
})
export type Monitor = z.infer<typeof Monitor>

/**
 * How a window of the hall stands: full screen on a monitor of its own, turned around over the officer's window (the officer's
 * session is locked meanwhile), or as a plain window (practice, tests, one-monitor machines).
 */
export const HallPlace = z.enum(['monitor', 'turned', 'window'])
export type HallPlace = z.infer<typeof HallPlace>

export const HallState = z.object({
  monitors: z.array(Monitor),
  open: z.array(z.object({ window: HallWindow, place: HallPlace, monitor: MonitorId.nullable() })),
  /** `auto`: the citizen's display opens by itself on a second monitor. */
  display: z.enum(['auto', 'off']),
  /** Windows that open by themselves at the start of the program, where their monitor is there. */
  atStart: z.array(HallWindow),
})
export type HallState = z.infer<typeof HallState>

/** Opening a window: where. `monitor` null with place `monitor`: the first that nothing of ours is on. */
export const HallOpening = z.object({ window: HallWindow, place: HallPlace, monitor: MonitorId.nullable() })
export type HallOpening = z.infer<typeof HallOpening>
