import { randomBytes } from 'node:crypto'
import { toCivil } from '@contract/civil-time'
import { AppError, ERRORS } from '@contract/errors'
import { Instant } from '@contract/ids'
import type { Settings } from '@contract/settings'
import type { IssuanceId, SigningCount } from '@contract/signing'
import { v7 } from 'uuid'
import type { Audit } from '../audit'
import { addressOf, openingHours, readConsentSheets, sheetInForce, type ConsentSheet } from '../hall'
import type { PaperFrame, Paperwork } from '../paperwork'
import { handedOver, type Printer } from '../printing'
import {
  agreementData, type CaLine, checkIssued, countIssuances, createCaConnector, createFetcher, createIssuing, createRemoteSigner, createSeal, createStampSource, dailyRows, findProvider, type Issuing,
  leafletData, type ProviderConfig, RemoteConfig, type RemoteAccounts, slipData,
} from '../signing'
import type { Staff } from '../staff'
import { type Clock, type Log, type Store } from '../storage'
import type { Sync } from '../sync'
import type { DisplayOffice } from './display-office'
import type { Host } from './host'
import { keepGoing } from './issuing-line'
import type { Live } from './live'
import { placeOf } from './receipt-data'
import type { SigningOffice } from './signing-office'

/** Issuing citizens' signatures at this counter. `office.issuing()` opens it. */
export type IssuingOffice = Readonly<{
  issuing: Issuing
  remotes: RemoteAccounts
  count(): SigningCount
  /** Bytes of the paper as it is now; agreement and hand-over record as they are kept, once they are. @throws AppError KS-050, KS-051 */
  paper(actor: Readonly<{ id: string; name: string }>, id: IssuanceId, paper: 'agreement' | 'handover' | 'leaflet' | 'slip'): Promise<Uint8Array>
  print(actor: Readonly<{ id: string; name: string }>, id: IssuanceId, paper: 'agreement' | 'handover' | 'leaflet' | 'slip'): Promise<'printed' | 'cancelled'>
  /** The list of a day (YYYY-MM-DD) as PDF. */
  dailyPdf(actor: Readonly<{ name: string }>, day: string): Promise<Uint8Array>
  dailyList(actor: Readonly<{ id: string; name: string }>, wish: Readonly<{ day: string; to: 'printer' | 'file' }>): Promise<'printed' | 'saved' | 'cancelled'>
  close(): Promise<void>
}>

export type IssuingOfficeDeps = Readonly<{
  store: Store; audit: Audit; clock: Clock; live: Live; log: Log; host: Pick<Host, 'saveFile'>; printer: Printer; staff: Staff; sync: Sync; paperwork: Paperwork; settings(): Settings
  practice: boolean; resourcesFolder: string
  display(): Promise<DisplayOffice>
  signing(): Promise<SigningOffice>
}>

/** How long the citizen's PIN waits for the CA, in milliseconds. */
const PATIENCE_MS = 8_000

type Way = Readonly<{ config: ProviderConfig; text: string; line: CaLine }>

export function openIssuingOffice(deps: IssuingOfficeDeps): IssuingOffice {
  const { store, audit, clock, live, log, settings, paperwork, practice } = deps
  const now = (): Date => clock.now()
  const today = (): string => toCivil(now()).date
  const fetcher = createFetcher()
  const ways = new Map<string, Way>()

  /** The way to a CA, kept as long as its configuration stands. @throws AppError KS-037, KS-039 */
  const wayTo = (id: string): Way => {
    const found = findProvider(store.read, id)
    if (!found) throw new AppError(ERRORS.signing.caUnknown)
    const text = JSON.stringify(found.config)
    const known = ways.get(id)
    if (known?.text === text) return known
    const made = { config: found.config, text, line: lineOf(found.config, now) }
    ways.set(id, made)
    return made
  }
  const frame = (officerName: string): PaperFrame => {
    const { ward } = settings()
    return {
      agencyParent: ward.parentAgency, agencyName: ward.name, unitName: ward.unitName, place: placeOf(ward.name), officerName, at: Instant.parse(now().toISOString()), practice,
    }
  }
  let sheets: readonly ConsentSheet[] | undefined
  const going = keepGoing({ live, sync: deps.sync, log, clock })
  const signing = deps.signing
  const issuing = createIssuing({
    store, audit, clock, log, newId: v7, newKeyId: () => randomBytes(16).toString('hex'), changed: () => { live.emit({ kind: 'signing' }); going.wake() },
    line: (id) => wayTo(id).line,
    tokens: async () => (await signing()).tokens, judge: async () => (await signing()).judge, files: async () => (await signing()).files,
    seal: createSeal({
      clock, resourcesFolder: deps.resourcesFolder,
      stamps: (id) => {
        const url = settings().signing.stampUrl ?? wayTo(id).config.tsaUrl
        return url === null ? null : createStampSource(url, fetcher, { now })
      },
    }),
    paperwork, frame, simulated: practice, patienceMs: PATIENCE_MS,
    display: async () => (await deps.display()).desk,
    sheet: (code) => sheetInForce((sheets ??= readConsentSheets(deps.resourcesFolder)), code, today()),
    vouch: async (_actor, second) => {
      const account = await deps.staff.vouch(second)
      return { id: account.id, name: account.fullName }
    },
    addressOf: ({ sex, birthDate }) => addressOf(sex, birthDate, today()),
    rsa: () => settings().signing.rsa,
  })
  going.start(issuing)

  const paper: IssuingOffice['paper'] = async (actor, id, which) => {
    const issuance = issuing.row(id)
    const { address = null, hotline = null } = settings().ward
    const size = settings().printing.receipt.paper
    switch (which) {
      case 'agreement':
        if (issuance.agreement !== null) return (await signing()).files.read(issuance.agreement)
        return (await paperwork.signingPaper('agreement', agreementData(issuance, frame(actor.name)))).pdf
      case 'handover': return (await signing()).files.read(await issuing.record(actor, id))
      case 'leaflet': return (await paperwork.signingPaper('leaflet', leafletData(issuance, frame(actor.name), size, { address, hotline, hours: openingHours(settings().workingHours) }))).pdf
      case 'slip': return (await paperwork.signingPaper('slip', slipData(issuance, frame(actor.name), size))).pdf
    }
  }

  const dailyPdf: IssuingOffice['dailyPdf'] = async (actor, day) => {
    const { month, year, target } = countIssuances(store.read, day, settings().signing.dailyTarget)
    const { rows, demo } = dailyRows(store.read, day)
    return (await paperwork.signingPaper('daily-list', { frame: frame(actor.name), day, rows, month, year, target, demo })).pdf
  }

  return {
    issuing, paper,
    remotes: {
      find: async (id) => {
        const { kind, certificate, chain, scheme, caState, storedAt, provider, subject, state } = issuing.row(id)
        const { remote } = wayTo(provider.id).line
        if (kind !== 'remote' || remote === null || storedAt === null || certificate === null || scheme === null || caState === null || state === 'stopped') return null
        return {
          signer: remote, account: caState, certificates: [certificate, ...chain], scheme, stampUrl: wayTo(provider.id).config.tsaUrl, address: addressOf(subject.sex, subject.birthDate, today()),
        }
      },
    },
    count: () => countIssuances(store.read, today(), settings().signing.dailyTarget),
    print: async (actor, id, which) => {
      const bytes = await paper(actor, id, which)
      const { receipt, report } = settings().printing
      const small = which === 'slip' || which === 'leaflet'
      const where = small ? { kind: 'receipt', printer: receipt.printer, paper: receipt.paper } as const : { kind: 'report', printer: report.printer, paper: 'A4' } as const
      const outcome = handedOver((await deps.printer.print(actor, { ...where, bytes, silent: false, title: `signing.${which}`, subject: { type: 'issuance', id } })).outcome)
      if (outcome === 'printed') store.write((tx) => audit.append(tx, { actor: actor.id, action: 'issuance.printed', subject: { type: 'issuance', id }, detail: { paper: which } }))
      return outcome
    },
    dailyPdf,
    dailyList: async (actor, { day, to }) => {
      const bytes = await dailyPdf(actor, day)
      const outcome = to === 'file' ? await deps.host.saveFile({ suggestedName: `danh-sach-chu-ky-so-${day}.pdf`, bytes })
        : handedOver((await deps.printer.print(actor, { kind: 'report', title: 'signing.daily-list', subject: null, bytes, printer: settings().printing.report.printer, silent: false, paper: 'A4' })).outcome)
      if (outcome !== 'cancelled') store.write((tx) => audit.append(tx, { actor: actor.id, action: 'issuance.list-made', detail: { day, to } }))
      return outcome
    },
    close: async () => {
      await going.close()
      await issuing.settled()
    },
  }
}

/** @throws AppError KS-039 where the configuration has no way or a broken one */
function lineOf(config: ProviderConfig, now: () => Date): CaLine {
  const authorities = config.authorities.map((text) => Buffer.from(text, 'base64'))
  const check: CaLine['check'] = (wish) => checkIssued({ ...wish, authorities })
  if (config.kind === 'token') return { connector: createCaConnector(config, { now }), remote: null, check }
  const remote = RemoteConfig.safeParse(config.remote)
  if (!remote.success) throw new AppError(ERRORS.signing.caNotSetUp)
  return { connector: null, remote: createRemoteSigner({ config: remote.data }), check }
}
