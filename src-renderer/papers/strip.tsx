import './papers.css'
import { IconAlertTriangle, IconCopy, IconEyeOff, IconProgress, IconRefreshAlert } from '@tabler/icons-react'
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId } from '@contract/ids'
import type { PageView } from '@contract/pages'
import { Button } from '../parts'
import { worstOf } from './pages'
import { useThumbnail } from './picture'

/** What a page that is dragged is called among other things that may be dropped. */
export const PAGE_DRAG = 'application/x-motcua-page'

type Mark = Readonly<{ icon: typeof IconCopy; tint: string; words: string }>

/** What stands out about a page: what failed, what should be taken again, what came twice. */
export function useMark(page: PageView, numberOf: (id: PageId) => number): Mark | null {
  const { t } = useTranslation('papers')
  const worst = worstOf(page)
  if (page.state === 'failed') return { icon: IconRefreshAlert, tint: 'c-bad', words: t('mark.failed') }
  if (page.state === 'waiting') return { icon: IconProgress, tint: 'c-info', words: t('mark.waiting') }
  if (worst !== null) return { icon: IconAlertTriangle, tint: 'c-warn', words: t(`mark.${worst}`) }
  if (page.twinOf !== null) return { icon: IconCopy, tint: 'c-warn', words: numberOf(page.twinOf) > 0 ? t('mark.twin', { number: numberOf(page.twinOf) }) : t('mark.twinElsewhere') }
  return null
}

type SheetProps = Readonly<{
  page: PageView; number: number; current: boolean; numberOf: (id: PageId) => number
  onPick: () => void; onLarge: () => void; onDropBefore: (id: PageId) => void
}>

/** One page in small, as a button that can be dragged. */
function Sheet({ page, number, current, numberOf, onPick, onLarge, onDropBefore }: SheetProps): ReactNode {
  const { t } = useTranslation('papers')
  const [over, setOver] = useState(false)
  const address = useThumbnail(page)
  const mark = useMark(page, numberOf)
  const button = useRef<HTMLButtonElement>(null)
  const before = useRef(current)
  useEffect(() => {
    // Of a long pile, only some lines are in sight. A row that has just been opened shows its head.
    if (current && !before.current) button.current?.scrollIntoView({ block: 'nearest' })
    before.current = current
  }, [current, number])
  const drop = (event: DragEvent): void => {
    setOver(false)
    const id = event.dataTransfer.getData(PAGE_DRAG)
    if (id === '') return
    event.preventDefault()
    event.stopPropagation()
    onDropBefore(id as PageId)
  }
  const label = [t('page', { number }), mark?.words ?? '', page.simulated ? t('simulated') : ''].filter((part) => part !== '').join(', ')
  return (
    <button
      ref={button} type="button" className={['pg sheet-page', page.turns % 2 === 1 ? 'across' : '', current ? 'cur' : '', over ? 'drop' : ''].join(' ')} data-page={page.id} aria-label={label} aria-pressed={current} title={mark?.words}
      draggable onDragStart={(event) => event.dataTransfer.setData(PAGE_DRAG, page.id)} onDragLeave={() => setOver(false)} onDrop={drop}
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes(PAGE_DRAG)) return
        event.preventDefault()
        event.stopPropagation()
        setOver(true)
      }}
      onClick={() => { if (current) onLarge(); else onPick() }}
    >
      {address !== undefined && <img src={address} alt="" draggable={false} style={{ rotate: `${String(page.turns * 90)}deg` }} />}
      {mark && <span className={`mark ${mark.tint}`} aria-hidden="true"><mark.icon className="i xs" /></span>}
      <span className="n" aria-hidden="true">{number}</span>
    </button>
  )
}

type StripProps = Readonly<{
  pages: readonly PageView[]; aside: readonly PageView[]; current: string | undefined
  onPick: (id: PageId) => void; onLarge: () => void; onDropBefore: (id: PageId, before: PageId) => void; onPutBack: (pages: readonly PageView[]) => void
  /** What can be done with the page in hand: beside a short strip, under a long one. */
  children?: ReactNode
}>

/** The pages of a paper in their order, and behind them what was set aside. */
export function PageStrip({ pages, aside, current, onPick, onLarge, onDropBefore, onPutBack, children }: StripProps): ReactNode {
  const { t } = useTranslation('papers')
  const numberOf = (id: PageId): number => pages.findIndex((page) => page.id === id) + 1
  if (pages.length === 0 && aside.length === 0) return null
  return (
    <>
      {pages.length > 0 && (
        <div className="pages-work">
          <div className="thumbs pages" role="group" aria-label={t('strip')}>
            {pages.map((page, index) => (
              <Sheet key={page.id} page={page} number={index + 1} current={page.id === current} numberOf={numberOf} onPick={() => onPick(page.id)} onLarge={onLarge} onDropBefore={(id) => onDropBefore(id, page.id)} />
            ))}
          </div>
          {children}
        </div>
      )}
      {aside.length > 0 && <Aside pages={aside} onPutBack={onPutBack} />}
    </>
  )
}

/** Pages that go into no PDF; each can be taken back. */
function Aside({ pages, onPutBack }: { pages: readonly PageView[]; onPutBack: (pages: readonly PageView[]) => void }): ReactNode {
  const { t } = useTranslation('papers')
  const [open, setOpen] = useState(false)
  const words = (['blank', 'separator', 'removed'] as const).map((place) => [place, pages.filter((page) => page.place === place).length] as const).filter(([, count]) => count > 0)
    .map(([place, count]) => t(`aside.${place}`, { count })).join(' · ')
  return (
    <div className="aside-pages">
      <button type="button" className="aside-line" aria-expanded={open} onClick={() => setOpen((now) => !now)}><IconEyeOff className="i xs" aria-hidden />{words}</button>
      {open && <div className="thumbs pages">{pages.map((page) => <AsidePage key={page.id} page={page} onPutBack={() => onPutBack([page])} />)}</div>}
    </div>
  )
}

function AsidePage({ page, onPutBack }: { page: PageView; onPutBack: () => void }): ReactNode {
  const { t } = useTranslation('papers')
  const address = useThumbnail(page)
  return (
    <div className="aside-page">
      <span className="pg dim">{address !== undefined && <img src={address} alt="" />}</span>
      <Button small kind="ghost" onPress={onPutBack} label={t('putBackOne', { what: t(`asideOne.${page.place}`) })}>{t('putBack')}</Button>
    </div>
  )
}
