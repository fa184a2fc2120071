import { IconAlertTriangle, IconBan, IconCircleCheck, IconHourglass, IconSend } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrintJobView, PrintState } from '@contract/printing'
import { Badge, type IconType, type Tint } from '../parts'

const STATES: Readonly<Record<PrintState, readonly [Tint, IconType]>> = {
  sending: ['info', IconSend], sent: ['idle', IconSend], printed: ['ok', IconCircleCheck], waiting: ['warn', IconHourglass], failed: ['bad', IconAlertTriangle], cancelled: ['line', IconBan],
}

/** "Đang chờ: hết giấy". A job that was sent and of which nobody says more is no reason to worry: its reason stays in the title. */
export function usePrintWords(): (job: Pick<PrintJobView, 'state' | 'reason'>) => string {
  const { t } = useTranslation('settings')
  return ({ state, reason }) => (reason === null ? t(`print.state.${state}`) : `${t(`print.state.${state}`)}: ${t(`print.reason.${reason}`)}`)
}

/** What became of a print, by icon and words. */
export function PrintBadge({ job }: { job: Pick<PrintJobView, 'state' | 'reason'> }): ReactNode {
  const words = usePrintWords()
  const [tint, icon] = STATES[job.state]
  return <Badge tint={tint} icon={icon} title={words(job)}>{words(job)}</Badge>
}

/** What a print was, in words: the program's own names are put into the reader's language, any other stands as it came. */
export function usePrintTitle(): (title: string) => string {
  const { t, i18n } = useTranslation('settings')
  return (title) => (i18n.exists(`print.title.${title}`, { ns: 'settings' }) ? t(`print.title.${title}`) : title)
}
