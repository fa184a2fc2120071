import type { ComponentMark, DocumentInfo, DraftContent } from '@contract/draft'
import type { Procedure, ProcedureComponent } from '@contract/procedures'
import type { PageView } from '@contract/pages'
import { api } from '../app/api'
import { asideOf, keptOf } from '../papers/pages'
import type { TakenIn } from './content'

/** One line of the checklist. Papers that belong to no component of the procedure chosen now come last. */
export type PaperLine = Readonly<{ code: string; component: ProcedureComponent | null; documents: readonly DocumentInfo[]; pages: readonly PageView[]; aside: readonly PageView[] }>

/** What a paper is called; nothing for one of another procedure. */
export const paperName = (procedure: Procedure | undefined, code: string): string | undefined => procedure?.components.find((component) => component.code === code)?.name

/** The checklist: the procedure's papers in its order, then whatever was taken in for another procedure and would go along. */
export function paperLines(procedure: Procedure, { documents, pages }: TakenIn): readonly PaperLine[] {
  const files = documents.filter(({ bound }) => !bound)
  const line = (code: string, component: ProcedureComponent | null): PaperLine =>
    ({ code, component, documents: files.filter((document) => document.component === code), pages: keptOf(pages, code), aside: asideOf(pages, code) })
  const known = new Set(procedure.components.map(({ code }) => code))
  const kept = pages.filter(({ place }) => place === 'kept')
  const others = [...new Set([...files, ...kept].map(({ component }) => component))].filter((code) => !known.has(code))
  return [...procedure.components.map((component) => line(component.code, component)), ...others.map((code) => line(code, null))]
}

/** The officer's mark on a paper; the same mark again takes it back. The note stays. */
export function markPaper(content: DraftContent, code: string, mark: ComponentMark): DraftContent {
  const before = content.components[code]
  return { ...content, components: { ...content.components, [code]: { mark: before?.mark === mark ? 'pending' : mark, note: before?.note ?? '' } } }
}

export function notePaper(content: DraftContent, code: string, note: string): DraftContent {
  return { ...content, components: { ...content.components, [code]: { mark: content.components[code]?.mark ?? 'pending', note } } }
}

/** The order of a component's documents with one of them moved by a step; null when it stands at the end already. */
export function moved(documents: readonly DocumentInfo[], id: string, step: number): readonly DocumentInfo[] | null {
  const from = documents.findIndex((document) => document.id === id)
  const to = from + step
  const [one, other] = [documents[from], documents[to]]
  if (!one || !other) return null
  return documents.map((document, index) => (index === from ? other : index === to ? one : document))
}

const TURNED = { 0: 90, 90: 180, 180: 270, 270: 0 } as const

/** A quarter turn clockwise. */
export const turned = (document: DocumentInfo): DocumentInfo => ({ ...document, rotation: TURNED[document.rotation] })

/** Tells the core the order and the turn of a component's documents. */
export async function arrange(draftId: Parameters<typeof api.documents.arrange>[0]['draftId'], documents: readonly DocumentInfo[]): Promise<void> {
  const [first] = documents
  if (first) await api.documents.arrange({ draftId, component: first.component, items: documents.map(({ id, rotation }) => ({ id, rotation })) })
}
