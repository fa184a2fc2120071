import { IconCalendarEvent, IconCash, IconCheck, IconCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { toCivil } from '@contract/civil-time'
import type { AppointmentView } from '@contract/draft'
import { formatDate, formatFullMoment, formatMoney, formatShortDate, formatTime } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { Badge, KeyCaps } from '../parts'
import { amountIsOpen, useAmount } from './fee-step'
import { PaymentChoice } from './payment-choice'
import { useDraft } from './use-draft'

/** "09:46 Thứ Sáu 27/11/2026": the appointment as it is said. */
export function momentOf(dueAt: string): string {
  const moment = new Date(dueAt)
  return `${formatTime(moment)} ${formatFullMoment(moment, currentLanguage()).replace(/,.*$/u, '')}`
}

/** "bỏ qua T3 24/11 nghỉ lễ": the days that the appointment stepped over. */
export function useSkipped(): (appointment: AppointmentView) => string {
  const { t } = useTranslation('intake')
  return ({ skipped }) => {
    const holidays = skipped.filter(({ reason }) => reason !== 'weekend')
    const weekend = skipped.length > holidays.length ? [t('appointment.weekend', { count: skipped.length - holidays.length })] : []
    const named = holidays.map(({ date, reason }) => `${formatShortDate(date, { language: currentLanguage() })} ${reason}`)
    const all = [...named, ...weekend]
    return all.length === 0 ? '' : t('appointment.skips', { days: all.join(', ') })
  }
}

/** How much, and whether it was taken; the whole card opens the step. */
export function FeeCard({ onOpen }: { onOpen: () => void }): ReactNode {
  const { t } = useTranslation('intake')
  const { procedure, state: { view: { fee } } } = useDraft()
  const entered = procedure !== undefined && fee?.exemption === null && amountIsOpen(procedure)
  return (
    <section className="card brief" aria-label={t('fee.title')} style={{ flex: '0 0 390px' }}>
      <button type="button" className="open" onClick={onOpen} aria-keyshortcuts="Alt+P"><IconCash className="i xs" aria-hidden />{t('fee.title')}<span className="end"><KeyCaps keys="Alt+P" /></span></button>
      {fee && (entered
        ? <AmountHere />
        : <div className="row" style={{ alignItems: 'baseline' }}><span className="fact num">{fee.total === 0 ? t('fee.free') : formatMoney(fee.total)}</span><span className="s t2 ell">{fee.exemption?.name ?? fee.lines.map(({ name }) => name).join(', ')}</span></div>)}
      {fee && fee.total > 0 && <PaymentChoice />}
      {fee?.total === 0 && !entered && <Badge tint="ok" icon={IconCheck}>{t('fee.nothingDue')}</Badge>}
    </section>
  )
}

/** The council's amount is typed where it is shown. */
function AmountHere(): ReactNode {
  const { t } = useTranslation('intake')
  const { content, edit } = useDraft()
  const { value, onChange, onLeave } = useAmount(content.fee.councilAmount, (councilAmount) => edit((now) => ({ ...now, fee: { ...now.fee, councilAmount } })))
  return (
    <div className="row" style={{ marginBlock: 2 }}>
      <input className="inp amount" name="fee.councilAmount" inputMode="numeric" autoComplete="off" aria-label={t('fee.council')} placeholder={t('fee.toEnter')} value={value} onChange={(event) => onChange(event.target.value)} onBlur={onLeave} />
      <span className="s t2">{t('fee.councilShort')}</span>
    </div>
  )
}

/** When the result is there, and what was stepped over on the way. */
export function AppointmentCard({ onOpen }: { onOpen: () => void }): ReactNode {
  const { t } = useTranslation('intake')
  const { content, state: { view: { appointment } } } = useDraft()
  const skipped = useSkipped()
  return (
    <section className="card brief grow" aria-label={t('appointment.title')}>
      <button type="button" className="open" onClick={onOpen} aria-keyshortcuts="Alt+H"><IconCalendarEvent className="i xs" aria-hidden />{t('appointment.title')}<span className="end"><KeyCaps keys="Alt+H" /></span></button>
      {appointment
        ? <><p className="fact num">{momentOf(appointment.dueAt)}</p><p className="s t2">{[skipped(appointment), appointment.afterFifteen ? t('appointment.afterFifteen') : '', t(`delivery.${content.delivery.method}`)].filter((part) => part !== '').join(' · ')}</p></>
        : <p className="m t2"><IconCircle className="i xs" aria-hidden /> {t('appointment.none')}</p>}
    </section>
  )
}

/** The day of an instant: "27/11/2026". */
export const dayOf = (instant: string): string => formatDate(toCivil(new Date(instant)).date)
