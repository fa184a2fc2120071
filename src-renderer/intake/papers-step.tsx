import { type DragEvent, type KeyboardEvent, lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatSize } from '@contract/format'
import type { PageId } from '@contract/ids'
import type { PageView } from '@contract/pages'
import type { Procedure } from '@contract/procedures'
import { currentLanguage } from '../app/i18n'
import { useShortcut } from '../app/shortcuts'
import { useSeparator } from '../codes/router'
import { faultOf } from '../papers/pages'
import { PagePicture } from '../papers/picture'
import { ScannerDialog, useScanning } from '../papers/scan'
import { PAGE_DRAG } from '../papers/strip'
import { useInPlace } from '../papers/use-in-place'
import { PageViewer } from '../papers/view'
import { DocumentView, useAnnounce } from '../parts'
import { focusInStep } from './focus'
import { pressed } from './paper-keys'
import { PaperRow } from './paper-row'
import { markPaper, type PaperLine, paperLines, paperName } from './papers'
import { sourceOf } from './page-view'
import { useDocuments } from './use-documents'
import { useDraft } from './use-draft'
import { itemsOf, usePaperActs } from './use-paper-acts'
import { Viewer } from './viewer'

const CameraPanel = lazy(() => import('../camera').then((camera) => ({ default: camera.CameraPanel })))
const ACCEPTED = '.pdf,.jpg,.jpeg,.png,.tif,.tiff'

/** The checklist. The row in hand is open: its pages and files, what to do with them, its note. F9 scans into it, Ctrl+F9 opens the camera, files come by Ctrl+O or by dropping them. */
export function PapersStep({ procedure }: { procedure: Procedure }): ReactNode {
  const { t } = useTranslation('intake')
  const { say } = useAnnounce()
  const { content, store, taken, gaps, edit, queue } = useDraft()
  const picker = useRef<HTMLInputElement>(null)
  const lines = paperLines(procedure, taken)
  const [row, setRow] = useState(() => firstOpen(lines, content.focus, new Set(gaps.map(({ field }) => field))))
  const [picked, setPicked] = useState<string | null>(null)
  const [large, setLarge] = useState(false)
  const [camera, setCamera] = useState(false)
  const [over, setOver] = useState<string | null>(null)
  const nameOf = (code: string): string => paperName(procedure, code) ?? t('papers.foreign')
  const acts = usePaperActs(lines, nameOf)
  const files = useDocuments()
  const scanning = useScanning(store.id)
  const inPlace = useInPlace(scanning, acts.pages, taken.pages)
  const line = lines.find(({ code }) => code === row) ?? lines[0]
  const items = line ? itemsOf(line) : []
  const item = items.find(({ id }) => id === picked) ?? items[0]
  const at = lines.findIndex(({ code }) => code === line?.code)

  const open = (code: string): void => {
    setRow(code)
    const to = lines.find((one) => one.code === code)
    // A page that was moved there is still in hand, else the one that needs the officer's eye.
    if (to && !itemsOf(to).some(({ id }) => id === picked)) setPicked(faultOf(to.pages)?.id ?? null)
  }
  const goTo = (code: string): void => {
    open(code)
    // A closing dialog gives the focus back first.
    requestAnimationFrame(() => focusInStep(`component.${code}`))
  }
  const add = (chosen: FileList | null, code = line?.code): void => {
    if (chosen && chosen.length > 0 && code !== undefined) {
      queue.add(code, [...chosen])
      goTo(code)
    }
  }
  const scan = (): void => {
    if (!line || scanning.state !== 'idle') return
    inPlace.forget()
    scanning.start(line.code)
  }
  const chooseScanner = (): void => {
    if (!line) return
    inPlace.forget()
    scanning.setup(line.code)
  }
  const next = lines[at + 1]
  const ways = { scanning, scan, camera: () => setCamera(true), files: () => picker.current?.click() }
  useShortcut('F9', t('scan', { ns: 'papers' }), scan)
  useShortcut('Shift+F9', t('scanner', { ns: 'papers' }), chooseScanner)
  useShortcut('Ctrl+F9', t('camera', { ns: 'papers' }), ways.camera)
  useShortcut('Ctrl+O', t('papers.add'), ways.files)
  useSeparator((component) => {
    const to = component === null ? next : lines.find(({ code }) => code === component)
    if (!to) return say(t('said.separatorUnknown', { ns: 'papers' }))
    goTo(to.code)
    say(t('said.separator', { ns: 'papers', name: nameOf(to.code) }))
  })

  const step = (by: number): void => {
    const other = items[items.findIndex(({ id }) => id === item?.id) + by]
    if (!other || !line) return
    setPicked(other.id)
    if (other.kind === 'page') say(t('said.chosen', { ns: 'papers', number: items.indexOf(other) + 1, count: line.pages.length }))
  }
  const takeOff = (): void => {
    if (!item) return
    const place = items.indexOf(item)
    setPicked((items[place + 1] ?? items[place - 1])?.id ?? null)
    acts.remove(item)
  }
  const press = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || !line || event.altKey) return
    const acted = pressed(event, { lines, line, any: item !== undefined }, {
      goTo, step, large: () => setLarge(true),
      remove: takeOff, turn: () => { if (item) acts.turn(item, line) }, split: () => { if (item) acts.split(item, line) },
      move: (by) => {
        if (!item) return
        // It stays in hand wherever it goes.
        setPicked(item.id)
        acts.move(item, line, by)
      },
      toOther: (by) => item !== undefined && acts.toOther(item, line, by),
      mark: (mark) => edit((now) => markPaper(now, line.code, mark)),
    })
    if (acted) {
      event.preventDefault()
      event.stopPropagation()
    }
  }
  const drop = (event: DragEvent, code: string): void => {
    event.preventDefault()
    setOver(null)
    const page = event.dataTransfer.getData(PAGE_DRAG)
    setRow(code)
    if (page !== '') acts.drop(page as PageId, code, null)
    else add(event.dataTransfer.files, code)
  }
  const scanAgain = (page: PageView): void => {
    setLarge(false)
    if (page.origin === 'camera' || page.origin === 'import') {
      void acts.pages.remove([page])
      if (page.origin === 'camera') setCamera(true)
      else ways.files()
    } else inPlace.again(page)
  }
  const pageFacts = ({ made }: PageView, number: number): string =>
    [t('page', { ns: 'papers', number }), ...(made ? [`${String(made.dpi)} dpi`, formatSize(made.size, currentLanguage())] : [])].join(' · ')
  const closeLarge = (): void => {
    setLarge(false)
    if (line) goTo(line.code)
  }
  return (
    <>
      <div className="ck grow">
        <section className="card fill" aria-label={t('papers.title')} onKeyDown={press}>
          <input ref={picker} type="file" multiple accept={ACCEPTED} hidden aria-label={t('papers.choose')} onChange={(event) => { add(event.target.files); event.target.value = '' }} />
          <div className="scroll grow">
            <table aria-label={t('papers.title')}>
              <thead><tr><th style={{ width: 44 }} /><th style={{ width: 34 }} /><th scope="col">{t('papers.component')}</th><th scope="col" style={{ width: 172 }}>{t('papers.kind')}</th><th scope="col" style={{ width: 114 }}>{t('papers.files')}</th><th scope="col" style={{ width: 144 }}>{t('papers.state')}</th></tr></thead>
              <tbody>
                {lines.map((each, index) => (
                  <PaperRow
                    key={each.code} line={each} number={index + 1} open={each.code === line?.code} over={over === each.code} item={each.code === line?.code ? item : undefined} acts={acts} ways={ways}
                    onOpen={() => open(each.code)} onPick={setPicked} onLarge={() => setLarge(true)} onOver={(on) => setOver(on ? each.code : null)} onDrop={(event) => drop(event, each.code)}
                  />
                ))}
              </tbody>
            </table>
          </div>
        </section>
        <section className="card wide" aria-label={t('papers.preview')}>
          <div className="hd"><h2>{item ? t('papers.previewOf', { number: at + 1 }) : t('papers.preview')}</h2>{item?.kind === 'file' && <span className="s t2 ell">{item.document.name}</span>}{item?.kind === 'page' && line && <span className="s t2 num ell">{pageFacts(item.page, line.pages.findIndex(({ id }) => id === item.id) + 1)}</span>}</div>
          {!item && <p className="t2 bd">{t('papers.noFile')}</p>}
          {item?.kind === 'page' && line && <PagePicture page={item.page} label={t('preview', { ns: 'papers', number: line.pages.findIndex(({ id }) => id === item.id) + 1, name: nameOf(line.code) })} />}
          {item?.kind === 'file' && <DocumentView {...sourceOf(item.document)} label={item.document.name} rotation={item.document.rotation} />}
        </section>
      </div>
      {line && (
        <>
          <PageViewer
            draftId={store.id} pages={line.pages} pageId={large && item?.kind === 'page' ? item.page.id : null} componentName={nameOf(line.code)} onClose={closeLarge} onPick={setPicked} acts={acts.pages} onScanAgain={scanAgain}
          />
          <Viewer document={large && item?.kind === 'file' ? item.document : null} onClose={closeLarge} onTurn={(turnedOne) => files.turn(turnedOne, line.documents)} onMove={step} />
          <ScannerDialog
            opened={scanning.asking !== null} component={scanning.asking ?? line.code} componentName={nameOf(scanning.asking ?? line.code)} device={scanning.device} onClose={() => { inPlace.forget(); scanning.closeSetup() }}
            onScan={(device, profile) => { scanning.closeSetup(); scanning.start(scanning.asking ?? line.code, { device, profile, ...(inPlace.waits() && { most: 1 }) }) }}
            onCamera={() => { inPlace.forget(); scanning.closeSetup(); setCamera(true) }}
          />
          {camera && (
            <Suspense fallback={null}>
              <CameraPanel draftId={store.id} component={line.code} componentName={nameOf(line.code)} onClose={() => { setCamera(false); goTo(line.code) }} next={next ? { name: nameOf(next.code), go: () => setRow(next.code) } : undefined} />
            </Suspense>
          )}
        </>
      )}
    </>
  )
}

/** The row where work goes on: the one last in hand, else the first with something missing, else the first. */
function firstOpen(lines: readonly PaperLine[], focus: string | null, gaps: ReadonlySet<string>): string {
  const last = lines.find(({ code }) => focus === `component.${code}`)
  return (last ?? lines.find(({ code }) => gaps.has(`component.${code}`)) ?? lines[0])?.code ?? ''
}
