import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { v7 as uuidv7 } from 'uuid'
import { toCivil } from '@contract/civil-time'
import { AppError } from '@contract/errors'
import { FormChange, type FormBrief, type FormFault, type FormView } from '@contract/forms'
import { FORM_CODES, type FormCode } from '@contract/office-forms'
import type { Paper } from '@contract/receipt'
import type { Audit } from '../audit'
import type { Clock, Store, WriteTx } from '../storage'
import { inForce } from './form-template'
import type { Paperwork } from './paperwork'
import { sampleForm, sampleReceiptData } from './sample-dossier'
import { faultsOf, type Official, parseOfficial, reworded, viewOf } from './wording-model'
import { chosen, latestOf, type OwnWording, readWordings } from './wording-rows'

export type WordingsDeps = Readonly<{ store: Store; audit: Audit; clock: Clock; resourcesFolder: string; paperwork: Pick<Paperwork, 'receipt' | 'officeForm' | 'registerPage'> }>

/** Which wording something was printed in: version of the official file, and the ward's edition of it or null. */
export type WordingMark = Readonly<{ official: number; edition: number | null }>

export interface Wordings {
  list(): Promise<FormBrief[]>
  open(form: FormCode): Promise<FormView>
  /** What is wrong with a wording; nothing when it can be used. */
  check(form: FormCode, change: FormChange): Promise<FormFault[]>
  /** The form in that wording with an invented dossier, as PDF. @throws AppError BM-001 naming the first fault */
  preview(form: FormCode, change: FormChange, paper: Paper): Promise<Uint8Array<ArrayBuffer>>
  /** Keeps a wording as the next edition, in force from a civil date on. @throws AppError BM-001 faulty, BM-002 the day is past */
  save(by: string, form: FormCode, change: FormChange, effectiveFrom: string): Promise<FormView>
  /** Back to the official text from a civil date on. @throws AppError BM-002 the day is past */
  official(by: string, form: FormCode, effectiveFrom: string): Promise<FormView>
  /** The template in force at an instant, official or the ward's. What was kept later does not change what was printed before. */
  inForce(form: FormCode, at: string): Promise<Readonly<{ mark: WordingMark; template: unknown }>>
  /** The template that something was printed in. @throws AppError IN-001 if there is none */
  kept(form: FormCode, mark: WordingMark): Promise<unknown>
  /** Which wording is in force at an instant, to be asked within a transaction: what is issued says what it was issued in. */
  marks(): Promise<(form: FormCode, at: string) => WordingMark>
}

const NO_CHANGE: FormChange = { texts: {}, blocks: [] }

async function loadOfficials(resourcesFolder: string): Promise<Official[]> {
  const folder = join(resourcesFolder, 'forms')
  const files = (await readdir(folder)).filter((name) => /^mau-0[1-7]\.v\d+\.json$/.test(name))
  return Promise.all(files.map(async (name) => {
    const form = FORM_CODES.find((code) => name.startsWith(code))
    const official = form && parseOfficial(form, JSON.parse(await readFile(join(folder, name), 'utf8')))
    if (!official) throw new AppError('IN-001', { field: name })
    return official
  }))
}

/** The wordings of the seven forms: official files and the ward's own editions, each with the day it begins. */
export function createWordings({ store, audit, clock, resourcesFolder, paperwork }: WordingsDeps): Wordings {
  let loaded: Promise<Official[]> | undefined
  const officials = (): Promise<Official[]> => (loaded ??= loadOfficials(resourcesFolder))
  const today = (): string => toCivil(clock.now()).date
  const versionsOf = async (form: FormCode): Promise<Official[]> => (await officials()).filter(({ formId }) => formId === form)

  const onDate = (versions: readonly Official[], form: FormCode, date: string): Official => {
    const official = inForce(versions, date)
    if (!official) throw new AppError('IN-001', { field: form })
    return official
  }
  const officialOn = async (form: FormCode, date: string): Promise<Official> => onDate(await versionsOf(form), form, date)

  const choice = (versions: readonly Official[], form: FormCode, at: string): Readonly<{ official: Official; own: OwnWording | null; mark: WordingMark }> => {
    const date = toCivil(new Date(at)).date
    const official = onDate(versions, form, date)
    const own = chosen(readWordings(store.read, form).filter((row) => row.at <= at), official, date)
    return { official, own, mark: { official: own?.officialVersion ?? official.version, edition: own?.edition ?? null } }
  }

  const briefOf = async (form: FormCode): Promise<FormBrief> => {
    const official = await officialOn(form, today())
    const own = latestOf(readWordings(store.read, form), official, today())
    return {
      form, title: official.documentTitle.replace(/ số \{number\}$/, ''), officialVersion: official.version, effectiveFrom: official.effectiveFrom, legalBasis: official.legalBasis, confidence: official.confidence,
      own: own && { edition: own.edition, effectiveFrom: own.effectiveFrom, by: own.by },
    }
  }

  const viewed = async (form: FormCode): Promise<FormView> => {
    const official = await officialOn(form, today())
    const own = latestOf(readWordings(store.read, form), official, today())
    return { brief: await briefOf(form), ...viewOf(official, own?.change ?? NO_CHANGE) }
  }

  const assertSound = (form: FormCode, official: Official, change: FormChange): void => {
    const [fault] = faultsOf(form, official, change)
    if (fault) throw new AppError('BM-001', { path: fault.path, fault: fault.code, detail: fault.detail })
  }

  const insert = (tx: WriteTx, row: Readonly<{ by: string; form: FormCode; effectiveFrom: string; official: Official; made: ((edition: number) => unknown) | null; change: FormChange | null }>): void => {
    const { by, form, effectiveFrom, official, made, change } = row
    const edition = (tx.get('SELECT max(edition) AS edition FROM form_template WHERE form = ?', [form], (found) => found.integerOrNull('edition')) ?? 0) + 1
    tx.run('INSERT INTO form_template (id, form, edition, effective_from, official_version, body, change, at, by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', [
      uuidv7(), form, edition, effectiveFrom, official.version, made === null ? null : JSON.stringify(made(edition)), change === null ? null : JSON.stringify(change), clock.now().toISOString(), by,
    ])
    audit.append(tx, { actor: by, action: made === null ? 'form.official' : 'form.reworded', subject: { type: 'form', id: form }, detail: { edition, effectiveFrom, official: official.version, texts: Object.keys(change?.texts ?? {}).length } })
  }

  const assertNotPast = (effectiveFrom: string): void => {
    if (effectiveFrom < today()) throw new AppError('BM-002', { day: effectiveFrom })
  }

  const templateOf = (found: Official | OwnWording): unknown => ('body' in found ? found.body : found)

  return {
    list: () => Promise.all(FORM_CODES.map(briefOf)),
    open: viewed,
    check: async (form, change) => faultsOf(form, await officialOn(form, today()), change),
    preview: async (form, change, paper) => {
      const official = await officialOn(form, today())
      assertSound(form, official, change)
      const template = reworded(official, change)
      if (form === 'mau-01') return new Uint8Array((await paperwork.receipt(sampleReceiptData(), { paper, copies: ['citizen'], practice: false }, template)).pdf)
      if (form === 'mau-07') return paperwork.registerPage(template)
      return (await paperwork.officeForm(sampleForm(form), { paper, practice: false, reprint: null, template })).pdf
    },
    save: async (by, form, input, effectiveFrom) => {
      const official = await officialOn(form, today())
      const change = FormChange.parse(input)
      assertNotPast(effectiveFrom)
      assertSound(form, official, change)
      store.write((tx) => insert(tx, { by, form, effectiveFrom, official, change, made: (edition) => reworded(official, change, { edition, effectiveFrom }) }))
      return viewed(form)
    },
    official: async (by, form, effectiveFrom) => {
      const official = await officialOn(form, today())
      assertNotPast(effectiveFrom)
      store.write((tx) => insert(tx, { by, form, effectiveFrom, official, change: null, made: null }))
      return viewed(form)
    },
    inForce: async (form, at) => {
      const { mark, own, official } = choice(await versionsOf(form), form, at)
      return { mark, template: templateOf(own ?? official) }
    },
    marks: async () => {
      const all = await officials()
      return (form, at) => choice(all.filter(({ formId }) => formId === form), form, at).mark
    },
    kept: async (form, { official, edition }) => {
      const found = edition === null ? (await versionsOf(form)).find(({ version }) => version === official) : readWordings(store.read, form).find((row) => row.edition === edition && row.body !== null)
      if (!found) throw new AppError('IN-001', { field: form })
      return templateOf(found)
    },
  }
}
