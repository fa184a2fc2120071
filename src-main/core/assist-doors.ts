import type { HelperGate, HelperNews, HelperSession } from '@contract/assist'
import type { LiveEvent } from '@contract/calls-live'
import { AppError } from '@contract/errors'
import { helperContract } from '@contract/hall-contracts'
import type { AccountId } from '@contract/ids'
import { may, type SessionId, type SessionInfo } from '@contract/staff'
import type { HelperDesk } from '../assist'
import { ok } from './answers'
import { cardAnswer } from './card-answer'
import { type HallContext, hallApi } from './hall-serving'
import type { Office } from './office'
import { readPracticeWard } from './resources'

/** Who sits at a helper's window: known by the port, so that another window, or the next one, begins with nobody. */
type Seats = WeakMap<AbortSignal, SessionId>

const NEWS: Partial<Record<LiveEvent['kind'], readonly HelperNews[]>> = { session: ['gate'], settings: ['gate'], assisted: ['gate', 'drafts'] }

const sessionOf = ({ account, locksAt }: SessionInfo): HelperSession => ({ fullName: account.fullName, mustChangeSecret: account.mustChangeSecret, endsAt: locksAt })

/** The data, which an officer has opened. @throws AppError TK-003 while they are closed */
function officeOf({ counter }: HallContext): Office {
  const office = counter.office()
  if (!office) throw new AppError('TK-003')
  return office
}

/** @throws AppError TK-003 nobody is signed in at this window, or not any more */
function seatOf(seats: Seats, context: HallContext): SessionId {
  const id = seats.get(context.gone)
  if (id === undefined) throw new AppError('TK-003')
  return id
}

function gateOf(seats: Seats, context: HallContext): HelperGate {
  const { counter, gone } = context
  const office = counter.office()
  const { practice, resourcesFolder } = counter.settings
  const id = seats.get(gone)
  const session = id === undefined ? undefined : office?.staff.helpers.get(id)
  const helpers = practice ? readPracticeWard(resourcesFolder).accounts.filter(({ role }) => may(role, 'assist')) : []
  return {
    open: office !== undefined, practice, ward: office?.settings().ward.name ?? null, session: session ? sessionOf(session) : null,
    demo: helpers.map(({ loginName, fullName, secret }) => ({ loginName, fullName, secret })),
  }
}

/** The calls of a helper's window. All but those of the door itself need a helper signed in at that window. */
export function createHelperRouter() {
  const seats: Seats = new WeakMap()
  const door = hallApi(helperContract)
  const guarded = door.use(async ({ context, next }) => {
    const office = officeOf(context)
    const { account } = office.staff.helpers.require(seatOf(seats, context), 'assist')
    office.noteActivity()
    const { helpers: desk } = await office.assist()
    return next({ context: { office, desk, helper: account.id } satisfies { office: Office; desk: HelperDesk; helper: AccountId } })
  })

  return door.router({
    gate: door.gate.handler(({ context }) => gateOf(seats, context)),
    signIn: door.signIn.handler(async ({ input, context }) => {
      const { helpers } = officeOf(context).staff
      const { gone } = context
      const session = await helpers.signIn(input)
      seats.set(gone, session.id)
      const leave = (): void => helpers.end(session.id, 'system')
      if (gone.aborted) leave()
      else gone.addEventListener('abort', leave, { once: true })
      return sessionOf(session)
    }),
    signOut: door.signOut.handler(({ context }) => {
      const id = seats.get(context.gone)
      if (id !== undefined) context.counter.office()?.staff.helpers.end(id, 'asked')
      seats.delete(context.gone)
      return ok
    }),
    touch: door.touch.handler(({ context }) => {
      const id = seats.get(context.gone)
      if (id !== undefined) context.counter.office()?.staff.helpers.touch(id)
      return ok
    }),
    changeSecret: door.changeSecret.handler(async ({ input, context }) => {
      await officeOf(context).staff.helpers.changeSecret(seatOf(seats, context), input)
      return ok
    }),
    ask: guarded.ask.handler(async ({ input, context }) => (await context.office.guide()).ask(input.words, input.answers)),
    search: guarded.search.handler(({ input, context }) => context.office.catalogue.search({ query: input.query, lifeEvent: null, applicant: null, limit: input.limit, filters: {} }).items),
    procedure: guarded.procedure.handler(({ input, context }) => context.office.catalogue.get(input.code, input.version)),
    readCard: guarded.readCard.handler(({ input, context }) => cardAnswer(input.text, context.clock)),
    drafts: guarded.drafts.handler(({ context: { desk, helper } }) => desk.drafts(helper)),
    start: guarded.start.handler(({ context: { desk, helper } }) => desk.start(helper)),
    open: guarded.open.handler(({ input, context: { desk, helper } }) => desk.open(helper, input.draftId)),
    save: guarded.save.handler(({ input, context: { desk, helper } }) => desk.save(helper, input)),
    discard: guarded.discard.handler(({ input, context: { desk, helper } }) => {
      desk.discard(helper, input.draftId)
      return ok
    }),
    restore: guarded.restore.handler(({ input, context: { desk, helper } }) => desk.restore(helper, input.draftId)),
    handOver: guarded.handOver.handler(({ input, context: { desk, helper } }) => desk.handOver(helper, input.draftId, input.note)),
    news: door.news.handler(({ context: { live, gone }, signal }) => newsFrom(live.listen(signal ? AbortSignal.any([signal, gone]) : gone))),
  })
}

/** That something changed, and nothing of what. Begins with everything: what changed before anybody listened. */
async function* newsFrom(events: AsyncGenerator<LiveEvent>): AsyncGenerator<HelperNews> {
  yield* ['gate', 'drafts'] as const
  for await (const { kind } of events) yield* NEWS[kind] ?? []
}
