import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Pages, Turn } from './pages/pages'
import { type Source, usePages } from './pages/use-pages'
import { Button } from './button'
import { Loading } from './states'
import './document-view.css'

export type { Turn } from './pages/pages'
export type { Source as DocumentSource } from './pages/use-pages'

type ViewProps = Source & Readonly<{
  /** The name that is read out, for example the paper's. */
  label: string
  page?: number
  rotation?: Turn
  /** 1 = as wide as the place. */
  zoom?: number
  /** Told once the document is open. */
  onCount?: (pages: number) => void
}>

/** Least and most enlargement, and one step of it. */
export const ZOOM = { least: 0.5, most: 4, step: 1.25 } as const

/** One step larger (+1) or smaller (−1), within bounds. */
export const zoomBy = (zoom: number, steps: number): number => Math.min(ZOOM.most, Math.max(ZOOM.least, zoom * ZOOM.step ** steps))

/** A quarter turn to the right (or left) of where it stands. */
export function turnBy(turn: Turn, quarters: number): Turn {
  const turns: readonly Turn[] = [0, 90, 180, 270]
  return turns[(((turn / 90 + quarters) % 4) + 4) % 4] ?? 0
}

/**
 * One page of a document, large. Scrolls inside itself; the keys for page, zoom and turn belong to the screen around it.
 * `id` names the bytes: `load` is called once for each id.
 */
export function DocumentView({ label, page = 1, rotation = 0, zoom = 1, onCount, ...source }: ViewProps): ReactNode {
  const { t } = useTranslation('document')
  const box = useRef<HTMLDivElement>(null)
  const width = useWidth(box)
  const [look, again] = usePages(source)
  const pages = look.state === 'open' ? look.pages : undefined
  const count = pages?.count
  useEffect(() => {
    if (count !== undefined) onCount?.(count)
    // Told when the document is another, not when the listener is.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [count, source.id])
  const shown = Math.min(Math.max(1, page), count ?? 1)
  return (
    <div className="docview" ref={box} tabIndex={0} role="group" aria-label={label}>
      {look.state === 'opening' && <Loading what={t('opening')} />}
      {look.state === 'failed' && <Unreadable onAgain={again} />}
      {pages && width > 0 && <Sheet pages={pages} page={shown} turn={rotation} width={Math.round(width * zoom)} label={t('page', { page: shown, count: pages.count })} />}
    </div>
  )
}

/** Room left at both sides of the sheet, in CSS pixels. */
const MARGIN = 14

function useWidth(box: RefObject<HTMLDivElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!box.current) return undefined
    const observer = new ResizeObserver(([entry]) => setWidth(Math.max(0, Math.floor((entry?.contentRect.width ?? 0) - 2 * MARGIN))))
    observer.observe(box.current)
    return () => observer.disconnect()
  }, [box])
  return width
}

type SheetProps = Readonly<{ pages: Pages; page: number; turn: Turn; width: number; label: string }>

/** The page as a picture; the one before stays until the next is drawn, so that nothing flashes. */
function Sheet({ pages, page, turn, width, label }: SheetProps): ReactNode {
  const { t } = useTranslation('document')
  const place = useRef<HTMLDivElement>(null)
  const [attempt, setAttempt] = useState(0)
  const drawing = `${page}/${turn}/${width}/${attempt}`
  const [failedAt, setFailedAt] = useState('')
  const failed = failedAt === drawing
  useEffect(() => {
    const stop = new AbortController()
    pages.draw({ page, turn, width: width * devicePixelRatio, signal: stop.signal }).then(
      (canvas) => { if (!stop.signal.aborted) place.current?.replaceChildren(canvas) },
      () => { if (!stop.signal.aborted) setFailedAt(drawing) },
    )
    return () => stop.abort()
  }, [pages, page, turn, width, drawing])
  return (
    <>
      {failed && <Unreadable words={t('pageUnreadable')} onAgain={() => setAttempt((now) => now + 1)} />}
      <div className="sheet" ref={place} {...(label === '' ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })} hidden={failed} style={{ width }} />
    </>
  )
}

function Unreadable({ words, onAgain }: { words?: string; onAgain: () => void }): ReactNode {
  const { t } = useTranslation('document')
  return (
    <div className="col" style={{ gap: 8, padding: 16, alignItems: 'flex-start' }} role="alert">
      <p className="w6">{words ?? t('unreadable')}</p>
      <p className="m t2">{t('unreadableEffect')}</p>
      <Button small onPress={onAgain}>{t('again')}</Button>
    </div>
  )
}

type ThumbnailProps = Source & Readonly<{ label: string; page?: number; rotation?: Turn; current?: boolean; onPress?: () => void; corner?: string }>

/** Width of a thumbnail's picture in CSS pixels. */
const THUMB = 62

/** A page in small, as a button. Its number stands in the corner, or what is given for it. */
export function Thumbnail({ label, page = 1, rotation = 0, current = false, onPress, corner, ...source }: ThumbnailProps): ReactNode {
  const [look] = usePages(source)
  return (
    <button type="button" className={`pg ${current ? 'cur' : ''}`} aria-label={label} aria-pressed={current} onClick={onPress}>
      {look.state === 'open' && <Sheet pages={look.pages} page={page} turn={rotation} width={THUMB} label="" />}
      {look.state === 'failed' && <span className="s c-bad" aria-hidden="true">?</span>}
      <span className="n" aria-hidden="true">{corner ?? page}</span>
    </button>
  )
}
