import { type DragEvent, type KeyboardEvent, type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ComponentMark, DocumentInfo } from '@contract/draft'
import type { Procedure } from '@contract/procedures'
import { useShortcut } from '../app/shortcuts'
import { DocumentView } from '../parts'
import { focusInStep } from './focus'
import { markPaper, type PaperLine, paperLines } from './papers'
import { PaperRow } from './paper-row'
import { sourceOf } from './page-view'
import { useDocuments } from './use-documents'
import { useDraft } from './use-draft'
import { Viewer } from './viewer'

const ACCEPTED = '.pdf,.jpg,.jpeg,.png,.tif,.tiff'
const MARK_KEYS: Readonly<Record<string, ComponentMark>> = { s: 'seen', k: 'not-needed', n: 'owed', d: 'reused' }
const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -99, End: 99 }

/** The checklist. The row in hand is open: its scans, what to do with it, its note. Files come by F9, the button, or dropping them. */
export function PapersStep({ procedure }: { procedure: Procedure }): ReactNode {
  const { t } = useTranslation('intake')
  const { content, state, edit, queue } = useDraft()
  const acts = useDocuments()
  const picker = useRef<HTMLInputElement>(null)
  const lines = paperLines(procedure, state.view.documents)
  const [row, setRow] = useState(() => firstOpen(lines, content.focus, new Set(state.view.gaps.map(({ field }) => field))))
  const [picked, setPicked] = useState<string | null>(null)
  const [large, setLarge] = useState(false)
  const [over, setOver] = useState<string | null>(null)
  const line = lines.find(({ code }) => code === row) ?? lines[0]
  const documents = line?.documents ?? []
  const document = documents.find(({ id }) => id === picked) ?? documents[0]
  const goTo = (code: string): void => {
    setRow(code)
    // A closing dialog gives the focus back first.
    requestAnimationFrame(() => focusInStep(`component.${code}`))
  }
  const add = (files: FileList | null, code = line?.code): void => {
    if (files && files.length > 0 && code !== undefined) {
      queue.add(code, [...files])
      goTo(code)
    }
  }
  useShortcut('F9', t('papers.add'), () => picker.current?.click())

  const step = (by: number): void => {
    const next = documents[documents.findIndex(({ id }) => id === document?.id) + by]
    if (next) setPicked(next.id)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || !line || event.altKey) return
    const acted = pressed(event, { lines, line, document }, { goTo, step, large: () => setLarge(true), move: (by) => { if (document) acts.move(document, documents, by) }, remove: () => { if (document) acts.remove(document) }, mark: (mark) => edit((now) => markPaper(now, line.code, mark)) })
    if (acted) {
      event.preventDefault()
      event.stopPropagation()
    }
  }
  const drop = (event: DragEvent, code: string): void => {
    event.preventDefault()
    setOver(null)
    setRow(code)
    add(event.dataTransfer.files, code)
  }
  return (
    <div className="ck grow">
      <section className="card fill" aria-label={t('papers.title')} onKeyDown={press}>
        <input ref={picker} type="file" multiple accept={ACCEPTED} hidden aria-label={t('papers.choose')} onChange={(event) => { add(event.target.files); event.target.value = '' }} />
        <div className="scroll grow">
          <table aria-label={t('papers.title')}>
            <thead><tr><th style={{ width: 44 }} /><th style={{ width: 34 }} /><th scope="col">{t('papers.component')}</th><th scope="col" style={{ width: 182 }}>{t('papers.kind')}</th><th scope="col" style={{ width: 120 }}>{t('papers.files')}</th><th scope="col" style={{ width: 128 }}>{t('papers.state')}</th></tr></thead>
            <tbody>
              {lines.map((item, index) => (
                <PaperRow
                  key={item.code} line={item} number={index + 1} open={item.code === line?.code} over={over === item.code} document={item.code === line?.code ? document : undefined}
                  onOpen={() => setRow(item.code)} onAdd={() => picker.current?.click()} onPick={(id) => setPicked(id)} onLarge={() => setLarge(true)} acts={acts}
                  onOver={(on) => setOver(on ? item.code : null)} onDrop={(event) => drop(event, item.code)}
                />
              ))}
            </tbody>
          </table>
        </div>
      </section>
      <section className="card wide" aria-label={t('papers.preview')}>
        <div className="hd"><h2>{document ? t('papers.previewOf', { number: lines.findIndex(({ code }) => code === line?.code) + 1 }) : t('papers.preview')}</h2>{document && <span className="s t2 ell">{document.name}</span>}</div>
        {document ? <DocumentView {...sourceOf(document)} label={document.name} rotation={document.rotation} /> : <p className="t2 bd">{t('papers.noFile')}</p>}
      </section>
      <Viewer
        document={large ? (document ?? null) : null} onClose={() => { setLarge(false); if (line) goTo(line.code) }}
        onTurn={(turnedOne) => acts.turn(turnedOne, documents)} onMove={step}
      />
    </div>
  )
}

/** The row where work goes on: the one last in hand, else the first with something missing, else the first. */
function firstOpen(lines: readonly PaperLine[], focus: string | null, gaps: ReadonlySet<string>): string {
  const last = lines.find(({ code }) => focus === `component.${code}`)
  return (last ?? lines.find(({ code }) => gaps.has(`component.${code}`)) ?? lines[0])?.code ?? ''
}

type Acts = Readonly<{ goTo: (code: string) => void; step: (by: number) => void; large: () => void; move: (by: number) => void; remove: () => void; mark: (mark: ComponentMark) => void }>

/** Keys of the list in hand; true when one acted. */
function pressed(event: KeyboardEvent, { lines, line, document }: { lines: readonly PaperLine[]; line: PaperLine; document: DocumentInfo | undefined }, acts: Acts): boolean {
  const move = MOVES[event.key]
  if (event.ctrlKey) {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return false
    acts.move(event.key === 'ArrowUp' ? -1 : 1)
    return true
  }
  if (move !== undefined) {
    const at = lines.findIndex(({ code }) => code === line.code)
    const next = lines[Math.max(0, Math.min(lines.length - 1, at + move))]
    if (next) acts.goTo(next.code)
    return true
  }
  const digit = /^[1-9]$/u.test(event.key) ? lines[Number(event.key) - 1] : undefined
  if (digit) {
    acts.goTo(digit.code)
    return true
  }
  const mark = MARK_KEYS[event.key.toLowerCase()]
  if (mark !== undefined) acts.mark(mark)
  else if (event.key === ' ' && document && !(event.target instanceof HTMLButtonElement && !event.target.classList.contains('pg'))) acts.large()
  else if (event.key === 'Delete' && document) acts.remove()
  else if ((event.key === 'ArrowLeft' || event.key === 'ArrowRight') && document) acts.step(event.key === 'ArrowLeft' ? -1 : 1)
  else return false
  return true
}
