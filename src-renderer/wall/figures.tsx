import { IconAlertTriangle, IconCalendarDue, IconClipboardCheck, IconClock, IconCloudUp, IconMoodSmile, IconUserCheck, IconUsers } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Wall } from '@contract/figures'
import { formatTime } from '@contract/format'
import type { IconType } from '../parts'
import { bare, percent } from './words'

/** Eight figures, each with the words that make it mean something. */
export function Figures({ wall }: { wall: Wall }): ReactNode {
  const { t } = useTranslation('wall')
  const { queue, dossiers, sync, satisfaction } = wall
  return (
    <div className="counters eight">
      <Figure icon={IconUsers} caption={t('waiting')} figure={queue?.waiting ?? null} beside={queue === null || queue.waiting === 0 ? t('nobodyWaits') : t('waits', { mean: bare(queue.meanWaitMs), longest: bare(queue.longestWaitMs) })} />
      <Figure icon={IconUserCheck} caption={t('serving')} figure={queue?.serving ?? null} beside={queue === null ? '' : t('served', { count: queue.done, missed: queue.missed })} />
      <Figure icon={IconClipboardCheck} caption={t('received')} figure={dossiers.received} beside={t('inWork', { count: dossiers.inWork })} />
      <Figure icon={IconCalendarDue} caption={t('finished')} figure={dossiers.finished} beside={t('dueToday', { count: dossiers.dueToday })} />
      <Figure icon={IconAlertTriangle} caption={t('overdue')} figure={dossiers.overdue} beside={t(dossiers.overdue > 0 ? 'apology' : 'noOverdue')} bad={dossiers.overdue > 0} />
      <Figure icon={IconClock} caption={t('soon')} figure={dossiers.soon} beside={t('soonBeside')} warn={dossiers.soon > 0} />
      <Figure
        icon={IconCloudUp} caption={t('unsent')} figure={sync.waiting + sync.attention} bad={sync.attention > 0}
        beside={sync.attention > 0 ? t('attention', { count: sync.attention }) : sync.lastReceivedAt === null ? t(`line.${sync.line}`) : t('lastReceived', { time: formatTime(new Date(sync.lastReceivedAt)) })}
      />
      <Figure icon={IconMoodSmile} caption={t('satisfaction')} figure={satisfaction.share === null ? null : percent(satisfaction.share)} beside={t('ratings', { count: satisfaction.count })} />
    </div>
  )
}

type FigureProps = Readonly<{ icon: IconType; caption: string; figure: number | string | null; beside: string; bad?: boolean; warn?: boolean }>

function Figure({ icon: Icon, caption, figure, beside, bad = false, warn = false }: FigureProps): ReactNode {
  return (
    <section className="card" aria-label={caption}>
      <h2 className="row cap"><Icon className="i xs" aria-hidden /><span className="ell">{caption}</span></h2>
      <div className="facts"><span className={`kpi num ${bad ? 'c-bad' : warn ? 'c-warn' : ''}`}>{figure ?? '–'}</span><span className="s t2 ell" title={beside}>{beside}</span></div>
    </section>
  )
}
