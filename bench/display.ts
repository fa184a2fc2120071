import type { DisplayFrame } from '../src-preload/contract/display'
import type { DraftContent } from '../src-preload/contract/draft'
import type { Benchmark } from './lib/benchmark'
import { startCore } from './lib/core-thread'
import { inTurn, timed } from './lib/measure'
import { inFolder } from './lib/places'

const ROUNDS = { warmUp: 20, runs: 200 }
const LIMIT_MS = 100
/** A push reads the draft and writes nothing: it may cost little more than the reading. */
const AT_MOST_READS = 3
const PROCEDURE = '1.004873'

/** Frames as they come, and the first that fits from now on. */
function watched(frames: AsyncIterable<DisplayFrame>) {
  let look: (frame: DisplayFrame) => void = () => undefined
  void (async () => {
    for await (const frame of frames) look(frame)
  })().catch(() => undefined)
  return {
    next: (kind: DisplayFrame['page']['kind']): Promise<void> => new Promise((resolve) => {
      look = ({ page }) => {
        if (page.kind === kind) resolve()
      }
    }),
  }
}

/** From the officer's push to the page at the display's port, beside one reading of the same draft over the officer's port. */
export const displayBenchmark: Benchmark = {
  name: 'display',
  run: (progress) => inFolder(async (folder) => {
    const core = await startCore(folder)
    try {
      const { api } = core
      const draft = await api.intake.start()
      const { version } = await api.procedures.get({ code: PROCEDURE })
      const content: DraftContent = {
        ...draft.content, procedure: { code: PROCEDURE, version }, answers: { place: 'here', 'hon-nhan': 'chua' },
        applicant: { ...draft.content.applicant, fullName: 'Người Thử Tốc Độ', idNumber: '079192000123', phone: '0900000123' },
      }
      await api.intake.save({ draftId: draft.id, revision: draft.revision, content })
      const display = watched(await core.display().frames())
      const { push, read } = await inTurn(ROUNDS, {
        push: async () => {
          const there = display.next('check')
          const ms = await timed(() => Promise.all([there, api.display.show({ kind: 'check', draftId: draft.id })]))
          const gone = display.next('waiting')
          await Promise.all([gone, api.display.clear()])
          return ms
        },
        read: () => timed(() => api.intake.open({ draftId: draft.id })),
      }, progress)
      return [
        { name: 'display: push → page (p95)', unit: 'ms', subject: push, floor: null, target: { of: 'p95', atMost: LIMIT_MS } },
        { name: 'display: push / reading the draft', unit: 'ms', subject: push, floor: read, target: { of: 'ratio', atMost: AT_MOST_READS } },
      ]
    } finally {
      await core.close()
    }
  }),
}
