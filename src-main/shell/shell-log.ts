/** What a line of the shell's log may hold: ids, counts, codes. Never personal data, never an address with a query. */
export type ShellLog = (event: string, fields?: Readonly<Record<string, string | number | boolean | null>>) => void

/** One JSON line an event, to standard error. */
export const logToStderr: ShellLog = (event, fields = {}) => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event: `shell.${event}`, ...fields })}\n`)
}

/** Only the scheme of an address: the rest may hold what a log must not. */
export function schemeOf(address: string): string {
  return /^[a-z][a-z0-9+.-]*:/i.exec(address)?.[0].toLowerCase() ?? 'none'
}
