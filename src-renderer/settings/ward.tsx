import { IconBuilding } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { CounterSettings, type Settings, WardSettings } from '@contract/settings'
import { api } from '../app/api'
import { type Faults, faultsOf } from './faults'
import { Section } from './section'
import { useSection } from './use-section'
import { type CounterDraft, counterDraft, CounterFields, counterOf, type WardDraft, wardDraft, WardFields, wardOf } from './ward-fields'

type Draft = Readonly<{ ward: WardDraft; counter: CounterDraft }>
const read = ({ ward, counter }: Settings): Draft => ({ ward: wardDraft(ward), counter: counterDraft(counter) })
const under = (faults: Faults, prefix: string): Faults => Object.fromEntries(Object.entries(faults).filter(([field]) => field.startsWith(prefix)).map(([field, words]) => [field.slice(prefix.length), words]))

/** Letterhead, codes and counter. */
export function WardSection({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('settings')
  const check = ({ ward, counter }: Draft): Faults => ({
    ...Object.fromEntries(Object.entries(faultsOf(WardSettings, wardOf(ward), (field) => t(`fault.ward.${field}`))).map(([field, words]) => [`ward.${field}`, words])),
    ...Object.fromEntries(Object.entries(faultsOf(CounterSettings, counterOf(counter), (field) => t(`fault.counter.${field.split('.')[0] ?? ''}`))).map(([field, words]) => [`counter.${field.split('.')[0] ?? ''}`, words])),
  })
  const send = ({ ward, counter }: Draft): Promise<Settings> =>
    api.office.saveSettings({ ...settings, ward: WardSettings.parse(wardOf(ward)), counter: CounterSettings.parse(counterOf(counter)) })
  const { draft, setDraft, form } = useSection({ stored: read(settings), check, send, read })
  return (
    <Section title={t('section.ward')} icon={IconBuilding} form={form}>
      <WardFields draft={draft.ward} faults={under(form.faults, 'ward.')} onChange={(ward) => setDraft({ ...draft, ward })} />
      <h3>{t('counterTitle')}</h3>
      <CounterFields draft={draft.counter} faults={under(form.faults, 'counter.')} onChange={(counter) => setDraft({ ...draft, counter })} />
    </Section>
  )
}
