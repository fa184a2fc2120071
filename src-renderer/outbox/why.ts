import { fold } from '@contract/fold'
import type { OutboxDetail, OutboxRow } from '@contract/sync'

type Words = (key: string) => string

/** Why a submission is where it is: the city's own words when it gave any, else the sentence of the code. */
export function whyOf({ cityWords, errorCode }: Pick<OutboxRow, 'cityWords' | 'errorCode'>, errors: Words): string {
  if (cityWords !== null) return cityWords
  return errorCode === null ? '' : errors(`${errorCode}.what`)
}

/** Refusals of what was sent: sending the same again would be refused again, so it is corrected first. */
const ABOUT_CONTENT: readonly string[] = ['TP-400', 'TP-409', 'TP-413', 'TP-422', 'LUU-015', 'LUU-016']

export const wantsCorrection = ({ errorCode }: Pick<OutboxRow, 'errorCode'>): boolean => errorCode !== null && ABOUT_CONTENT.includes(errorCode)

/** Rows whose code, name or procedure holds every word typed; marks and case do not matter. */
export function matching(rows: readonly OutboxRow[], typed: string): readonly OutboxRow[] {
  const words = fold(typed).split(' ').filter((word) => word !== '')
  return rows.filter((row) => {
    const text = fold(`${row.dossierCode} ${row.applicantName} ${row.procedureName} ${row.receiptNumber ?? ''}`)
    return words.every((word) => text.includes(word))
  })
}

/** The attempts as plain text for whoever helps from afar: codes and times, nobody's name and none of the city's words. */
export function attemptsText(detail: OutboxDetail): string {
  const lines = detail.attemptsLog.map(({ at, outcome, errorCode }) => [at, outcome, errorCode ?? ''].join('\t').trimEnd())
  return [`submission\t${detail.id}`, `dossier\t${detail.dossierId}`, `version\t${String(detail.version)}`, `sha256\t${detail.payloadSha256}`, ...lines].join('\n')
}

/** An id short enough to read out: its first and last groups. */
export const shortId = (id: string): string => (id.length <= 14 ? id : `${id.slice(0, 9)}…${id.slice(-4)}`)
