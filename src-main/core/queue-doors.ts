import type { InferContractRouterOutputs } from '@orpc/contract'
import { classifyScan } from '@contract/codes'
import { AppError } from '@contract/errors'
import { SlipToken } from '@contract/feedback'
import type { GuideHit } from '@contract/guide'
import { boardContract, type KioskContract, kioskContract } from '@contract/hall-contracts'
import { TicketId } from '@contract/queue'
import { ok } from './answers'
import { hallApi, type HallContext } from './hall-serving'
import type { Office } from './office'
import type { QueueOffice } from './queue-office'

/** @throws AppError TK-003 while the data are closed */
function officeOf({ counter }: HallContext): Office {
  const office = counter.office()
  if (!office) throw new AppError('TK-003')
  return office
}
const queueOf = (context: HallContext): Promise<QueueOffice> => officeOf(context).queue()

const endOf = (gone: AbortSignal, call: AbortSignal | undefined): AbortSignal => (call ? AbortSignal.any([gone, call]) : gone)

/** What a window shows, at once and again whenever something in it may have changed, until its port closes. */
async function* shown<T>(context: HallContext, call: AbortSignal | undefined, read: (queue: QueueOffice) => T): AsyncGenerator<T, void, undefined> {
  const left = new AbortController()
  const events = context.live.listen(AbortSignal.any([left.signal, endOf(context.gone, call)]))
  // Listened from before the first look on: nothing that happens in between is missed.
  let coming = events.next()
  try {
    yield read(await queueOf(context))
    for (let event = await coming; event.done !== true; event = await coming) {
      coming = events.next()
      if (event.value.kind === 'queue' || event.value.kind === 'settings') yield read(await queueOf(context))
    }
  } finally {
    left.abort()
  }
}

const board = hallApi(boardContract)
const kiosk = hallApi(kioskContract)

/** What the waiting room's board may ask: to look and to listen. */
export const createBoardRouter = () => board.router({
  state: board.state.handler(({ context, signal }) => shown(context, signal, (queue) => queue.board())),
  calls: board.calls.handler(async ({ context, signal }) => (await queueOf(context)).calls(endOf(context.gone, signal))),
})

type Answers = InferContractRouterOutputs<KioskContract>
type Scanned = Answers['scan']
type Advice = Answers['ask'][number]

const UNKNOWN: Scanned = { kind: 'unknown' }

async function scanned(context: HallContext, text: string): Promise<Scanned> {
  const code = classifyScan(text)
  if (code.kind === 'ticket') {
    const found = (await queueOf(context)).look(TicketId.parse(code.ticket))
    if (!found) return UNKNOWN
    const { ticket: { id, label, state, counter }, ahead } = found
    return { kind: 'ticket', ticket: id, label, state, ahead, counter: counter?.name ?? null }
  }
  return code.kind === 'rating-slip' ? slipOf(context, SlipToken.parse(code.token)) : UNKNOWN
}

async function slipOf(context: HallContext, slip: SlipToken): Promise<Scanned> {
  const { ratings } = await officeOf(context).feedback()
  try {
    const { token, subject, rated } = ratings.bySlip(slip)
    return { kind: 'rating', slip: token, subject, rated }
  } catch (error) {
    if (error instanceof AppError && error.code === 'PA-004') return UNKNOWN
    throw error
  }
}

/** Which number to take for a procedure, by its field in the catalogue; `H` for every other one. */
const LETTERS: Readonly<Record<string, string>> = {
  'Hộ tịch': 'A', 'Liên thông': 'A', 'Nuôi con nuôi': 'A', 'Chứng thực': 'B', 'Đất đai': 'C', 'Xây dựng': 'C', 'Bảo trợ xã hội': 'D', 'Giảm nghèo': 'D', 'Người có công': 'D',
  'Hộ kinh doanh': 'E',
}
const OTHER = 'H'
/** So many answers fit on the kiosk, and so many papers of one. */
const MOST_ANSWERS = 4

function adviceOf(hit: GuideHit): Advice {
  const goTo = hit.place.kind === 'elsewhere' ? hit.place.goTo : null
  if (hit.kind === 'office') return { name: hit.name, letter: null, goTo, bring: [], fee: null, time: null }
  return {
    name: hit.name, letter: goTo === null ? LETTERS[hit.field] ?? OTHER : null, goTo, bring: hit.bring.map(({ name }) => name), fee: hit.fee.text,
    time: hit.time?.text ?? null,
  }
}

/** What the ticket kiosk may ask: to take a number, to look one up, to rate, to be told the way. */
export const createKioskRouter = () => kiosk.router({
  state: kiosk.state.handler(({ context, signal }) => shown(context, signal, (queue) => queue.kiosk())),
  take: kiosk.take.handler(async ({ input, context }) => (await queueOf(context)).give(input.letter, input.group)),
  printAgain: kiosk.printAgain.handler(async ({ input, context }) => ({ printed: await (await queueOf(context)).printAgain(input.ticket) })),
  scan: kiosk.scan.handler(({ input, context }) => scanned(context, input.text)),
  comeBack: kiosk.comeBack.handler(async ({ input, context }) => (await queueOf(context)).comeBack(input.ticket)),
  rate: kiosk.rate.handler(async ({ input: { slip, ...rating }, context }) => {
    const { ratings } = await officeOf(context).feedback()
    ratings.keepBySlip(slip, rating)
    return ok
  }),
  ask: kiosk.ask.handler(async ({ input, context }) => (await officeOf(context).guide()).ask(input.words).hits.slice(0, MOST_ANSWERS).map(adviceOf)),
})
