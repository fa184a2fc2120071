import { MessageChannel } from 'node:worker_threads'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/message-port'
import type { ContractRouterClient } from '@orpc/contract'
import { call } from '@orpc/server'
import { onTestFinished } from 'vitest'
import type { DisplayFrame, DisplayPage, ShowingId, Signature } from '@contract/display'
import type { DraftContent } from '@contract/draft'
import type { DisplayContract } from '@contract/hall-contracts'
import type { DraftId } from '@contract/ids'
import { createHallPorts } from '../../src-main/core/hall-ports'
import { systemClock } from '../../src-main/storage'
import { filledContent, live, type Machine, type practice, router } from './support'

export const DREW: Signature = { height: 500, strokes: [[{ x: 100, y: 300, t: 0 }, { x: 300, y: 100, t: 40 }, { x: 600, y: 320, t: 90 }, { x: 850, y: 200, t: 130 }]] }
type Ward = Awaited<ReturnType<typeof practice>>

export type Window = Readonly<{
  client: ContractRouterClient<DisplayContract>
  frames: readonly DisplayFrame[]
  last(): DisplayFrame
  /** The newest frame once it is of that kind. */
  until<Kind extends DisplayPage['kind']>(kind: Kind): Promise<Extract<DisplayPage, { kind: Kind }>>
  /** As when the monitor is unplugged: the port closes. */
  unplug(): void
}>

/** A display window at the other end of a real port, with its stream running. */
export async function plugIn({ counter, host, log }: Machine, turned = false): Promise<Window> {
  const { port1, port2 } = new MessageChannel()
  await createHallPorts().serve('display', port1, { counter, host, clock: systemClock, live, log, turned })
  const client: ContractRouterClient<DisplayContract> = createORPCClient(new RPCLink({ port: port2 }))
  port2.start()
  const frames: DisplayFrame[] = []
  const waiting = new Set<() => void>()
  const reading = (async () => {
    for await (const frame of await client.frames()) {
      frames.push(frame)
      for (const wake of waiting) wake()
    }
  })()
  reading.catch(() => undefined)
  const seen = (fits: () => boolean): Promise<void> => new Promise((resolve) => {
    const look = (): void => {
      if (!fits()) return
      waiting.delete(look)
      resolve()
    }
    waiting.add(look)
    look()
  })
  await seen(() => frames.length > 0)
  onTestFinished(() => port2.close())
  const last = (): DisplayFrame => frames.at(-1) ?? (() => { throw new Error('no frame') })()
  return {
    client, frames, last,
    until: async <Kind extends DisplayPage['kind']>(kind: Kind) => {
      await seen(() => last().page.kind === kind)
      return last().page as Extract<DisplayPage, { kind: Kind }>
    },
    unplug: () => port2.close(),
  }
}

export const idIn = (page: DisplayPage): ShowingId => {
  if (page.kind === 'waiting') throw new Error('nothing is shown')
  return page.id
}

/** A filled draft of the ward, ready to be confirmed and received. */
export async function draftOf({ context, office }: Ward, changed: Partial<DraftContent> = {}): Promise<{ draftId: DraftId; save(change: Partial<DraftContent>): Promise<void>; commit(): Promise<Awaited<ReturnType<typeof commitOf>>> }> {
  const view = await call(router.intake.start, undefined, context)
  let { revision, content } = await call(router.intake.save, {
    draftId: view.id, revision: view.revision, content: filledContent(view, office().catalogue.get('1.004873'), { fee: { ...view.content.fee, councilAmount: 15_000 }, ...changed }),
  }, context)
  const commitOf = () => call(router.intake.commit, { draftId: view.id, revision }, context)
  return {
    draftId: view.id,
    save: async (change) => {
      ({ revision, content } = await call(router.intake.save, { draftId: view.id, revision, content: { ...content, ...change } }, context))
    },
    commit: commitOf,
  }
}
