import type { KioskContract } from '@contract/hall-contracts'
import type { GivenTicket, KioskState, QueueGroup, TicketId } from '@contract/queue'
import type { RatingReason } from '@contract/display'
import { createHallClient, type Opening } from '../hall'

/** A citizen waits no longer for an answer; printing may take some seconds. */
const LONGEST_MS = 15_000

const client = createHallClient<KioskContract>()
const soon = (): { signal: AbortSignal } => ({ signal: AbortSignal.timeout(LONGEST_MS) })

type Answers = Awaited<ReturnType<typeof client.ask>>
export type Answer = Answers[number]
export type Scanned = Awaited<ReturnType<typeof client.scan>>
export type ScannedTicket = Extract<Scanned, { kind: 'ticket' }>
export type Rating = Readonly<{ stars: number; reasons: RatingReason[]; comment: string }>

export const openState: Opening<KioskState> = (signal) => client.state(undefined, { signal })

/** What the kiosk asks of the core; each answer comes within 15 s or not at all. */
export const kiosk = {
  take: (letter: KioskState['kinds'][number]['letter'], group: QueueGroup): Promise<GivenTicket> => client.take({ letter, group }, soon()),
  printAgain: async (ticket: TicketId): Promise<GivenTicket['printed']> => (await client.printAgain({ ticket }, soon())).printed,
  scan: (text: string): Promise<Scanned> => client.scan({ text }, soon()),
  comeBack: (ticket: TicketId): Promise<{ label: string; ahead: number }> => client.comeBack({ ticket }, soon()),
  rate: (slip: string, rating: Rating): Promise<unknown> => client.rate({ slip, ...rating }, soon()),
  ask: (words: string): Promise<Answers> => client.ask({ words }, soon()),
} as const
