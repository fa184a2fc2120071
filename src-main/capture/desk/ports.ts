import type { LiveEvent } from '@contract/calls-live'
import type { ScanDevice, ScanKind } from '@contract/capture'
import type { AccountId } from '@contract/ids'
import type { Audit } from '../../audit'
import type { Clock, Documents, Log, Store } from '../../storage'

/** Who acts. */
export type Actor = Readonly<{ id: AccountId; name: string }>

/** What every part of the desk stands on. */
export type DeskDeps = Readonly<{ store: Store; documents: Documents; audit: Audit; clock: Clock; log: Log; changed(event: LiveEvent): void }>

/** Where a page comes from; `simulated`: nothing real was on the glass. */
export type Origin = Readonly<{ kind: ScanKind; simulated: boolean }>
export const originOf = ({ kind, simulated }: ScanDevice): Origin => ({ kind, simulated })
