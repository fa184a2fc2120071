import { IconAlertTriangle, IconCash, IconCheck, IconHistory } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CashCount, Shift } from '@contract/fees'
import { formatMoney } from '@contract/format'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { keys, queryClient } from '../app/queries'
import { useClock } from '../dossiers/clock'
import { nearMoment } from '../dossiers/moments'
import { Badge, Button, Card, FailureNote, focusField, Loading, Note, TextField, useAnnounce } from '../parts'
import { piecesOf, totalOf, type Typed } from './money'
import { PiecesTable } from './pieces-table'
import './fees.css'

/** The end of a shift: what the drawer should hold, what it holds, and the counts before. */
export function CashScreen(): ReactNode {
  const { t } = useTranslation('fees')
  const { data: shift, error } = useQuery({ queryKey: keys.shift, queryFn: () => api.fees.shift() })
  const [again, setAgain] = useState(0)
  return (
    <main className="work pan cash">
      <div className="main">
        <div className="pagehd"><h1>{t('count.title')}</h1>{shift && <span className="m t2">{t('count.counter', { counter: shift.counter })}</span>}</div>
        <FailureNote error={error} />
        {shift ? <Count key={again} shift={shift} onCounted={() => setAgain((times) => times + 1)} /> : error === null && <Loading />}
      </div>
      <aside className="aside" aria-label={t('count.aside')}>{shift && <><Expected shift={shift} /><Earlier /></>}</aside>
    </main>
  )
}

function useMoment(): (instant: string) => string {
  const { t } = useTranslation('common')
  const now = useClock()
  return (instant) => nearMoment(instant, now, t('today'), currentLanguage())
}

function Count({ shift: { expected, last }, onCounted }: { shift: Shift; onCounted: () => void }): ReactNode {
  const { t } = useTranslation('fees')
  const { say } = useAnnounce()
  const moment = useMoment()
  const [typed, setTyped] = useState<Typed>({})
  const [explanation, setExplanation] = useState('')
  const [asked, setAsked] = useState(false)
  const counted = totalOf(typed)
  const difference = counted - expected
  const unexplained = difference !== 0 && explanation.trim() === ''
  const count = useMutation({
    mutationFn: () => api.fees.count({ expected, pieces: piecesOf(typed), explanation: explanation.trim() }),
    onSuccess: async (made) => {
      say(t('count.done', { amount: formatMoney(made.counted) }))
      await queryClient.invalidateQueries({ queryKey: ['fees'] })
      onCounted()
    },
    onError: () => queryClient.invalidateQueries({ queryKey: keys.shift }),
  })
  const go = (): void => {
    setAsked(true)
    if (unexplained) focusField('count.explanation')
    else count.mutate()
  }
  return (
    <section className="card fill" aria-label={t('count.pieces')}>
      <div className="count-fields scroll grow">
        <PiecesTable typed={typed} onType={setTyped} />
        <div className="col" style={{ gap: 12, minWidth: 0 }}>
          {/* Where it stood before; said anew to somebody who has just closed a shift. */}
          {last !== null && counted === 0 && <p className="m t2">{t('count.since', { time: moment(last.at), by: last.officerName })}</p>}
          <dl className="count-sums">
            <dt>{t('count.counted')}</dt><dd className="num">{formatMoney(counted)}</dd>
            <dt>{t('count.expected')}</dt><dd className="num">{formatMoney(expected)}</dd>
            <dt className="w6">{t('count.difference')}</dt><dd className={`num w6 ${difference === 0 ? 'c-ok' : 'c-warn'}`}>{difference > 0 ? '+' : ''}{formatMoney(difference)}</dd>
          </dl>
          {difference === 0
            ? <Note tint="ok" icon={IconCheck}>{t('count.right')}</Note>
            : <Note tint="warn" icon={IconAlertTriangle}>{t(difference > 0 ? 'count.tooMuch' : 'count.tooLittle', { amount: formatMoney(Math.abs(difference)) })}</Note>}
          <TextField name="count.explanation" label={t('count.explanation')} lines={3} value={explanation} onChange={setExplanation} maxLength={500} required={difference !== 0} fault={asked && unexplained ? t('count.explanationMissing') : undefined} />
          <FailureNote error={count.error} />
        </div>
      </div>
      <div className="bar">
        <span className="m t2 grow">{t('count.float')}</span>
        <Button kind="primary" keys="Ctrl+Enter" waitsFor={count.isPending ? t('saving') : undefined} onPress={go}>{t('count.act')}</Button>
      </div>
    </section>
  )
}

function Expected({ shift: { since, cash, voided, transfer, expected } }: { shift: Shift }): ReactNode {
  const { t } = useTranslation('fees')
  const moment = useMoment()
  return (
    <Card title={t('shift.title')} icon={IconCash}>
      <p className="s t2" style={{ marginBottom: 6 }}>{since === null ? t('shift.fromStart') : t('shift.since', { time: moment(since) })}</p>
      <dl className="count-sums">
        <dt>{t('shift.cash', { count: cash.count })}</dt><dd className="num">{formatMoney(cash.amount)}</dd>
        <dt>{t('shift.voided', { count: voided.count })}</dt><dd className="num">{formatMoney(-voided.amount)}</dd>
        <dt className="w6">{t('shift.expected')}</dt><dd className="num w6">{formatMoney(expected)}</dd>
        <dt>{t('shift.transfer', { count: transfer.count })}</dt><dd className="num t2">{formatMoney(transfer.amount)}</dd>
      </dl>
    </Card>
  )
}

function Earlier(): ReactNode {
  const { t } = useTranslation('fees')
  const { data = [], error } = useQuery({ queryKey: keys.cashCounts, queryFn: () => api.fees.counts({}) })
  return (
    <Card title={t('earlier.title')} icon={IconHistory} fill flush>
      <FailureNote error={error} />
      {data.length === 0 && error === null && <p className="m t2" style={{ padding: '12px 14px' }}>{t('earlier.none')}</p>}
      <ul className="counts">{data.map((count) => <Made key={count.id} count={count} />)}</ul>
    </Card>
  )
}

function Made({ count: { at, officerName, counted, expected, explanation } }: { count: CashCount }): ReactNode {
  const { t } = useTranslation('fees')
  const moment = useMoment()
  const difference = counted - expected
  return (
    <li>
      <p className="row"><span className="m num w6 grow">{formatMoney(counted)}</span>{difference === 0 ? <Badge tint="ok" icon={IconCheck}>{t('earlier.right')}</Badge> : <Badge tint="warn" icon={IconAlertTriangle}>{difference > 0 ? '+' : ''}{formatMoney(difference)}</Badge>}</p>
      <p className="s t2"><span className="num">{moment(at)}</span> · {officerName}</p>
      {explanation !== null && <p className="s">{explanation}</p>}
    </li>
  )
}
