import { z } from 'zod'

/** What goes wrong with the next transactions that are confirmed. `key`: by another key. `half`: only the first document. */
export const RemoteFault = z.object({ mode: z.enum(['changed-byte', 'other-key', 'half', 'fail']), times: z.number().int().min(1).max(1000).default(1) })
export type RemoteFault = z.infer<typeof RemoteFault>

/** How long a citizen has to confirm. */
export const RemoteSettings = z.object({ lifetimeSeconds: z.number().int().min(1).max(3600) })

export interface RemoteFaults {
  add(fault: RemoteFault): void
  take(): RemoteFault['mode'] | undefined
  lifetimeSeconds(): number
  setLifetime(seconds: number): void
}

/** Vendors give three to five minutes. */
const LIFETIME_SECONDS = 300

export function createRemoteFaults(): RemoteFaults {
  let waiting: RemoteFault['mode'][] = []
  let lifetime = LIFETIME_SECONDS
  return {
    add: ({ mode, times }) => {
      waiting = [...waiting, ...Array.from({ length: times }, () => mode)]
    },
    take: () => {
      const [first, ...rest] = waiting
      waiting = rest
      return first
    },
    lifetimeSeconds: () => lifetime,
    setLifetime: (seconds) => {
      lifetime = seconds
    },
  }
}
