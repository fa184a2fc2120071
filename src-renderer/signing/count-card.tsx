import { IconFileTypePdf, IconPrinter, IconTargetArrow } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../app/api'
import { useMay } from '../app/session'
import { Button, Card, Facts, FailureNote, Progress } from '../parts'
import { OfficeSign } from './office-sign'
import { useIssuanceCount } from './use-signing'

/** How many were handed over, towards what the ward wants to reach. */
export function CountCard(): ReactNode {
  const { t } = useTranslation('signing-desk')
  const { data: count, error } = useIssuanceCount()
  const mayPrint = useMay('supervise')
  const list = useMutation({ mutationFn: (wish: Readonly<{ day: string; to: 'printer' | 'file' }>) => api.issuance.dailyList(wish) })
  if (!count) return <FailureNote error={error} />
  return (
    <Card title={t('today')} icon={IconTargetArrow}>
      <div className="col" style={{ gap: 10 }}>
        <p><span className="kpi num">{count.done}</span> <span className="t2">{t('handedOver')}</span></p>
        {count.target !== null && <Progress words={t('target', { done: count.done, target: count.target })} done={count.done} total={count.target} />}
        <Facts width={150} rows={[[t('openNow'), count.open], [t('queuedNow'), count.queued], [t('thisMonth'), count.month], [t('thisYear'), count.year]]} />
        {mayPrint && (
          <div className="row wrap">
            <Button small icon={IconPrinter} waitsFor={list.isPending ? t('making') : undefined} onPress={() => list.mutate({ day: count.day, to: 'printer' })}>{t('dailyList')}</Button>
            <Button small icon={IconFileTypePdf} onPress={() => list.mutate({ day: count.day, to: 'file' })}>{t('savePdf')}</Button>
            <OfficeSign make={() => api.signing.dailyList({ day: count.day })} />
          </div>
        )}
        {list.data && <p className="s t2" role="status">{t(`outcome.${list.data.outcome}`)}</p>}
        <FailureNote error={list.error} />
      </div>
    </Card>
  )
}
