import type { FormBlock, FormChange, FormFault, FormText } from '@contract/forms'
import type { FormCode } from '@contract/office-forms'
import { patternsOf } from './form-template'
import { OFFICE_VOCABULARY } from './office-values'
import { OfficeTemplate } from './office-form'
import { namesIn } from './placeholders'
import { REGISTER_NAMES, RegisterTemplate } from './register-form'
import { PLACEHOLDERS, ReceiptTemplate } from './template'

/** The official text of a form, as its file has it. */
export type Official = ReceiptTemplate | OfficeTemplate | RegisterTemplate
type Path = readonly (string | number)[]
type Group = FormText['group']

/** Not words: what the form is, how it is laid out, what its blocks depend on. Quốc hiệu and tiêu ngữ are prescribed (Nghị định 30/2020/NĐ-CP). */
const FIXED = new Set([
  'formId', 'version', 'edition', 'effectiveFrom', 'effectiveFromBasis', 'legalBasis', 'confidence', 'doubts', 'head', 'orientation', 'nation', 'motto', 'documentTitle', 'options',
  'kind', 'list', 'mark', 'place', 'align', 'width', 'when', 'option',
])
const GROUPS: Readonly<Record<string, Group>> = {
  number: 'head', placeDate: 'head', titleLines: 'title', subtitle: 'title', codeLine: 'title', copies: 'title', period: 'title', filter: 'title', blocks: 'body', lines: 'body', fees: 'body', none: 'table',
  componentTable: 'table', componentKinds: 'table', columns: 'table', groups: 'table', signatures: 'signature', recipients: 'signature', notes: 'note', lookup: 'note', footer: 'footer', marks: 'mark', words: 'mark',
}
/** Printed as they stand: braces in them would fill nothing. */
const PLAIN = new Set(['caption', 'hint', 'group', 'practice', 'provisional', 'demo', 'words', 'componentTable', 'componentKinds', 'fees', 'copies', 'fixed'])
/** Whom and what a paper is about, its number, dates and reasons, who signs: a wording that leaves one out no longer says what the law asks of it. */
const NEEDED = new Set([
  'number', 'receiptNumber', 'dossierCode', 'place', 'day', 'receivedDay', 'receivedTime', 'dueTime', 'previousDueTime', 'newDueTime', 'applicantName', 'procedureName', 'reason', 'item', 'originals', 'certified', 'copies',
  'ground', 'basis', 'stage', 'money', 'agency', 'from', 'to', 'time', 'giver', 'receiver', 'standing', 'signerTitles', 'signerName', 'officerName', 'reprintCount', 'reprintTime', 'reprintBy', 'templateVersion', 'page', 'pages',
])
/** Names of Mẫu 01 that a dossier may lack. */
const RECEIPT_MAYBE = new Set<string>(['onBehalfOf', 'applicantIdNumber', 'applicantPhone', 'applicantEmail', 'registerBook', 'registerNumber', 'lookupSecret', 'lookupAddress', 'hotline', 'dueTime', 'reprintCount', 'reprintTime', 'reprintBy', 'confirmedTime', 'page', 'pages'])
const FOOT = ['page', 'pages', 'templateVersion'] as const
const LONG = 60
const LIMITS: Readonly<Partial<Record<FormCode, number>>> = { 'mau-01': 400, 'mau-07': 400 }

const at = (node: unknown, path: Path): unknown => path.reduce<unknown>((inner, key) => (typeof inner === 'object' && inner !== null ? (inner as Record<string | number, unknown>)[key] : undefined), node)
const blocksKey = (official: Official): 'blocks' | 'lines' | null => (official.formId === 'mau-01' ? 'lines' : official.formId === 'mau-07' ? null : 'blocks')
const blocksOf = (official: Official): readonly unknown[] => (official.formId === 'mau-01' ? official.lines : official.formId === 'mau-07' ? [] : official.blocks)

/** Part of the texts in front of it is printed only when all its values are there. */
const isOptional = (official: Official, path: Path): boolean => {
  const parent = at(official, path.slice(0, -1))
  return typeof parent === 'object' && parent !== null && 'optional' in parent && parent.optional === true
}
const isPlain = ({ formId }: Official, path: Path): boolean =>
  path.some((key) => typeof key === 'string' && PLAIN.has(key)) || path.join('.') === 'recipients.title' || (formId === 'mau-01' && path.at(-1) === 'title') || (path.includes('signers') && path.at(-1) === 'title')
    || (formId === 'mau-01' && path[0] === 'titleLines')

function namesOf(official: Official, path: Path, text: string, ofList: readonly string[]): string[] {
  if (isPlain(official, path)) return []
  const foot = path[0] === 'footer' ? FOOT : []
  const own = namesIn(text)
  if (official.formId === 'mau-07') return [...new Set([...(REGISTER_NAMES[path.join('.')] ?? []), ...own])]
  if (official.formId === 'mau-01') return [...new Set([...PLACEHOLDERS.filter((name) => !RECEIPT_MAYBE.has(name) || (isOptional(official, path) && !name.startsWith('reprint'))), ...foot, ...own])]
  const { sure, maybe } = OFFICE_VOCABULARY[official.formId]
  return [...new Set([...sure, ...(isOptional(official, path) ? maybe.filter((name) => !name.startsWith('reprint')) : []), ...ofList, ...foot, ...own])]
}

/** All that may be reworded, in the order of the form, in its official words. */
export function officialTexts(official: Official): FormText[] {
  const lists = official.formId === 'mau-01' || official.formId === 'mau-07' ? {} : OFFICE_VOCABULARY[official.formId].lists
  return [...patternsOf(official, [], lists)].filter(({ path }) => !path.some((key) => typeof key === 'string' && FIXED.has(key))).map(({ text, names, path }) => ({
    path: path.join('.'), group: path.includes('columns') || path.includes('none') ? 'table' : GROUPS[String(path[0])] ?? 'body', official: text, text, names: namesOf(official, path, text, names), multiline: text.length > LONG,
  }))
}

const textsIn = (node: unknown): string[] => [...patternsOf(node, [], {})].filter(({ path }) => !path.some((key) => typeof key === 'string' && FIXED.has(key))).map(({ text }) => text)

/** The parts of the body in their official order. Required: those that print what the law asks for. */
export function officialBlocks(official: Official): FormBlock[] {
  return blocksOf(official).map((block, index) => {
    const texts = textsIn(block)
    const listed = typeof block === 'object' && block !== null && ('list' in block || ('kind' in block && block.kind === 'components'))
    return { id: String(index), label: texts.find((text) => text.trim() !== '') ?? String(index), shown: true, required: listed || texts.some((text) => namesIn(text).some((name) => NEEDED.has(name))) }
  })
}

const shapeOf = (form: FormCode) => (form === 'mau-01' ? ReceiptTemplate : form === 'mau-07' ? RegisterTemplate : OfficeTemplate)

/** Checks a template of any of the seven forms. */
export function parseOfficial(form: FormCode, input: unknown): Official | null {
  const parsed = shapeOf(form).safeParse(input)
  return parsed.success && parsed.data.formId === form ? parsed.data : null
}

function put(node: unknown, path: Path, text: string): void {
  const parent = at(node, path.slice(0, -1))
  const last = path.at(-1)
  if (typeof parent === 'object' && parent !== null && last !== undefined && Object.hasOwn(parent, last)) (parent as Record<string | number, unknown>)[last] = text
}

const keysOf = (path: string): Path => path.split('.').map((key) => (/^\d+$/.test(key) ? Number(key) : key))

/** The official form with a change applied. What is wrong with it is told by `faultsOf`. */
export function reworded(official: Official, change: FormChange, mark?: Readonly<{ edition: number; effectiveFrom: string }>): unknown {
  const known = new Set(officialTexts(official).map(({ path }) => path))
  const made: Record<string, unknown> = structuredClone(official)
  for (const [path, text] of Object.entries(change.texts)) if (known.has(path)) put(made, keysOf(path), text.trim().normalize('NFC'))
  const key = blocksKey(official)
  if (key !== null && change.blocks.length > 0) {
    const all = made[key] as unknown[]
    made[key] = change.blocks.filter(({ shown }) => shown).map(({ id }) => all[Number(id)]).filter((block) => block !== undefined)
  }
  return { ...made, ...mark }
}

const MARKUP = /[<>\p{Cc}]/u
const STRAY = /[{}]/

function faultsOfText({ official, names }: FormText, path: string, text: string, most: number): FormFault[] {
  const fault = (code: FormFault['code'], detail = ''): FormFault => ({ path, code, detail })
  if (text.trim() === '') return [fault('empty')]
  if (text.length > most) return [fault('too-long', String(most))]
  if (MARKUP.test(text)) return [fault('markup')]
  if (STRAY.test(text.replaceAll(/\{[^{}]*\}/g, ''))) return [fault('unknown-name', '{')]
  const used = namesIn(text)
  return [
    ...[...new Set(used)].filter((name) => !names.includes(name)).map((name) => fault('unknown-name', name)),
    ...[...new Set(namesIn(official))].filter((name) => NEEDED.has(name) && !used.includes(name)).map((name) => fault('missing-name', name)),
  ]
}

function faultsOfBlocks(official: Official, blocks: FormChange['blocks']): FormFault[] {
  if (blocks.length === 0) return []
  const known = officialBlocks(official)
  const ids = blocks.map(({ id }) => id)
  if (known.length !== ids.length || new Set(ids).size !== ids.length || known.some(({ id }) => !ids.includes(id))) return [{ path: 'blocks', code: 'shape', detail: '' }]
  const hidden = new Set(blocks.filter(({ shown }) => !shown).map(({ id }) => id))
  return known.filter(({ id, required }) => required && hidden.has(id)).map(({ id, label }) => ({ path: `${blocksKey(official) ?? ''}.${id}`, code: 'required-block' as const, detail: label.slice(0, 80) }))
}

/** What is wrong with a wording, text by text; nothing when it can be used. */
export function faultsOf(form: FormCode, official: Official, change: FormChange): FormFault[] {
  const texts = new Map(officialTexts(official).map((text) => [text.path, text]))
  const most = LIMITS[form] ?? 1200
  const faults = Object.entries(change.texts).flatMap(([path, text]) => {
    const known = texts.get(path)
    return known === undefined ? [{ path: path.slice(0, 80), code: 'shape' as const, detail: '' }] : faultsOfText(known, path, text, most)
  })
  const found = [...faults, ...faultsOfBlocks(official, change.blocks)]
  if (found.length > 0) return found
  return parseOfficial(form, reworded(official, change)) === null ? [{ path: '', code: 'shape', detail: '' }] : []
}

/** The form with a change in place of the official words, for the editor. */
export function viewOf(official: Official, change: FormChange): Readonly<{ texts: FormText[]; blocks: FormBlock[] }> {
  const blocks = officialBlocks(official)
  const order = change.blocks.length === 0 ? blocks : change.blocks.flatMap(({ id, shown }) => blocks.filter((block) => block.id === id).map((block) => ({ ...block, shown })))
  return { texts: officialTexts(official).map((text) => ({ ...text, text: change.texts[text.path] ?? text.text })), blocks: order }
}

