import { IconArrowsDiagonal, IconRotateClockwise, IconTrash, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageId } from '@contract/ids'
import type { PageView } from '@contract/pages'
import { Button, FailureNote, Loading, useAnnounce } from '../../parts'
import { CornerHandles } from './corner-handles'
import { turnedSize } from './corners'
import { Turned } from './cut'
import type { PageViewerProps } from './viewer-acts'
import { Regions } from './regions'
import { CornerPanel } from './corner-panel'
import { PagePanel } from './page-panel'
import { Stage, useRoom } from './stage'
import { useCorners } from './use-corners'
import { fetchPicture, usePicture } from './use-picture'
import { scaleOf, type Zoom, zoomFrom } from './zoom'

/** A sheet that nothing is known of yet. */
const A4 = { width: 1654, height: 2339 } as const

/** Pages are fetched ahead to both sides of the one that is looked at. */
function useNeighbours(pages: readonly PageView[], at: number): void {
  const names = [pages[at + 1], pages[at - 1]].filter((page) => page !== undefined && page.made !== null)
  useEffect(() => {
    for (const page of names) if (page) fetchPicture({ pageId: page.id, revision: page.revision, original: false })
    // eslint-disable-next-line react-hooks/exhaustive-deps -- when the page is another, not when the list is drawn again
  }, [pages[at]?.id])
}

/** The page in hand: what is seen of it, and what is done with it. */
export function Opened({ pages, page, componentName, onClose, onPick, acts, onScanAgain }: PageViewerProps & { page: PageView }): ReactNode {
  const { t } = useTranslation('pageview')
  const { say } = useAnnounce()
  const [zoom, setZoom] = useState<Zoom>('whole')
  const [asItCame, setAsItCame] = useState(false)
  const [cutting, setCutting] = useState<PageId | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const room = useRoom(box)
  const at = pages.indexOf(page)
  useNeighbours(pages, at)
  const cornersOn = cutting === page.id
  // While nothing is made of a page there is but the picture as it came.
  const [look, again] = usePicture({ pageId: page.id, revision: page.revision, original: asItCame || cornersOn || page.made === null }, page.state === 'waiting' && !asItCame && !cornersOn)
  const picture = look.state === 'open' ? look.picture : null
  const original = picture?.original ?? asItCame
  const size = picture ?? page.made ?? A4
  const seen = turnedSize(size, page.turns)
  const scale = room ? scaleOf(zoom, seen, room) : 0
  const corners = useCorners(page, cornersOn && picture?.original ? picture : null)

  const goTo = (by: number): void => {
    const next = pages[at + by]
    if (!next) return say(by > 0 ? t('last') : t('first'))
    onPick(next.id)
    say(t('page', { number: at + by + 1, count: pages.length }))
  }
  const takeOff = (): void => {
    acts.remove([page])
    const next = pages[at + 1] ?? pages[at - 1]
    if (next) onPick(next.id)
    else onClose()
  }
  const leaveCorners = (): void => {
    setCutting(null)
    box.current?.focus()
  }
  const setCorners = (quad: PageView['wishes']['corners']): void => {
    acts.again(page, { ...page.wishes, corners: quad })
    setAsItCame(false)
    leaveCorners()
  }
  return (
    <div className="pv">
      <div className="bar pv-bar">
        <div className="grow"><p className="w6 ell" title={componentName}>{componentName}</p><p className="s t2 num">{t('page', { number: at + 1, count: pages.length })}{asItCame && ` · ${t('original')}`}</p></div>
        {!cornersOn && <><Button small keys="ArrowLeft" label={t('previousPage')} onPress={() => goTo(-1)}>{t('previous')}</Button><Button small keys="ArrowRight" label={t('nextPage')} onPress={() => goTo(1)}>{t('next')}</Button></>}
        <span className="pv-gap" />
        <Button small icon={IconZoomOut} keys="-" caps="−" label={t('smaller')} onPress={() => setZoom(zoomFrom(scale, -1))}>{null}</Button>
        <Button small icon={IconZoomIn} keys="=" caps="+" label={t('larger')} onPress={() => setZoom(zoomFrom(scale, 1))}>{null}</Button>
        <Button small icon={IconArrowsDiagonal} keys="0" onPress={() => setZoom((now) => (now === 'whole' ? 'width' : 'whole'))}>{zoom === 'whole' ? t('fitWidth') : t('fitWhole')}</Button>
        {!cornersOn && (
          <>
            <span className="pv-gap" />
            <Button small keys="O" pressed={asItCame} onPress={() => setAsItCame((now) => !now)}>{t('original')}</Button>
            <Button small icon={IconRotateClockwise} keys="R" onPress={() => acts.turn(page)}>{t('turn')}</Button>
            <Button small icon={IconTrash} keys="Delete" onPress={takeOff}>{t('takeOff')}</Button>
            <span className="pv-gap" />
            <Button small keys="Escape" onPress={onClose}>{t('close')}</Button>
          </>
        )}
      </div>
      <div className="pv-work">
        <Stage box={box} at={`${page.id} ${zoom === 'width' ? 'top' : ''}`} label={original ? t('pictureAsItCame', { number: at + 1 }) : t('picture', { number: at + 1 })} scale={scale} sheet={{ width: seen.width * scale, height: seen.height * scale }} onZoom={(steps) => setZoom(zoomFrom(scale, steps))}>
          {look.state === 'opening' && <div className="pv-opening"><Loading what={t('opening')} /></div>}
          {picture && scale > 0 && <Turned picture={picture} turns={page.turns} size={size} scale={scale} label={t('picture', { number: at + 1 })} />}
          {picture && !original && page.made && <Regions page={page} made={page.made} scale={(scale * picture.width) / page.made.width} />}
          {corners.quad && picture && <CornerHandles quad={corners.quad} size={picture} turns={page.turns} scale={scale} current={corners.current} onPick={corners.pick} onMove={corners.move} />}
        </Stage>
        <aside className="pv-side" aria-label={cornersOn ? t('corners.title') : t('about')}>
          {look.state === 'failed' && <FailureNote error={look.error}><Button small onPress={again}>{t('openAgain')}</Button></FailureNote>}
          {cornersOn
            ? <CornerPanel corners={corners} picture={picture} page={page} onApply={setCorners} onLeave={leaveCorners} />
            : <PagePanel page={page} pages={pages} acts={acts} onScanAgain={onScanAgain} onCorners={() => setCutting(page.id)} />}
        </aside>
      </div>
    </div>
  )
}
