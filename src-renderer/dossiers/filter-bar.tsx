import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '@contract/format'
import { useShortcut } from '../app/shortcuts'
import { focusField, Segmented, SelectField, TextField } from '../parts'
import { useClock } from './clock'
import { askOf, DUE_CHOICES, type Filter, STATE_CHOICES } from './filter'
import { readDay } from './moments'

/** State, due date, day of receipt. Days are read when the field is left; what cannot be read is said and filters nothing. */
export function FilterBar({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }): ReactNode {
  const { t } = useTranslation('dossiers')
  const now = useClock()
  const { unread } = askOf(filter, now)
  useShortcut('/', t('filter.focus'), () => focusField('state'))
  return (
    <form className="filters" aria-label={t('filter.title')} onSubmit={(event) => event.preventDefault()}>
      <div style={{ width: 236 }}>
        <SelectField
          label={t('filter.state')} name="state" value={filter.state} onChange={(state) => onChange({ ...filter, state })}
          options={STATE_CHOICES.map((value) => ({ value, label: value === 'any' || value === 'open' ? t(`filter.${value}`) : t(`state.${value}`, { ns: 'common' }) }))}
        />
      </div>
      <div>
        <p className="m w6" style={{ marginBottom: 4 }} aria-hidden="true">{t('filter.due')}</p>
        <Segmented label={t('filter.due')} value={filter.due} onChange={(due) => onChange({ ...filter, due })} options={DUE_CHOICES.map((value) => ({ value, label: t(`filter.due-${value}`) }))} />
      </div>
      {(['from', 'to'] as const).map((end) => (
        <div key={end} style={{ width: 150 }}>
          <DayField
            key={filter[end]} label={t(`filter.${end}`)} name={end} start={filter[end]} fault={unread.includes(end) ? t('filter.unread') : undefined}
            onLeave={(typed) => { const day = readDay(typed, now); onChange({ ...filter, [end]: day === null ? typed : formatDate(day) }) }}
          />
        </div>
      ))}
    </form>
  )
}

type DayProps = Readonly<{ label: string; name: string; start: string; fault: string | undefined; onLeave: (typed: string) => void }>

function DayField({ label, name, start, fault, onLeave }: DayProps): ReactNode {
  const { t } = useTranslation('dossiers')
  const [typed, setTyped] = useState(start)
  const leave = (): void => { if (typed !== start) onLeave(typed) }
  return (
    <div onKeyDown={(event) => { if (event.key === 'Enter' && !event.ctrlKey) leave() }}>
      <TextField label={label} name={name} value={typed} onChange={setTyped} onLeave={leave} placeholder={t('filter.dayHint')} fault={fault} inputMode="numeric" />
    </div>
  )
}
