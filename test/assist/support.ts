import type { HelperContent, HelperDraft } from '@contract/assist'
import { AccountId } from '@contract/ids'
import { type Assist, createAssist } from '../../src-main/assist'
import type { Actor } from '../../src-main/intake'
import { actor, type Desk, newDesk, person, SIMPLE } from '../intake/support'

export const HELPER = AccountId.parse('01939b6e-0000-7000-8000-0000000000a1')
export const OTHER_HELPER = AccountId.parse('01939b6e-0000-7000-8000-0000000000a2')
export const officer = actor
export const colleague: Actor = { id: AccountId.parse('01939b6e-0000-7000-8000-0000000000b1'), name: 'Lâm Chí Kiên' }

export type Hall = Readonly<{ desk: Desk; assist: Assist; helpers: Assist['helpers']; officers: Assist['officers'] }>

/** An office with two helpers and two officers, on real files. */
export function newHall(): Hall {
  const desk = newDesk()
  const hire = (id: AccountId, login: string, name: string, role: string): void => void desk.store.write((tx) => tx.run(
    `INSERT INTO account (id, login_name, login_folded, full_name, title, role, secret_hash, secret_id, created_at, created_by)
     VALUES (?, ?, ?, ?, '', ?, '{}', ?, '2026-11-20T00:00:00.000Z', 'system')`, [id, login, login, name, role, '0'.repeat(32)]))
  hire(HELPER, 'tocongnghe', 'Nguyễn Hoài An', 'helper')
  hire(OTHER_HELPER, 'tocongnghe2', 'Trần Bảo Vy', 'helper')
  hire(colleague.id, 'kien', colleague.name, 'officer')
  const assist = createAssist({ store: desk.store, audit: desk.audit, clock: desk.deps.clock, procedure: desk.catalogue.version, assess: desk.intake.assess, changed: (event) => desk.events.push(event) })
  return { desk, assist, ...assist }
}

/** What a helper types for the person of the tests. */
export function filledPart({ desk }: Hall, draft: HelperDraft, changed: Partial<HelperContent> = {}): HelperContent {
  const procedure = desk.catalogue.get(SIMPLE)
  const sources = { fullName: 'helper', idNumber: 'helper', birthDate: 'helper' } as const
  return {
    ...draft.content, applicant: { ...person(), sources }, procedure: { code: SIMPLE, version: procedure.version }, answers: { place: 'here' },
    papers: Object.fromEntries(procedure.components.map(({ code }) => [code, 'has' as const])), ...changed,
  }
}

export function typed(hall: Hall, changed: Partial<HelperContent> = {}): HelperDraft {
  const draft = hall.helpers.start(HELPER)
  return hall.helpers.save(HELPER, { draftId: draft.id, revision: draft.revision, content: filledPart(hall, draft, changed) })
}
