import { ShowingId, type Signer } from '@contract/display'
import type { DraftContent } from '@contract/draft'
import { Instant, type DossierId } from '@contract/ids'
import type { Collector } from '@contract/results'
import { balanceOf, keptOf } from '../../src-main/fees'
import { createResults, createSignatures, resultExtras, type Results, type ResultsDeps, type Signatures } from '../../src-main/results'
import { moveDossier } from '../../src-main/intake'
import { DREW } from '../core/display-support'
import { actor, type Desk, newDesk, person, receive } from '../intake/support'

export type Place = Readonly<{ desk: Desk; results: Results; signatures: Signatures }>

/** A desk where results are handed over; what was read of a chip is what `chip` says. */
export function newPlace(chip: ResultsDeps['chipNumber'] = async () => null): Place {
  const desk = newDesk({ deps: { extras: resultExtras } })
  const signatures = createSignatures()
  const results = createResults({
    ...desk.deps, intake: desk.intake, signatures, chipNumber: chip, openFee: (reader, id, total) => balanceOf(total, keptOf(reader, id)).open,
  })
  desk.lease('2026-11-23')
  return { desk, results, signatures }
}

/** A dossier whose result is there. */
export function ready({ desk }: Place, changed: Partial<DraftContent> = {}): { id: DossierId; version: number; code: string } {
  const { id, version, code } = receive(desk, changed)
  return { id, code, version: move(desk, id, version, 9) }
}

export const move = (desk: Desk, dossierId: DossierId, version: number, to: 8 | 9): number =>
  desk.store.write((tx) => moveDossier(tx, desk.deps, actor, { dossierId, version, to, note: 'đã có' })).version

export const OWNER = { how: 'owner', role: 'applicant', checked: 'card', reading: null } as const satisfies Collector
export const COUSIN = { how: 'authorised', name: 'Lê Thị Hoa', idNumber: '079183000111', checked: 'card', reading: null, authority: 'Giấy ủy quyền ngày 20/11/2026' } as const satisfies Collector
export const TO_POST = { how: 'post', name: 'Bùi Nhật Khang', tracking: 'EK123456789VN' } as const satisfies Collector

let showing = 0
/** As if it was drawn on the display. */
export function draw({ desk, signatures }: Place, dossierId: DossierId, by: Signer = { how: 'owner', role: 'applicant' }): void {
  showing += 1
  signatures.put({ dossierId, by, askedBy: actor.id, signature: DREW, showing: ShowingId.parse(showing.toString(16).padStart(32, '0')), at: Instant.parse(desk.deps.clock.now().toISOString()) })
}

/** A child's dossier, handed in by a parent. */
export const FOR_CHILD: Partial<DraftContent> = { capacity: 'child', owner: person({ fullName: 'Bùi Minh An', idNumber: '079220001234', birthDate: '01/02/2020' }) }
