import { IconCalendarEvent } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatShortDate } from '@contract/format'
import type { DraftContent } from '@contract/draft'
import { currentLanguage } from '../app/i18n'
import { Button, Card, Facts, Segmented, TextField } from '../parts'
import { CountField } from './fee-step'
import { momentOf } from './money-cards'
import { useDraft } from './use-draft'

const METHODS = ['counter', 'post'] as const

/** When and how the result comes to the citizen. The day is counted by the ward's calendar and is never typed. */
export function AppointmentStep(): ReactNode {
  const { t } = useTranslation('intake')
  const { content, state: { view: { appointment } }, edit } = useDraft()
  const { delivery, applicant } = content
  const set = (part: Partial<DraftContent['delivery']>): void => edit((now) => ({ ...now, delivery: { ...now.delivery, ...part } }))
  const days = appointment?.skipped.map(({ date, reason }) => `${formatShortDate(date, { language: currentLanguage() })} ${reason === 'weekend' ? t('appointment.isWeekend') : reason}`) ?? []
  return (
    <Card title={t('appointment.title')} icon={IconCalendarEvent} fill>
      <div className="col" style={{ gap: 14, maxWidth: 680 }}>
        {appointment
          ? <div><p className="fact num">{momentOf(appointment.dueAt)}</p>{appointment.afterFifteen && <p className="m t2">{t('appointment.afterFifteenLong')}</p>}</div>
          : <p>{t('appointment.noneLong')}</p>}
        {days.length > 0 && <Facts rows={[[t('appointment.skipped'), days.join(' · ')]]} />}
        <div className="row wrap" style={{ gap: 12 }}>
          <span className="m w6">{t('appointment.delivery')}</span>
          <Segmented label={t('appointment.delivery')} value={delivery.method} options={METHODS.map((value) => ({ value, label: t(`delivery.${value}`) }))} onChange={(method) => set({ method })} />
        </div>
        {delivery.method === 'post' && (
          <>
            <TextField label={t('appointment.address')} name="delivery.address" value={delivery.address} onChange={(address) => set({ address })} onLeave={() => set({ address: delivery.address.replace(/\s+/gu, ' ').trim() })} />
            {delivery.address === '' && applicant.address !== '' && <div><Button small onPress={() => set({ address: applicant.address })}>{t('appointment.sameAddress')}</Button></div>}
          </>
        )}
        <div style={{ maxWidth: 180 }}><CountField label={t('appointment.sets')} name="sets" value={content.sets} least={1} most={99} onChange={(sets) => edit((now) => ({ ...now, sets }))} /></div>
      </div>
    </Card>
  )
}
