/** What a log line may hold: ids, counts, codes, durations. Never a name, a number of a card, a phone or an address. */
export type LogFields = Readonly<Record<string, string | number | boolean | null>>
export type Log = (event: string, fields?: LogFields) => void

/** One JSON line an event, to standard error. */
export const logToStderr: Log = (event, fields = {}) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, ...fields })}\n`)
}

/** For tests and the command line. */
export const quiet: Log = () => undefined
