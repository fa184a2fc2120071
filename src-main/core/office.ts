import { existsSync } from 'node:fs'
import { toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import type { CoreSettings } from '@contract/host'
import { DossierId } from '@contract/ids'
import type { Settings } from '@contract/settings'
import { type Audit, createAudit, recordStart, recordStop, type Verdict } from '../audit'
import { createIntake, type Intake, reindex, type WorkCalendar } from '../intake'
import { fees } from '../fees'
import { supplements } from '../handling'
import { type Paperwork } from '../paperwork'
import { createPrinter, type PrintDesk, usbTickets } from '../printing'
import { type Catalogue, createCatalogue } from '../procedures'
import { createSettings, createStaff, type SettingsStore, type Staff } from '../staff'
import { type Argon2Cost, asAppError, type Clock, type DataKey, deriveKeys, type Documents, headroom, type Keyring, openDocuments, openStore, type Store } from '../storage'
import { createSync, enqueue, enqueueLetter, recallLetters, retryLetter, type Sync, takeNumber } from '../sync'
import type { AssistOffice } from './assist-office'
import { wardCalendar } from './calendar'
import type { CaptureOffice } from './capture-office'
import type { ChipOffice } from './chip-office'
import type { CodesOffice } from './codes-office'
import type { DisplayOffice } from './display-office'
import { createDuties, type Duties } from './duties'
import type { FeedbackOffice } from './feedback-office'
import type { GuideOffice } from './guide-office'
import type { Host } from './host'
import type { IssuingOffice } from './issuing-office'
import type { Live } from './live'
import type { Log } from './log'
import { createPapers, type Papers } from './papers'
import type { QueueOffice } from './queue-office'
import { isQueueWanted } from './queue-place'
import { createReceipts, type Receipts } from './receipts'
import { readCalendarFile, readEssential, readShippedCatalogue, readThemes } from './resources'
import type { SigningOffice } from './signing-office'
import { createTestPages, type TestPages } from './test-pages'
import { hasUnfinishedIssuances, stampUrlOfCa } from './unfinished-issuances'
import { onFirstAsk, type Part } from './on-first-ask'
import { createPaperOffices, type PaperOffices } from './paper-offices'
import { payloadExtras } from './payload-extras'
import { hasUnfinishedSigning } from './unfinished-signing'
import { GO_ON_AFTER_MS, hasUnfinishedPages } from './unfinished-pages'

/** Everything that works on the opened data of one counter. */
export type Office = Readonly<{
  store: Store
  documents: Documents
  audit: Audit
  staff: Staff
  intake: Intake
  catalogue: Catalogue
  sync: Sync
  receipts: Receipts
  /** Readers and chips; opened by the first who asks, because their parts are large and nobody needs them to sign in. */
  chip(): Promise<ChipOffice>
  /** Scanners and pages; opened by the first who asks. */
  capture(): Promise<CaptureOffice>
  /** What a commit has to do with pages. */
  papers: Papers
  /** Barcode readers; opened by the first who asks. */
  codes(): Promise<CodesOffice>
  /** The ward's queue; opened by the first who asks, or soon after the start where other counters may wait for this one. */
  queue(): Promise<QueueOffice>
  /** The citizen's display; opened by the first who asks. */
  display(): Promise<DisplayOffice>
  /** Ratings, complaints and proposals; opened by the first who asks. */
  feedback(): Promise<FeedbackOffice>
  /** Drafts that helpers fill in; opened by the first who asks. */
  assist(): Promise<AssistOffice>
  /** Keys, signatures and their judgement; opened by the first who asks. */
  signing(): Promise<SigningOffice>
  /** Issuing citizens' signatures; opened by the first who asks, or soon after the start where one waits for its CA. */
  issuing(): Promise<IssuingOffice>
  /** The guide over the catalogue; made by the first who asks. */
  guide(): Promise<GuideOffice>
  /** Acts with their forms, fees, results, reports, wordings; each opened by the first who asks. */
  desks: PaperOffices
  /** The way of every paper to its printer, and the log of it. */
  printer: PrintDesk
  testPages: TestPages
  calendar(): WorkCalendar
  settings(): Settings
  settingsStore: SettingsStore
  /** False when the disk is so full that only what is under way may still be finished. */
  hasRoom(): boolean
  /** Reads the whole audit chain and remembers what it found. */
  checkAudit(): Verdict
  /** What the last check found; null before the first. */
  auditHealth(): { at: Date; intact: boolean } | null
  /** Back-up, integrity and audit checks, when nobody works. */
  duties: Duties
  /** Somebody asked for something just now. */
  noteActivity(): void
  close(): Promise<void>
}>

/** Bundled threads beside the core's own file; null where one is not there. */
export type CoreThreads = Readonly<{ hashing: URL | null; pages: URL | null; reading: URL | null }>

export type OfficeDeps = Readonly<{
  place: CoreSettings
  host: Host
  clock: Clock
  log: Log
  live: Live
  keyring: Keyring
  dataKey: DataKey
  paperwork: Paperwork
  /** The bundled threads, where there are any. */
  threads: CoreThreads
  /** Only tests and practice mode give a lower one. */
  cost?: Argon2Cost
}>

/** Opens the data with the key and puts the modules together. @throws what `openStore` throws */
export function openOffice(deps: OfficeDeps, opened?: { store: Store; audit: Audit }): Office {
  const { place, clock, log } = deps
  const keys = deriveKeys(deps.dataKey)
  const store = opened?.store ?? openStore({
    folder: place.dataFolder, key: keys.database, migrationsFolder: place.migrationsFolder, nativeBinding: place.nativeBinding, clock, log,
  })
  try {
    return furnish(deps, store, opened?.audit ?? createAudit({ key: keys.audit, clock }), keys.documents)
  } catch (error) {
    // Otherwise the folder would stay in use by an office that nobody has.
    store.close()
    throw error
  }
}

function furnish(deps: OfficeDeps, store: Store, audit: Audit, documentsKey: Uint8Array): Office {
  const { place, clock, log, live, keyring, dataKey, host, paperwork, cost } = deps
  recordStart(store, audit, { version: place.appVersion })
  const documents = openDocuments({ folder: place.dataFolder, key: documentsKey, log, hashThread: deps.threads.hashing ?? undefined })

  const settingsStore = createSettings({ store, audit, clock, changed: () => { forgetCalendar(); live.emit({ kind: 'settings' }) } })
  const settings = (): Settings => {
    const found = settingsStore.read()
    if (!found) throw new Error('an open office without settings')
    return found
  }
  const nationalCalendar = readCalendarFile(place.resourcesFolder)
  let calendarInForce: WorkCalendar | undefined
  const forgetCalendar = (): void => { calendarInForce = undefined }
  const calendar = (): WorkCalendar => (calendarInForce ??= wardCalendar(nationalCalendar, settings()))

  const chip = onFirstAsk(async () => {
    const { openChipOffice } = await import('./chip-office')
    return openChipOffice({ place, store, audit, clock, live, settings: settingsStore })
  })
  let seated = false
  const staff = createStaff({
    store, audit, clock, keyring, dataKey, ...(cost && { cost }), idleMinutes: () => settings().idleMinutes,
    changed: (seat) => {
      seated = seat === 'open'
      live.emit({ kind: 'session' })
      if (seat !== 'open') chip.opened()?.then(({ desk }) => desk.leave(seat), () => undefined)
      display.opened()?.then(({ desk }) => desk.seat(seat), () => undefined)
    },
    helperChanged: () => live.emit({ kind: 'assisted' }),
  })
  let essentialCodes: ReadonlySet<string> | undefined
  const essential = (): ReadonlySet<string> => (essentialCodes ??= new Set(readEssential(place.resourcesFolder).flatMap(({ codes }) => codes)))
  const catalogue = createCatalogue({ store, audit, clock, ward: () => settings().ward, essential })
  catalogue.ensureShipped(() => readShippedCatalogue(place.resourcesFolder))
  const sync = createSync({
    store, documents, audit, clock, log, practice: place.practice, changed: live.emit, codeAssigned: (tx, id) => reindex(tx, DossierId.parse(id)),
  })
  const intake = createIntake({
    store, documents, audit, clock, catalogue, calendar, simulated: place.practice, changed: live.emit,
    outbox: { enqueue, takeNumber }, fees, supplements, extras: payloadExtras,
    place: () => ({ agency: settings().ward.agencyCode, counter: settings().counter.code }),
  })
  const ticketsOnUsb = onFirstAsk(async () => {
    const { createUsbTickets, ticketBus } = await (await import('../readers')).ticketPrinterParts()
    return usbTickets(createUsbTickets({ bus: ticketBus() }))
  })
  const printer = createPrinter({ store, audit, clock, log, host, settings, changed: live.emit, usb: ticketsOnUsb.ask })
  const followPrints = setTimeout(() => {
    try {
      printer.goOn()
    } catch (error) {
      log('printing.not-gone-on', { code: asAppError(error).code })
    }
  }, GO_ON_AFTER_MS).unref()
  const testPages = createTestPages({ paperwork, printer, clock, settings, practice: place.practice })
  const receipts = createReceipts({
    store, audit, paperwork, host, printer, clock, settings, practice: place.practice, changed: live.emit,
    template: async (at) => (await (await desks.forms()).wordings.inForce('mau-01', at)).template,
  })
  const capture = onFirstAsk(async () => {
    const { openCaptureOffice } = await import('./capture-office')
    return openCaptureOffice({ place, store, documents, audit, clock, live, log, intake, catalogue, settings, threads: deps.threads })
  })
  const guide = onFirstAsk(async () => {
    const [{ openGuideOffice }, { readGuideData }] = await Promise.all([import('./guide-office'), import('./guide-resources')])
    return openGuideOffice({
      store, audit, catalogue, intake, paperwork, printer, settings, practice: place.practice, data: readGuideData(place.resourcesFolder), essential: readEssential(place.resourcesFolder),
    })
  })
  const papers = createPapers({ store, log, desk: async () => (await capture.ask()).desk })
  const goOn = setTimeout(() => {
    const asked = async (): Promise<void> => void (hasUnfinishedPages(store.read) && (await capture.ask()))
    asked().catch((error: unknown) => log('pages.not-gone-on', { code: asAppError(error).code }))
  }, GO_ON_AFTER_MS).unref()
  const codes = onFirstAsk(async () => {
    const { openCodesOffice } = await import('./codes-office')
    return openCodesOffice({ printer, paperwork, live, settings, store: settingsStore, practice: place.practice, seated: () => seated })
  })
  const feedback = onFirstAsk(async () => {
    const { openFeedbackOffice } = await import('./feedback-office')
    return openFeedbackOffice({
      store, documents, audit, clock, log, calendar, simulated: place.practice, changed: live.emit, wake: sync.wake,
      letters: { enqueueLetter, recallLetters, retryLetter }, place: () => ({ agency: settings().ward.agencyCode, counter: settings().counter.code }),
      readThemes: () => readThemes(place.resourcesFolder), paperwork, printer, settings,
    })
  })
  const assist = onFirstAsk(async () => {
    const { openAssistOffice } = await import('./assist-office')
    return openAssistOffice({ store, audit, clock, catalogue, intake, live })
  })
  const queue = onFirstAsk(async () => {
    const { openQueueOffice } = await import('./queue-office')
    return openQueueOffice({ place, store, audit, clock, live, log, settings, printer, paperwork, calendar })
  })
  const display = onFirstAsk(async () => {
    const { openDisplayOffice } = await import('./display-office')
    return openDisplayOffice({
      store, audit, clock, intake, catalogue, settings, calendar, live, practice: place.practice, resourcesFolder: place.resourcesFolder,
      ratings: async () => (await feedback.ask()).ratings,
      handOver: async (actor, wish) => (await desks.results()).offer(actor, wish),
      // A display alone joins no line.
      numbers: async () => (await queue.opened()?.catch(() => undefined))?.called(),
    })
  })
  const signing: Part<SigningOffice> = onFirstAsk(async () => {
    const { openSigningOffice } = await import('./signing-office')
    return openSigningOffice({
      place, store, documents, audit, clock, live, log, host, intake, catalogue, paperwork, sync, settings, display: display.ask,
      stampUrl: () => stampUrlOfCa(store.read), remotes: async () => (await issuing.ask()).remotes,
    })
  })
  const issuing: Part<IssuingOffice> = onFirstAsk(async () => {
    const { openIssuingOffice } = await import('./issuing-office')
    return openIssuingOffice({
      store, audit, clock, live, log, host, printer, staff, sync, paperwork, settings, practice: place.practice, resourcesFolder: place.resourcesFolder, display: display.ask, signing: signing.ask,
    })
  })
  const desks = createPaperOffices({
    place, host, store, documents, audit, clock, log, live, intake, catalogue, staff, sync, paperwork, settings, calendar, printer,
    display: display.ask, queue: queue.ask, feedback: feedback.ask, signing: signing.ask, chip: chip.ask,
  })
  const issue = setTimeout(() => {
    const asked = async (): Promise<void> => {
      if (hasUnfinishedIssuances(store.read)) await issuing.ask()
      if (hasUnfinishedSigning(store.read, clock.now().toISOString())) await signing.ask()
    }
    asked().catch((error: unknown) => log('issuance.not-gone-on', { code: asAppError(error).code }))
  }, GO_ON_AFTER_MS).unref()
  const join = setTimeout(() => {
    const asked = async (): Promise<void> => void (isQueueWanted(store.read, toCivil(clock.now()).date) && (await queue.ask()))
    asked().catch((error: unknown) => log('queue.not-joined', { code: asAppError(error).code }))
  }, GO_ON_AFTER_MS).unref()
  const idle = setInterval(staff.tick, 5_000).unref()

  let health: { at: Date; intact: boolean } | null = null
  const checkAudit = (): Verdict => {
    const verdict = audit.verify(store.read)
    health = { at: clock.now(), intact: verdict.ok }
    return verdict
  }

  let activeAt = performance.now()
  const duties = createDuties({ store, audit, clock, log, checkAudit, quietForMs: () => performance.now() - activeAt })

  return {
    checkAudit, duties, chip: chip.ask, capture: capture.ask, codes: codes.ask, queue: queue.ask, display: display.ask, guide: guide.ask, assist: assist.ask, feedback: feedback.ask,
    signing: signing.ask, issuing: issuing.ask, desks, printer, testPages,
    noteActivity: () => { activeAt = performance.now() },
    auditHealth: () => health,
    store, documents, audit, staff, intake, papers, catalogue, sync, receipts, calendar, settings, settingsStore,
    hasRoom: () => headroom(place.dataFolder).level !== 'critical',
    close: async () => {
      clearInterval(idle)
      clearTimeout(goOn)
      clearTimeout(join)
      clearTimeout(issue)
      clearTimeout(followPrints)
      duties.stop()
      await desks.close()
      printer.close()
      try {
        // One that does not close keeps none of the others open.
        const closed = await Promise.allSettled([chip, codes, capture, feedback, queue, display, issuing, signing].map(async (part) => (await part.opened()?.catch(() => undefined))?.close()))
        for (const part of closed) if (part.status === 'rejected') log('office.part-stays', { code: asAppError(part.reason).code })
        await sync.stop()
        await intake.uploads.close()
        recordStop(store, audit)
      } catch (error) {
        log('office.close-incomplete', { code: error instanceof AppError ? error.code : 'LOI-000' })
      } finally {
        store.close()
      }
    },
  }
}

/** A bundled thread beside the core's own file; nothing when it is not there. */
export function threadBeside(moduleUrl: string, name: 'paperwork' | keyof CoreThreads): URL | null {
  const file = new URL(`${name}.js`, moduleUrl)
  return existsSync(file) ? file : null
}

export const threadsBeside = (moduleUrl: string): CoreThreads =>
  ({ hashing: threadBeside(moduleUrl, 'hashing'), pages: threadBeside(moduleUrl, 'pages'), reading: threadBeside(moduleUrl, 'reading') })
