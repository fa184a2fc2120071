import type { QueueTicket } from '@contract/queue'

/** How long somebody has waited in all, in ms: what is behind and, while waiting, the present stretch. */
export function waitedOf(ticket: Pick<QueueTicket, 'state' | 'stateSince' | 'waitedMs'>, now: Date): number {
  const present = ticket.state === 'waiting' ? Math.max(0, now.getTime() - Date.parse(ticket.stateSince)) : 0
  return ticket.waitedMs + present
}

/** Minutes and seconds since a moment, `03:12`; from an hour on `1:03:12`. */
export function clockSince(since: string, now: Date): string {
  const seconds = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 1000))
  const two = (value: number): string => String(value).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  return `${hours > 0 ? `${String(hours)}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}
