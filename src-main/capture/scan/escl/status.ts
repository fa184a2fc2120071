import { all, child, parseXml, textOf } from './xml'

export type EsclStatus = Readonly<{
  state: string
  /** Empty where the device has no feeder. */
  adf: string
  jobs: readonly Readonly<{ path: string; state: string; reasons: readonly string[] }>[]
}>

/** Reads a ScannerStatus document; null for anything else. */
export function parseStatus(source: string): EsclStatus | null {
  const root = parseXml(source)
  if (root?.name !== 'ScannerStatus') return null
  const jobs = all(child(root, 'Jobs'), 'JobInfo').slice(0, 200).map((job) => ({
    path: textOf(job, 'JobUri'), state: textOf(job, 'JobState'), reasons: all(child(job, 'JobStateReasons'), 'JobStateReason').map((reason) => reason.text.trim()).slice(0, 20),
  }))
  return { state: textOf(root, 'State'), adf: textOf(root, 'AdfState'), jobs }
}

/** The state of one job, matched by the end of its address: devices write it with or without host. */
export function jobIn(status: EsclStatus | null, path: string) {
  const last = lastPart(path)
  return status?.jobs.find((job) => last !== '' && lastPart(job.path) === last) ?? null
}

const lastPart = (path: string) => path.replace(/\/+$/, '').split('/').at(-1) ?? ''
