/** What was said at once: as it went over the wire, and in clear. `answer` in clear is null when none could be had from what came. */
export type TraceEntry = Readonly<{
  wire: Readonly<{ command: Uint8Array; answer: Uint8Array }>
  clear: Readonly<{ command: Uint8Array; answer: Uint8Array | null }>
}>

/** Called for every command that was answered. It sees personal data: what is written of it is the caller's to mask. */
export type Trace = (entry: TraceEntry) => void
