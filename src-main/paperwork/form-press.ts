import type { FormTemplate } from './form-template'
import type { Metrics, Sheet } from './sheet'

export type Texts = Readonly<Record<string, string | undefined>>
/** What fills a form: texts by name, entries by list, and which conditions hold. */
export type Filling = Readonly<{ texts: Texts; lists: Readonly<Record<string, readonly Texts[]>>; flags: ReadonlySet<string>; demo: boolean }>

/** What the parts of one printed form need. */
export type Press = Readonly<{ form: Pick<FormTemplate, 'head'>; filling: Filling; metrics: Metrics; measure: Sheet['measure'] }>

/** Whose paper it is, and from when. */
export type DocumentFrame = Readonly<{ agencyParent: string; agencyName: string; unitName: string; at: string; practice: boolean }>
export type FormSheet = Press & Readonly<{
  form: FormTemplate
  frame: DocumentFrame
  /** The dossier that the paper is about: its code stands in the head, as QR too, and above further pages. */
  dossier: Readonly<{ code: string; provisional: boolean }> | null
}>

export const GREY = '#444444'
export const RED = '#b42318'
/** Headings of what is no official form. */
export const TEAL = '#0a5560'
export const COLUMN_GAP = 12

/** Levels by which headings, signatures and the rooms in them are known again while pages are laid out. */
export const LEVEL = { heading: 80, signatures: 90, citizen: 91, office: 92, leader: 93 } as const
