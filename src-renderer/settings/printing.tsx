import './printing.css'
import { IconPrinter } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PaperKind } from '@contract/printing'
import type { Settings } from '@contract/settings'
import { api } from '../app/api'
import { useMay } from '../app/session'
import { Check, FailureNote, type Option, Segmented } from '../parts'
import { PrintLog } from './print-log'
import { Section } from './section'
import { TestButton, TestFailure, useTestPrint } from './test-print'
import { useSection } from './use-section'

type Printing = Settings['printing']
type Way = Printing['ticket']['way']
const read = ({ printing }: Settings): Printing => printing
const DEFAULT = ''
const PAPERS = [{ value: 'A5', label: 'A5' }, { value: 'A4', label: 'A4' }] as const
const WAYS: readonly Way[] = ['queue', 'raw-queue', 'usb']

/** Which printer prints what, on which paper and how; a test page for each; and what became of the last prints. */
export function PrintingSection({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('settings')
  const mayReceive = useMay('receive')
  const send = (printing: Printing): Promise<Settings> => (mayReceive ? api.office.savePrinting(printing) : api.office.saveSettings({ ...settings, printing }))
  const { draft, setDraft, form } = useSection({ stored: read(settings), check: () => ({}), send, read })
  const printers = usePrinters()
  const row = { unsaved: form.dirty, printers }
  const { receipt, report, ticket } = draft
  return (
    <Section title={t('section.printing')} icon={IconPrinter} form={form}>
      <FailureNote error={printers.error} />
      {printers.found?.length === 0 && <p className="m t2 prose">{t('noPrinters')}</p>}
      <div className="printers">
        {(['kind', 'printer', 'paper'] as const).map((head) => <span key={head} className="cap">{t(`print.head.${head}`)}</span>)}
        <span aria-hidden="true" />
        <SheetRow {...row} kind="receipt" value={receipt} none={t('printerDefault')} onChange={(next) => setDraft({ ...draft, receipt: { ...receipt, ...next } })} />
        <SheetRow {...row} kind="report" value={report} none={t('print.asReceipt')} onChange={(next) => setDraft({ ...draft, report: { ...report, ...next } })} />
        <TicketRow {...row} value={ticket} onChange={(next) => setDraft({ ...draft, ticket: { ...ticket, ...next } })} />
      </div>
      <PrintLog printers={printers.found ?? []} />
    </Section>
  )
}

type Printers = Readonly<{ found: readonly Option<string>[] | undefined; error: unknown }>
type RowProps = Readonly<{ unsaved: boolean; printers: Printers }>

/** The printers of this computer, the default one marked. */
function usePrinters(): Printers {
  const { t } = useTranslation('settings')
  const { data, error } = useQuery({ queryKey: ['printers'], queryFn: () => api.paper.printers(), staleTime: 0 })
  return { error, found: data?.map(({ name, label, isDefault }) => ({ value: name, label: isDefault ? t('printerIsDefault', { printer: label }) : label })) }
}

type SheetProps = RowProps & Readonly<{
  kind: 'receipt' | 'report'; value: Printing['receipt']; none: string; onChange: (next: Partial<Printing['receipt']>) => void
}>

function SheetRow({ kind, value, none, onChange, unsaved, printers }: SheetProps): ReactNode {
  const { t } = useTranslation('settings')
  const test = useTestPrint(kind)
  const name = t(`print.kinds.${kind}`)
  return (
    <>
      <span className="line" aria-hidden="true" />
      <b className="m">{name}</b>
      <PrinterChoice kind={kind} chosen={value.printer} none={none} found={printers.found} onChange={(printer) => onChange({ printer })} />
      <div className="how">
        <Segmented label={t('print.paperOf', { kind: name })} value={value.paper} onChange={(paper) => onChange({ paper })} options={PAPERS} />
        <Check name={`printing.${kind}.silent`} label={t('silent')} checked={value.silent} onChange={(silent) => onChange({ silent })} />
      </div>
      <TestButton kind={kind} test={test} unsaved={unsaved} />
      <TestFailure test={test} />
    </>
  )
}

function TicketRow({ value: { printer, way }, onChange, unsaved, printers }: RowProps & Readonly<{ value: Printing['ticket']; onChange: (next: Partial<Printing['ticket']>) => void }>): ReactNode {
  const { t } = useTranslation('settings')
  const test = useTestPrint('ticket')
  const usb = useQuery({ queryKey: ['printers', 'usb'], queryFn: () => api.printing.usbPrinters(), staleTime: 0, enabled: way === 'usb' })
  const found = way === 'usb' ? usb.data?.map((name) => ({ value: name, label: name })) : printers.found
  return (
    <>
      <span className="line" aria-hidden="true" />
      <b className="m">{t('print.kinds.ticket')}</b>
      <PrinterChoice kind="ticket" chosen={printer} none={way === 'usb' ? t('print.usbAny') : t('noTicketPrinter')} found={found} onChange={(next) => onChange({ printer: next })} />
      <div className="how">
        <select
          className="inp" aria-label={t('print.wayOf')} name="printing.ticket.way" value={way}
          // A queue is no device of the bus: its name does not go along.
          onChange={(event) => onChange({ way: WAYS.find((known) => known === event.target.value) ?? 'queue', ...((event.target.value === 'usb') !== (way === 'usb') && { printer: null }) })}
        >
          {WAYS.map((known) => <option key={known} value={known}>{t(`print.ways.${known}`)}</option>)}
        </select>
      </div>
      <TestButton kind="ticket" test={test} unsaved={unsaved} />
      <p className="became s t3">{t(`print.wayHint.${way}`)}</p>
      <TestFailure test={test} />
    </>
  )
}

type ChoiceProps = Readonly<{ kind: PaperKind; chosen: string | null; none: string; found: readonly Option<string>[] | undefined; onChange: (printer: string | null) => void }>

/** A printer that is chosen and not there is named as such, and stays chosen. */
function PrinterChoice({ kind, chosen, none, found, onChange }: ChoiceProps): ReactNode {
  const { t } = useTranslation('settings')
  const gone = chosen !== null && found && !found.some(({ value }) => value === chosen) ? [{ value: chosen, label: t('printerGone', { printer: chosen }) }] : []
  const options: readonly Option<string>[] = [{ value: DEFAULT, label: none }, ...(found ?? []), ...gone]
  return (
    <select className="inp" name={`printing.${kind}`} aria-label={t('print.printerOf', { kind: t(`print.kinds.${kind}`) })} value={chosen ?? DEFAULT} onChange={(event) => onChange(event.target.value === DEFAULT ? null : event.target.value)}>
      {options.map(({ value, label }) => <option key={value} value={value}>{label}</option>)}
    </select>
  )
}
