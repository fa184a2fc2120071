import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '@contract/settings'
import { api } from '../app/api'
import { useMay } from '../app/session'
import { Check, FailureNote, Field, type Option, Segmented, SelectField } from '../parts'
import { Section } from './section'
import { useSection } from './use-section'

type Printing = Settings['printing']
const read = ({ printing }: Settings): Printing => printing
const DEFAULT = ''

/** Which printer prints the receipt, and on which paper; which one has the roll for numbers and rating slips. */
export function PrintingSection({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('settings')
  const mayReceive = useMay('receive')
  const printers = useQuery({ queryKey: ['printers'], queryFn: () => api.paper.printers(), staleTime: 0 })
  const send = (printing: Printing): Promise<Settings> => (mayReceive ? api.office.savePrinting(printing) : api.office.saveSettings({ ...settings, printing }))
  const { draft, setDraft, form } = useSection({ stored: read(settings), check: () => ({}), send, read })
  const options = (chosen: string | null, none = t('printerDefault')): readonly Option<string>[] => {
    const found = (printers.data ?? []).map(({ name, label, isDefault }) => ({ value: name, label: isDefault ? t('printerIsDefault', { printer: label }) : label }))
    const gone = chosen !== null && printers.data && !found.some(({ value }) => value === chosen) ? [{ value: chosen, label: t('printerGone', { printer: chosen }) }] : []
    return [{ value: DEFAULT, label: none }, ...found, ...gone]
  }
  return (
    <Section title={t('section.printing')} icon={IconPrinter} form={form}>
      <FailureNote error={printers.error} />
      {printers.data?.length === 0 && <p className="m t2 prose">{t('noPrinters')}</p>}
      <div className="form-grid">
        <SelectField
          name="printing.receipt" label={t('printer')} value={draft.receipt.printer ?? DEFAULT} options={options(draft.receipt.printer)}
          onChange={(name) => setDraft({ ...draft, receipt: { ...draft.receipt, printer: name === DEFAULT ? null : name } })}
        />
        <Field label={t('paper')} hint={t('paperHint')}>
          {() => <div><Segmented label={t('paper')} value={draft.receipt.paper} onChange={(paper) => setDraft({ ...draft, receipt: { ...draft.receipt, paper } })} options={[{ value: 'A5', label: 'A5' }, { value: 'A4', label: 'A4' }]} /></div>}
        </Field>
      </div>
      <Check name="printing.silent" label={t('silent')} checked={draft.receipt.silent} onChange={(silent) => setDraft({ ...draft, receipt: { ...draft.receipt, silent } })} />
      <div className="form-grid">
        <SelectField
          name="printing.ticket" label={t('ticketPrinter')} hint={t('ticketPrinterHint')} value={draft.ticket.printer ?? DEFAULT} options={options(draft.ticket.printer, t('noTicketPrinter'))}
          onChange={(name) => setDraft({ ...draft, ticket: { printer: name === DEFAULT ? null : name } })}
        />
      </div>
    </Section>
  )
}
