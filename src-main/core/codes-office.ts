import type { Sheet } from '@contract/calls-capture'
import type { CodeReadersView, CodeScan, SerialChoice } from '@contract/code-readers'
import type { Paper } from '@contract/receipt'
import type { Settings } from '@contract/settings'
import type { Actor } from '../intake'
import type { Paperwork } from '../paperwork'
import { handedOver, type Printer } from '../printing'
import { barcodeParts, type BarcodeReadersDeps } from '../readers'
import type { SettingsStore } from '../staff'
import { createFeed } from './code-feed'
import type { Live } from './live'

/** Barcode readers that send bytes, and the sheets that go with them. */
export type CodesOffice = Readonly<{
  view(): CodeReadersView
  /** Remembers the ports on which readers hang and opens them; what does not open shows in the view. `by`: an account's id. */
  choose(by: string, ports: readonly SerialChoice[]): Promise<CodeReadersView>
  /** Codes from now on; none while nobody is signed in. */
  scans(signal: AbortSignal | undefined): AsyncGenerator<CodeScan, void, undefined>
  /** A sheet as PDF (A4). @throws AppError IN-001 for a component that no code can name */
  sheet(sheet: Sheet): Promise<Uint8Array<ArrayBuffer>>
  /** @throws AppError IN-001 as above; IN-002 … IN-004 as the printer does */
  printSheet(actor: Actor, job: Readonly<{ sheet: Sheet; printer: string | null; silent: boolean; paper: Paper }>): Promise<'printed' | 'cancelled'>
  close(): Promise<void>
}>

export type CodesOfficeDeps = Readonly<{
  printer: Printer
  paperwork: Pick<Paperwork, 'sheet'>
  live: Pick<Live, 'emit'>
  store: Pick<SettingsStore, 'saveSection'>
  settings(): Settings
  /** Somebody is signed in and has not locked the screen. */
  seated(): boolean
  practice: boolean
  /** For tests; the machine's own otherwise. */
  bindings?: Pick<BarcodeReadersDeps, 'serial' | 'hid' | 'later' | 'now'>
}>

/** Opens the readers. What is missing shows in the view; nothing here keeps the counter from starting. */
export async function openCodesOffice({ printer: desk, paperwork, live, store, settings, seated, practice, bindings = {} }: CodesOfficeDeps): Promise<CodesOffice> {
  const { createBarcodeReaders } = await barcodeParts()
  const feed = createFeed<CodeScan>(seated)
  const readers = await createBarcodeReaders({
    ...bindings,
    choices: settings().devices.codeReaders,
    scanned: (scan) => feed.push({ ...scan, damage: [...scan.damage] }),
    changed: () => live.emit({ kind: 'code-readers' }),
  })
  const sheet = (wanted: Sheet): Promise<Uint8Array<ArrayBuffer>> => paperwork.sheet({ sheet: wanted, agency: settings().ward.name, unit: settings().ward.unitName, practice })
  return {
    view: readers.view,
    choose: async (by, ports) => {
      // Read again at the last moment: other devices may have been chosen meanwhile.
      store.saveSection(by, 'devices', { ...settings().devices, codeReaders: [...ports] })
      await readers.choose(ports)
      return readers.view()
    },
    scans: feed.listen,
    sheet,
    printSheet: async (actor, { sheet: wanted, ...job }) => handedOver((await desk.print(actor, { ...job, bytes: await sheet(wanted), kind: 'receipt', title: `sheet.${wanted.kind}`, subject: null })).outcome),
    close: readers.close,
  }
}
