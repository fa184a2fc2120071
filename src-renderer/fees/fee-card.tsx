import { IconAlertTriangle, IconBan, IconCash, IconCheck, IconClockDollar, IconPrinter, IconReceiptOff } from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import type { FeeAccount, Payment } from '@contract/fees'
import { formatMoney, formatTime } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { useMay } from '../app/session'
import { useClock } from '../dossiers/clock'
import { nearMoment } from '../dossiers/moments'
import { Badge, Button, Card, FailureNote, Note, useAnnounce } from '../parts'
import { CashDialog } from './cash-dialog'
import { ExemptDialog } from './exempt-dialog'
import { TransferDialog } from './transfer-dialog'
import { feesChanged, useFeeAccount, useSlip } from './use-fees'
import { VoidDialog } from './void-dialog'
import './fees.css'

type Dialog = Readonly<{ kind: 'cash' | 'transfer' | 'exempt' }> | Readonly<{ kind: 'void'; payment: Payment }>

/** The fee of a dossier: what is open, what was taken, and everything that is done about it. Nothing where nothing is owed. */
export function FeeCard({ dossier: { id } }: { dossier: Pick<DossierView, 'id'> }): ReactNode {
  const { t } = useTranslation('fees')
  const { data: account, error } = useFeeAccount(id)
  if (!account) return error === null ? null : <Card title={t('title')} icon={IconCash}><FailureNote error={error} /></Card>
  return account.quote.total === 0 && account.payments.length === 0 ? null : <Till account={account} />
}

function Till({ account }: { account: FeeAccount }): ReactNode {
  const { t } = useTranslation('fees')
  const { say } = useAnnounce()
  const mayReceive = useMay('receive')
  const [dialog, setDialog] = useState<Dialog | null>(null)
  const list = useRef<HTMLUListElement>(null)
  const slip = useSlip(account.dossierId)
  const { open, over, payments } = account
  const done = (next: FeeAccount, words: string): void => {
    setDialog(null)
    feesChanged(next)
    say(words)
    // After the dialog has handed the focus back to a button that may be gone.
    setTimeout(() => list.current?.focus(), 80)
  }
  const close = (): void => setDialog(null)
  const inForce = payments.filter(({ voided }) => voided === null)
  return (
    <Card title={t('title')} icon={IconCash} className="fee-card" aside={<Standing account={account} />}>
      <div className="col" style={{ gap: 6 }}>
        {/* One payment of all of it says the sum itself. */}
        {!(open === 0 && over === 0 && payments.length === 1) && <Sum account={account} />}
        {over > 0 && <Note tint="warn" icon={IconAlertTriangle}><p className="m">{t('over', { amount: formatMoney(over) })}</p></Note>}
        {payments.length > 0 && <ul className="payments scroll" ref={list} tabIndex={0} aria-label={t('payments')}>{payments.toReversed().map((payment) => <Row key={payment.id} payment={payment} busy={slip.isPending} onPrint={() => slip.mutate(payment.id)} onVoid={mayReceive ? () => setDialog({ kind: 'void', payment }) : undefined} />)}</ul>}
        {mayReceive && (
          <div className="row wrap fee-acts">
            {open > 0 && <Button small keys="Ctrl+T" onPress={() => setDialog({ kind: 'cash' })}>{t('cash.short')}</Button>}
            {open > 0 && <Button small keys="Ctrl+U" onPress={() => setDialog({ kind: 'transfer' })}>{t('transfer.short')}</Button>}
            {open > 0 && account.exemptions.length > 0 && <Button small keys="Ctrl+E" onPress={() => setDialog({ kind: 'exempt' })}>{t('exempt.short')}</Button>}
            {(open > 0 || inForce.length > 0) && <Button small keys="Ctrl+Shift+P" waitsFor={slip.isPending ? t('slip.busy') : undefined} onPress={() => slip.mutate(open > 0 ? null : inForce.at(-1)?.id ?? null)}>{t(open > 0 ? 'slip.shortOpen' : 'slip.short')}</Button>}
          </div>
        )}
        {slip.data !== undefined && <p className="m w6" role="status">{t(`slip.${slip.data.outcome}`)}</p>}
        <FailureNote error={slip.error} />
      </div>
      {dialog?.kind === 'cash' && <CashDialog account={account} onClose={close} onDone={done} />}
      {dialog?.kind === 'transfer' && <TransferDialog account={account} onClose={close} onDone={done} />}
      {dialog?.kind === 'exempt' && <ExemptDialog account={account} onClose={close} onDone={done} />}
      {dialog?.kind === 'void' && <VoidDialog payment={dialog.payment} onClose={close} onDone={done} />}
    </Card>
  )
}

function Standing({ account: { open, settled, payments } }: { account: FeeAccount }): ReactNode {
  const { t } = useTranslation('fees')
  if (open > 0) return <Badge tint="warn" icon={IconClockDollar}>{t(settled > 0 ? 'standing.part' : 'standing.open')}</Badge>
  const exempt = payments.filter(({ voided }) => voided === null).every(({ method }) => method === 'exempt')
  return exempt ? <Badge tint="line" icon={IconReceiptOff}>{t('standing.exempt')}</Badge> : <Badge tint="ok" icon={IconCheck}>{t('standing.paid')}</Badge>
}

function Sum({ account: { open, settled, quote } }: { account: FeeAccount }): ReactNode {
  const { t } = useTranslation('fees')
  const whole = open === 0 || settled === 0
  return (
    <p>
      <span className="l num" style={{ fontWeight: 700 }}>{formatMoney(whole ? quote.total : open)}</span>
      {whole ? quote.lines.filter(({ amount }) => amount > 0).length === 1 && <span className="s t2"> · {quote.lines.find(({ amount }) => amount > 0)?.name}</span> : <span className="s t2"> · {t('openOf', { total: formatMoney(quote.total) })}</span>}
    </p>
  )
}

const ICONS = { cash: IconCash, transfer: IconCheck, exempt: IconReceiptOff } as const

function Row({ payment, busy, onPrint, onVoid }: { payment: Payment; busy: boolean; onPrint: () => void; onVoid: (() => void) | undefined }): ReactNode {
  const { t } = useTranslation('fees')
  const now = useClock()
  const { number, method, amount, at, officerName, voided, ground } = payment
  const Icon = voided ? IconBan : ICONS[method]
  const moment = nearMoment(at, now, t('today', { ns: 'common' }), currentLanguage())
  return (
    <li className={voided ? 'voided' : ''}>
      <Icon className={`i xs ${voided ? 't2' : 'c-ok'}`} aria-hidden />
      <div className="grow">
        <p className="m"><span className="num w6 amount">{formatMoney(amount)}</span> · {t(`method.${method}`)}</p>
        <p className="s t2"><span className="num">{number}</span> · <span className="num">{moment}</span> · {officerName}</p>
        {ground !== null && <p className="s t2">{ground}</p>}
        {voided && <p className="s c-warn w6">{t('voided', { time: formatTime(new Date(voided.at)), by: voided.by, second: voided.second })} <span className="t2">{voided.reason}</span></p>}
      </div>
      {voided === null && (
        <div className="row" style={{ gap: 4 }}>
          <button type="button" className="btn sm icon" aria-label={t('slip.of', { number })} title={t('slip.of', { number })} aria-disabled={busy} onClick={busy ? undefined : onPrint}><IconPrinter className="i xs" aria-hidden /></button>
          {onVoid && <button type="button" className="btn sm icon danger" aria-label={t('void.of', { number })} title={t('void.of', { number })} onClick={onVoid}><IconBan className="i xs" aria-hidden /></button>}
        </div>
      )}
    </li>
  )
}
