import './signing.css'
import { IconSignature, IconUserPlus } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IssuanceRow } from '@contract/signing'
import { formatIdNumber } from '@contract/format'
import { useMay } from '../app/session'
import { useCardTaker } from '../codes/router'
import { dateOf, momentOf } from '../feedback/moments'
import { Button, type Column, Empty, FailureNote, Loading, Segmented, Table } from '../parts'
import { CountCard } from './count-card'
import { IssuanceBadge } from './marks'
import { StartDialog } from './start-dialog'
import { SigningTabs } from './tabs'
import { useIssuances, WHICH, type Which } from './use-signing'

/** Whom a signature is being issued to, and whom it was: what waits comes first. */
export function SigningScreen(): ReactNode {
  const { t } = useTranslation('signing-desk')
  return useMay('receive') ? <Desk /> : <main className="work signing"><div className="main"><div className="pagehd"><h1>{t('title')}</h1><SigningTabs /></div><section className="card fill"><Empty title={t('notYours')} icon={IconSignature}>{t('notYoursHelp')}</Empty></section></div></main>
}

function Desk(): ReactNode {
  const { t } = useTranslation('signing-desk')
  const navigate = useNavigate()
  const [which, setWhich] = useState<Which>('unfinished')
  const [chosen, setChosen] = useState<string | null>(null)
  const [starting, setStarting] = useState<{ card: string | null } | null>(null)
  const { data, error } = useIssuances(which)
  const rows = data?.items
  const current = rows?.find(({ id }) => id === chosen) ?? rows?.[0]
  const open = ({ id }: Pick<IssuanceRow, 'id'>): void => void navigate({ to: '/signing/$issuanceId', params: { issuanceId: id } })
  useCardTaker((card) => setStarting({ card }))
  return (
    <main className="work signing">
      <div className="main">
        <div className="pagehd"><h1>{t('title')}</h1><SigningTabs /></div>
        <FailureNote error={error} />
        <section className="card fill" aria-label={t('list')}>
          <div className="hd">
            <Segmented label={t('which')} value={which} onChange={setWhich} options={WHICH.map((value) => ({ value, label: t(`show.${value}`) }))} />
            {rows !== undefined && rows.length > 0 && <span className="end s t2 num" role="status">{t('count', { count: rows.length })}</span>}
          </div>
          {rows === undefined && error === null && <Loading />}
          {rows?.length === 0 && <div className="grow"><Empty title={t(`none.${which}`)} icon={IconSignature}>{t('noneHelp')}</Empty></div>}
          {rows !== undefined && rows.length > 0 && <List rows={rows} current={current} onChoose={setChosen} onOpen={open} />}
        </section>
        <div className="bar">
          {current && <Button caps="Enter" onPress={() => open(current)}>{t('open')}</Button>}
          <span className="end row"><Button kind="primary" icon={IconUserPlus} keys="Ctrl+Enter" onPress={() => setStarting({ card: null })}>{t('start')}</Button></span>
        </div>
      </div>
      <aside className="aside" aria-label={t('counts')}><CountCard /></aside>
      {starting && <StartDialog card={starting.card} onClose={() => setStarting(null)} onStarted={open} />}
    </main>
  )
}

type ListProps = Readonly<{ rows: readonly IssuanceRow[]; current: IssuanceRow | undefined; onChoose: (id: string) => void; onOpen: (row: IssuanceRow) => void }>

function List({ rows, current, onChoose, onOpen }: ListProps): ReactNode {
  const { t } = useTranslation('signing-desk')
  const columns: readonly Column<IssuanceRow>[] = [
    { key: 'state', title: t('column.state'), width: 152, cell: ({ state, waits }) => <IssuanceBadge state={state} waits={waits} /> },
    { key: 'who', title: t('column.who'), cell: ({ subject }) => <><b className="ell">{subject.fullName}</b><div className="s t2 num">{formatIdNumber(subject.idNumber)}</div></> },
    { key: 'step', title: t('column.step'), width: 250, cell: ({ step, waits, state, expires }) => (
      step !== null && state !== 'done' ? <><span className="ell">{t(`step.${step}`)}</span><div className="s t2 ell">{t(`waits.${waits}`)}</div></> : <span className="t2 num">{expires === null ? '' : t('until', { day: dateOf(expires) })}</span>
    ) },
    { key: 'provider', title: t('column.provider'), width: 160, cell: ({ provider }) => <span className="m t2 two-lines" title={provider}>{provider}</span> },
    { key: 'at', title: t('column.at'), width: 146, right: true, cell: ({ startedAt }) => momentOf(startedAt) },
  ]
  return <div className="fixed-table grow"><Table label={t('list')} rows={rows} columns={columns} idOf={({ id }) => id} selected={current?.id} onSelect={({ id }) => onChoose(id)} onOpen={onOpen} rowHeight={57} /></div>
}

