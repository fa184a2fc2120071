import { type Assist, createAssist } from '../assist'
import type { Audit } from '../audit'
import type { Intake } from '../intake'
import type { Catalogue } from '../procedures'
import type { Clock, Store } from '../storage'
import type { Live } from './live'

/** Drafts that helpers fill in beside the citizen. */
export type AssistOffice = Assist

type Deps = Readonly<{ store: Store; audit: Audit; clock: Clock; catalogue: Catalogue; intake: Intake; live: Live }>

export const openAssistOffice = ({ store, audit, clock, catalogue, intake, live }: Deps): AssistOffice =>
  createAssist({ store, audit, clock, procedure: catalogue.version, assess: intake.assess, changed: live.emit })
