import { implementerInternal } from '@orpc/server'
import type { AnyContractRouter } from '@orpc/contract'
import type { Clock } from '../storage'
import type { Counter } from './counter'
import { telling } from './guard'
import type { Host } from './host'
import type { Live } from './live'
import type { Log } from './log'

/** What a call of a window of the hall knows: the counter's data, and nobody who is signed in. */
export type HallContext = Readonly<{
  counter: Counter
  host: Host
  clock: Clock
  live: Live
  log: Log
  /** The window was opened over the officer's. */
  turned: boolean
  /** Ends when the window's port closes. */
  gone: AbortSignal
}>

/** The implementer of a narrow contract. Errors are told as those of the officer's calls; there is no access to decide. */
export const hallApi = <Contract extends AnyContractRouter>(contract: Contract) => implementerInternal<Contract, HallContext, HallContext>(contract, {}, [telling])
