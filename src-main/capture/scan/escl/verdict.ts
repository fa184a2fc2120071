import { type ScanSource } from '@contract/capture'
import { type ErrorCode } from '@contract/errors'
import { captureErrors } from '@contract/errors/capture'
import { type EsclStatus } from './status'

export type Verdict = 'end' | 'wait' | ErrorCode
export type Asked = Readonly<{
  http: number
  source: ScanSource
  /** Pages that this job has given. */
  pages: number
  status: EsclStatus | null
  job: EsclStatus['jobs'][number] | null
}>

/** What the feeder itself complains of; null where nothing is wrong. `empty` counts only where the caller says so. */
export function feederTrouble(adf: string): ErrorCode | null {
  if (/Jam|Mispick/.test(adf)) return captureErrors.jam
  if (/Multipick|DoubleFeed/i.test(adf)) return captureErrors.doubleFeed
  if (/DoorOpen|HatchOpen|CoverOpen|InputTrayFailed/.test(adf)) return captureErrors.coverOpen
  return null
}

/** What an answer other than a page means, read together with the feeder and the job (`devices.md` A.2). */
export function documentVerdict(asked: Asked): Verdict {
  const { http, pages, status, source } = asked
  const fed = source !== 'flatbed'
  const trouble = fed ? feederTrouble(status?.adf ?? '') : null
  if (trouble) return trouble
  if (http === 401 || http === 403) return captureErrors.noAccess
  const state = asked.job?.state ?? ''
  if (state === 'Canceled') return captureErrors.cancelled
  if (state === 'Aborted') return abortedJob(asked)
  if (http === 503) return 'wait'
  if (http !== 404 && http !== 409 && http !== 410) return captureErrors.io
  if (pages > 0) return endAfterPages(asked)
  if (fed && status?.adf === 'ScannerAdfEmpty') return captureErrors.feederEmpty
  // Nothing came and nothing is wrong: some devices answer 404 until the first page is there.
  if (state === 'Completed') return fed ? captureErrors.feederEmpty : captureErrors.io
  return 'wait'
}

function endAfterPages({ http, source, status, job }: Asked): Verdict {
  if (source === 'flatbed' || job?.state === 'Completed' || status?.adf === 'ScannerAdfEmpty' || status === null) return 'end'
  // 404 and 410 are the end by the book; a job that still runs is asked again.
  if (job?.state === 'Processing' || job?.state === 'Pending') return 'wait'
  return http === 409 ? captureErrors.io : 'end'
}

function abortedJob({ pages, source, status, job }: Asked): Verdict {
  const reasons = job?.reasons.join(' ') ?? ''
  if (/InvalidScanTicket|Unsupported/.test(reasons)) return captureErrors.badSetting
  if (/DestinationOpenFailure|Timeout|TimedOut/i.test(reasons)) return captureErrors.timeout
  if (source !== 'flatbed' && status?.adf === 'ScannerAdfEmpty') return pages > 0 ? 'end' : captureErrors.feederEmpty
  return pages > 0 ? captureErrors.io : captureErrors.badSetting
}

/** What a refused job means. `wait`: ask again; the caller counts. */
export function createVerdict(http: number, source: ScanSource, status: EsclStatus | null): Exclude<Verdict, 'end'> {
  const fed = source !== 'flatbed'
  const trouble = fed ? feederTrouble(status?.adf ?? '') : null
  if (trouble) return trouble
  if (http === 503) return fed && status?.adf === 'ScannerAdfEmpty' && status.state === 'Idle' ? captureErrors.feederEmpty : 'wait'
  if (http === 401 || http === 403) return captureErrors.noAccess
  if (http === 404) return captureErrors.noDevice
  if (http === 409 || http === 400 || http === 415) return fed && status?.adf === 'ScannerAdfEmpty' ? captureErrors.feederEmpty : captureErrors.badSetting
  return captureErrors.io
}
