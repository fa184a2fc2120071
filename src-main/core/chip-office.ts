import { randomBytes } from 'node:crypto'
import type { CoreSettings } from '@contract/host'
import type { ReadersView } from '@contract/readers'
import type { Audit } from '../audit'
import { type ChipDesk, chipParts, type TrustStore } from '../identity'
import { createReaders, createVirtualSource, machineSources, type Readers, type VirtualReader } from '../readers'
import type { SettingsStore } from '../staff'
import type { Clock, Store } from '../storage'
import type { Live } from './live'

/** Readers, the desk where chips are read, and the roots that are trusted. */
export type ChipOffice = Readonly<{
  view(): ReadersView
  choose(by: string, reader: string): void
  /** Practice mode only. @throws AppError TK-013 for a card that is not offered */
  putCard(id: string | null): void
  desk: ChipDesk
  trust: TrustStore
  close(): Promise<void>
}>

type Deps = Readonly<{ place: CoreSettings; store: Store; audit: Audit; clock: Clock; live: Live; settings: SettingsStore }>

const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length))

/** A chip over the air needs this long for an answer; practice is to feel like it, in milliseconds. */
const PRACTICE_DELAY = 12

/** Opens the ways to readers. What is missing shows in the view; nothing here keeps the counter from starting. */
export async function openChipOffice({ place, store, audit, clock, live, settings }: Deps): Promise<ChipOffice> {
  const { createChipDesk, createTrust, practiceCards, practiceRoot, warmUpDecoder } = await chipParts()
  const trust = createTrust({ store, audit, clock })
  const virtual: VirtualReader | null = place.practice ? createVirtualSource({ cards: practiceCards(place.resourcesFolder, random), delayMs: PRACTICE_DELAY }) : null
  if (place.practice) trust.addPractice(practiceRoot(place.resourcesFolder))

  let chooser = 'system'
  const told: (() => void)[] = []
  const readers: Readers = await createReaders({
    sources: [...(virtual ? [virtual.open] : []), ...machineSources({ pcscBinding: place.pcscBinding })],
    remembered: () => settings.read()?.devices.reader ?? null,
    remember: (reader) => {
      const now = settings.read()
      if (now) settings.saveSection(chooser, 'devices', { ...now.devices, reader })
    },
    changed: () => {
      for (const tell of told) tell()
      live.emit({ kind: 'readers' })
    },
  })
  const desk = createChipDesk({
    readers, trust: trust.trust, store, audit, clock, random,
    simulatedReader: (name) => readers.view().readers.some((reader) => reader.name === name && reader.simulated),
  })
  told.push(desk.readersChanged)
  // Ready before the first portrait; without it portraits are only slower.
  void warmUpDecoder().catch(() => undefined)
  return {
    desk, trust,
    view: () => ({ ...readers.view(), virtualCards: virtual?.cards() ?? [] }),
    choose: (by, reader) => {
      chooser = by
      readers.choose(reader)
    },
    putCard: (id) => virtual?.put(id),
    close: async () => {
      desk.leave('empty')
      await readers.close()
    },
  }
}
