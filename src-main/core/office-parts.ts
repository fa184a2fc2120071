import type { CoreSettings } from '@contract/host'
import type { Settings } from '@contract/settings'
import type { Audit } from '../audit'
import type { Intake, WorkCalendar } from '../intake'
import type { Paperwork } from '../paperwork'
import type { Printer } from '../printing'
import type { Catalogue } from '../procedures'
import type { Staff } from '../staff'
import type { Clock, Documents, Store } from '../storage'
import type { Sync } from '../sync'
import type { ChipOffice } from './chip-office'
import type { DisplayOffice } from './display-office'
import type { FeedbackOffice } from './feedback-office'
import type { Host } from './host'
import type { Live } from './live'
import type { Log } from './log'
import type { QueueOffice } from './queue-office'
import type { SigningOffice } from './signing-office'

/** What the desks of papers, money, results and reports are made of. */
export type OfficeParts = Readonly<{
  place: CoreSettings; host: Host; store: Store; documents: Documents; audit: Audit; clock: Clock; log: Log; live: Live; intake: Intake; catalogue: Catalogue; staff: Staff; sync: Sync
  paperwork: Paperwork; settings(): Settings; calendar(): WorkCalendar; printer: Printer
  display(): Promise<DisplayOffice>; queue(): Promise<QueueOffice>; feedback(): Promise<FeedbackOffice>; signing(): Promise<SigningOffice>; chip(): Promise<ChipOffice>
}>
