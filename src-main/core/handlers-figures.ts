import { CivilDate } from '@contract/ids'
import type { QueueReport, QueueState } from '@contract/queue'
import type { DiskRoom } from '@contract/sync'
import { headroom } from '../storage'
import type { Connection } from './connection'
import { api } from './guard'
import { qualityWith, wallOf, type WallSources } from './wall'

/** A queue that cannot be opened leaves its figures out; it says by itself what is wrong. */
async function queueOf(connection: Connection): Promise<Readonly<{ state: QueueState; report: QueueReport }> | null> {
  try {
    const queue = await connection.office().queue()
    return { state: queue.state(), report: queue.report(null) }
  } catch {
    return null
  }
}

function diskOf(connection: Connection): DiskRoom | null {
  try {
    return headroom(connection.counter.settings.dataFolder).level
  } catch {
    return null
  }
}

async function sourcesOf(connection: Connection): Promise<WallSources> {
  const office = connection.office()
  const [queue, feedback] = await Promise.all([queueOf(connection), office.feedback()])
  return {
    read: office.store.read, now: () => connection.clock.now(), calendar: office.calendar, line: office.sync.status, disk: () => diskOf(connection), queue,
    satisfaction: feedback.satisfaction, feedback: feedback.figures, feedbackOverdue: feedback.overdue,
  }
}

export const figureHandlers = {
  wall: api.figures.wall.handler(async ({ context: { connection } }) => wallOf(await sourcesOf(connection))),
  quality: api.figures.quality.handler(async ({ input, context: { connection } }) =>
    qualityWith(await sourcesOf(connection), { from: CivilDate.parse(input.from), to: CivilDate.parse(input.to) })),
}
