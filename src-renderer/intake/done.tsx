import { IconCheck, IconCircleCheck, IconDeviceFloppy, IconFolder, IconPrinter, IconUserPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import { formatMoney, formatTime } from '@contract/format'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useSettings } from '../app/session'
import { useCounter } from '../chip/use-counter'
import { Badge, Button, Facts, FailureNote, SyncBadge, useAnnounce } from '../parts'
import { finishMine } from '../queue/bind'
import { RatingCard } from '../show/rating-card'
import { momentOf } from './money-cards'

/** Received: the number to say aloud, the appointment, the receipt to print, and the next person. */
export function Done({ dossier: committed, onNext, error }: { dossier: DossierView; onNext: () => void; error: unknown }): ReactNode {
  const { t } = useTranslation('intake')
  const counter = useCounter()
  const navigate = useNavigate()
  const { say } = useAnnounce()
  const title = useRef<HTMLHeadingElement>(null)
  const { data: settings } = useSettings()
  const { data: dossier } = useQuery({ queryKey: keys.dossier(committed.id), queryFn: () => api.dossiers.get({ dossierId: committed.id }), initialData: committed, refetchInterval: 3000 })
  const receipt = settings?.printing.receipt
  // Face and chip go with the errand.
  useEffect(() => counter.reset(), [counter])
  const print = useMutation({
    mutationFn: () => api.paper.printReceipt({ dossierId: dossier.id, paper: receipt?.paper ?? 'A5', printer: receipt?.printer ?? null, silent: receipt?.silent ?? false }),
    onSuccess: ({ outcome }) => say(t(`done.${outcome}`)),
  })
  const save = useMutation({
    mutationFn: () => api.paper.saveReceipt({ dossierId: dossier.id, paper: receipt?.paper ?? 'A5' }),
    onSuccess: ({ outcome }) => say(t(`done.${outcome === 'saved' ? 'saved' : 'notSaved'}`)),
  })
  const toPdf = (): void => {
    print.reset()
    save.mutate()
  }
  useEffect(() => title.current?.focus(), [])
  const sent = dossier.submissions.at(-1)
  const said = print.data ? t(`done.${print.data.outcome}`) : save.data ? t(`done.${save.data.outcome === 'saved' ? 'saved' : 'notSaved'}`) : ''
  return (
    <main className="work pan">
      <div className="main">
        <section className="card fill" aria-label={t('done.title')}>
          <div className="received scroll grow">
            <div className="row" style={{ gap: 12 }}><IconCircleCheck className="i xl c-ok" aria-hidden /><h1 tabIndex={-1} ref={title}>{t('done.title')}</h1></div>
            <p className="bigcode num" data-testid="dossier-code">{dossier.code}</p>
            <p className="m t2">{dossier.codeIsProvisional ? t('done.provisional') : t('done.say', { last: dossier.code.slice(-4) })}</p>
            <div className="row wrap" role="status">
              {sent && sent.state !== 'received' && <SyncBadge state={sent.state} />}
              {sent?.state === 'received' && <Badge tint="ok" icon={IconCheck}>{t('done.received', { time: sent.receivedAt ? formatTime(new Date(sent.receivedAt)) : '', number: sent.receiptNumber ?? '' })}</Badge>}
              {sent?.state !== 'received' && <span className="m t2">{t('done.notYet')}</span>}
            </div>
            <Facts width={150} rows={[
              [t('step.person'), <b key="who">{dossier.applicantName}</b>],
              [t('step.procedure'), dossier.procedureName],
              [t('appointment.title'), <span key="due" className="fact num">{dossier.dueAt ? momentOf(dossier.dueAt) : t('appointment.none')}</span>],
              [t('fee.title'), `${dossier.fee.total === 0 ? t('fee.free') : formatMoney(dossier.fee.total)}${dossier.fee.total > 0 ? ` · ${t(`payment.${dossier.payment}`)}` : ''}`],
              [t('appointment.delivery'), t(`delivery.${dossier.delivery.method}`)],
            ]} />
            {said !== '' && <p className="m w6" role="status">{said}</p>}
            <FailureNote error={print.error ?? save.error ?? error}>{print.error !== null && <Button small onPress={toPdf}>{t('done.savePdf')}</Button>}</FailureNote>
          </div>
        </section>
        <div className="bar">
          <Button icon={IconFolder} onPress={() => void navigate({ to: '/dossiers/$dossierId', params: { dossierId: dossier.id } })}>{t('done.open')}</Button>
          <span className="end row">
            <Button icon={IconDeviceFloppy} keys="Ctrl+S" onPress={toPdf}>{t('done.savePdf')}</Button>
            <Button icon={IconPrinter} keys="Ctrl+P" onPress={() => { save.reset(); print.mutate() }}>{t('done.print')}</Button>
            <Button kind="primary" icon={IconUserPlus} keys="Ctrl+Enter" onPress={() => void finishMine().then(onNext)}>{t('done.next')}</Button>
          </span>
        </div>
      </div>
      <aside className="aside"><RatingCard dossier={dossier} /></aside>
    </main>
  )
}
