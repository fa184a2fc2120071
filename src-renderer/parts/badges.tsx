import {
  IconAlertTriangle, IconArrowBackUp, IconBan, IconCash, IconCircleCheck, IconCircleDashed, IconClipboardCheck, IconClock, IconCloudCheck, IconCloudUpload,
  IconEdit, IconFilePlus, IconHourglass, IconInbox, IconPlayerStop, IconProgress, IconRosetteDiscountCheck, IconVersions,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierState, SubmissionState } from '@contract/dossier'
import { formatDuration } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import type { IconType } from './button'

export type Tint = 'ok' | 'warn' | 'bad' | 'info' | 'idle' | 'line' | 'sim'

/** Icon and word, never colour alone. */
export function Badge({ tint, icon: Icon, children, title }: { tint: Tint; icon?: IconType; children: ReactNode; title?: string }): ReactNode {
  return <span className={`bdg ${tint}`} title={title}>{Icon && <Icon className="i" aria-hidden />}{children}</span>
}

const DOSSIER: Readonly<Record<DossierState, readonly [Tint, IconType]>> = {
  1: ['info', IconInbox], 2: ['ok', IconClipboardCheck], 3: ['idle', IconBan], 4: ['idle', IconProgress], 5: ['warn', IconFilePlus], 6: ['warn', IconCash],
  7: ['line', IconArrowBackUp], 8: ['line', IconPlayerStop], 9: ['info', IconRosetteDiscountCheck], 10: ['ok', IconCircleCheck],
}

/** State of a dossier by its national code, or a draft. */
export function DossierBadge({ state }: { state: DossierState | 'draft' }): ReactNode {
  const { t } = useTranslation('common')
  if (state === 'draft') return <Badge tint="line" icon={IconEdit}>{t('state.draft')}</Badge>
  const [tint, icon] = DOSSIER[state]
  return <Badge tint={tint} icon={icon}>{t(`state.${state}`)}</Badge>
}

const SYNC: Readonly<Record<SubmissionState, readonly [Tint, IconType]>> = {
  ready: ['line', IconCircleDashed], sending: ['info', IconCloudUpload], waiting: ['idle', IconHourglass], received: ['ok', IconCloudCheck],
  attention: ['bad', IconAlertTriangle], superseded: ['line', IconVersions],
}

/** State of a submission; `done` of `total` documents while it is being sent. */
export function SyncBadge({ state, done, total, by }: { state: SubmissionState; done?: number; total?: number; by?: number | null }): ReactNode {
  const { t } = useTranslation('common')
  const [tint, icon] = SYNC[state]
  const progress = state === 'sending' && total !== undefined && total > 0 ? ` ${String(done ?? 0)}/${String(total)}` : ''
  return <Badge tint={tint} icon={icon}>{t(`sync.${state}`, { version: by ?? '' })}{progress}</Badge>
}

/** Working minutes to the appointment: nothing above a working day, the rest as ui.md §4 has it. */
export function DueMark({ minutesLeft }: { minutesLeft: number | null }): ReactNode {
  const { t } = useTranslation('common')
  if (minutesLeft === null || minutesLeft > 480) return null
  const span = formatDuration(Math.abs(minutesLeft), currentLanguage())
  return minutesLeft < 0
    ? <Badge tint="bad" icon={IconAlertTriangle}>{t('due.overdue', { span })}</Badge>
    : <Badge tint="warn" icon={IconClock}>{t('due.left', { span })}</Badge>
}

/** Where a fact comes from. */
export function SourceTag({ source }: { source: string | undefined }): ReactNode {
  const { t } = useTranslation('common')
  return source === undefined ? null : <span className="src">{t(`source.${source}`)}</span>
}
