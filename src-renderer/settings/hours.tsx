import { IconCalendar, IconPlus, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isCivilDate } from '@contract/civil-time'
import { formatDate, formatShortDate } from '@contract/format'
import { CivilDate } from '@contract/ids'
import { type CalendarOverride, Settings } from '@contract/settings'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { Button, focusField, Segmented, TextField } from '../parts'
import { type Faults, faultsOf } from './faults'
import { Section } from './section'
import { useSection } from './use-section'

const Hours = Settings.pick({ workingHours: true, calendarOverrides: true, idleMinutes: true })
type Draft = Readonly<{ workingHours: string; idleMinutes: string; calendarOverrides: readonly CalendarOverride[] }>
const read = ({ workingHours, calendarOverrides, idleMinutes }: Settings): Draft => ({ workingHours, calendarOverrides, idleMinutes: String(idleMinutes) })
const valueOf = (draft: Draft): unknown => ({ ...draft, idleMinutes: /^\d+$/u.test(draft.idleMinutes.trim()) ? Number(draft.idleMinutes) : draft.idleMinutes })

/** Working hours, the ward's own days off and working days, and when the screen locks. */
export function HoursSection({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('settings')
  const check = (draft: Draft): Faults => faultsOf(Hours, valueOf(draft), (field) => t(`fault.${field.split('.')[0] ?? ''}`))
  const send = (draft: Draft): Promise<Settings> => api.office.saveSettings({ ...settings, ...Hours.parse(valueOf(draft)) })
  const { draft, setDraft, form } = useSection({ stored: read(settings), check, send, read })
  return (
    <Section title={t('section.hours')} icon={IconCalendar} form={form}>
      <div className="form-grid">
        <TextField name="workingHours" label={t('workingHours')} hint={t('workingHoursHint')} fault={form.faults['workingHours']} value={draft.workingHours} maxLength={80} onChange={(workingHours) => setDraft({ ...draft, workingHours })} />
        <TextField name="idleMinutes" label={t('idleMinutes')} hint={t('idleMinutesHint')} fault={form.faults['idleMinutes']} value={draft.idleMinutes} inputMode="numeric" maxLength={3} onChange={(idleMinutes) => setDraft({ ...draft, idleMinutes })} />
      </div>
      <h3>{t('overrides')}</h3>
      <p className="m t2 prose">{t('overridesWords')}</p>
      <Overrides days={draft.calendarOverrides} onChange={(calendarOverrides) => setDraft({ ...draft, calendarOverrides })} />
    </Section>
  )
}

/** `27112026`, `27/11/2026`, `27.11.2026` → `2026-11-27`; anything else undefined. */
function readDay(typed: string): CivilDate | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.\- ]?(\d{1,2})[/.\- ]?(\d{4})$/u.exec(typed.trim()) ?? []
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCivilDate(date) ? CivilDate.parse(date) : undefined
}

function Overrides({ days, onChange }: { days: readonly CalendarOverride[]; onChange: (days: readonly CalendarOverride[]) => void }): ReactNode {
  const { t } = useTranslation('settings')
  const [date, setDate] = useState('')
  const [name, setName] = useState('')
  const [kind, setKind] = useState<CalendarOverride['kind']>('off')
  const [faults, setFaults] = useState<Faults>({})
  const add = (): void => {
    const day = readDay(date)
    const found: Faults = {
      ...(day === undefined ? { date: t('fault.date') } : days.some((other) => other.date === day) && { date: t('fault.sameDate') }),
      ...(name.trim() === '' && { name: t('fault.dayName') }),
    }
    setFaults(found)
    if (day === undefined || Object.keys(found).length > 0) return focusField(found['date'] === undefined ? 'dayName' : 'dayDate')
    onChange([...days, { date: day, kind, name: name.trim() }].sort((a, b) => a.date.localeCompare(b.date)))
    setDate('')
    setName('')
    focusField('dayDate')
  }
  return (
    <>
      {days.length > 0 && (
        <table aria-label={t('overrides')}>
          <thead><tr><th scope="col">{t('day')}</th><th scope="col">{t('kind')}</th><th scope="col">{t('dayName')}</th><th scope="col" aria-label={t('remove')} /></tr></thead>
          <tbody>
            {days.map((day) => (
              <tr key={day.date}>
                <td className="num">{formatShortDate(day.date, { year: true, language: currentLanguage() })}</td><td>{t(`dayKind.${day.kind}`)}</td><td>{day.name}</td>
                <td className="r"><Button small icon={IconTrash} label={t('removeDay', { date: formatDate(day.date) })} onPress={() => { onChange(days.filter((other) => other.date !== day.date)); focusField('dayDate') }}>{t('remove')}</Button></td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <form className="row" style={{ alignItems: 'flex-start', gap: 12 }} onSubmit={(event) => { event.preventDefault(); add() }}>
        <div style={{ width: 170 }}><TextField name="dayDate" label={t('day')} hint={t('dayHint')} fault={faults['date']} value={date} inputMode="numeric" maxLength={10} onChange={setDate} /></div>
        <div className="grow"><TextField name="dayName" label={t('dayName')} fault={faults['name']} value={name} maxLength={200} onChange={setName} /></div>
        <div style={{ paddingTop: 25 }} className="row">
          <Segmented label={t('kind')} value={kind} onChange={setKind} options={[{ value: 'off', label: t('dayKind.off') }, { value: 'working', label: t('dayKind.working') }]} />
          <Button icon={IconPlus} onPress={add}>{t('addDay')}</Button>
          <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
        </div>
      </form>
    </>
  )
}
