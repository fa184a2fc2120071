import { IconRosetteDiscountCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { toCivil } from '@contract/civil-time'
import type { Quality, Share } from '@contract/figures'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Card, FailureNote } from '../parts'
import { percent } from './words'

/** Full marks of the national score begin here for most groups (`domain.md` §8.3). */
const FULL_MARKS = 0.8

/** This month by the rules of the national score, as far as this machine can know. */
export function QualityCard(): ReactNode {
  const { t } = useTranslation('wall')
  const to = toCivil(new Date()).date
  const from = `${to.slice(0, 8)}01`
  const { data, error } = useQuery({ queryKey: keys.quality(from, to), queryFn: () => api.figures.quality({ from, to }), refetchInterval: 300_000 })
  return (
    <Card title={t('quality')} icon={IconRosetteDiscountCheck} aside={<span className="s t2">{t('thisMonth')}</span>} className="grow">
      <FailureNote error={error} />
      {data && <Lines quality={data} />}
    </Card>
  )
}

function Lines({ quality }: { quality: Quality }): ReactNode {
  const { t } = useTranslation('wall')
  const lines = [
    ['onTime', quality.onTime], ['synchronised', quality.synchronised], ['digitised', quality.digitised], ['reused', quality.reused], ['cardRead', quality.cardRead],
    ['feedbackOnTime', quality.feedback.onTime], ['satisfied', quality.satisfaction.satisfied],
  ] as const
  return (
    <dl className="quality">
      {lines.map(([key, share]) => <Line key={key} caption={t(`q.${key}`)} share={share} />)}
    </dl>
  )
}

function Line({ caption, share: { part, whole, share } }: { caption: string; share: Share }): ReactNode {
  const low = share !== null && share < FULL_MARKS
  return <><dt className="m">{caption}</dt><dd className={`num ${low ? 'c-warn' : ''}`}><b>{share === null ? '–' : percent(share)}</b> <span className="s t2">{part}/{whole}</span></dd></>
}
