import type { IssuanceView } from '@contract/signing'
import type { IssuanceActs } from './use-signing'

/** What the form of a step in hand gets. `display`: the citizen's display is there. */
export type StepProps = Readonly<{ view: IssuanceView; acts: IssuanceActs; display: boolean }>
