import { IconArrowBackUp, IconEraser, IconWritingOff } from '@tabler/icons-react'
import { type PointerEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PAD_WIDTH, padHeight, type Stroke, strokePath, toPoint, withPoint, withStroke } from './strokes'

/** What is on the pad. `height` is fixed by the first stroke; `declined` says that the citizen cannot sign. */
export type Drawn = Readonly<{ strokes: readonly Stroke[]; height: number; declined: boolean }>
export const NOTHING_DRAWN: Drawn = { strokes: [], height: PAD_WIDTH, declined: false }

type Drawing = { pointer: number; stroke: Stroke; height: number }
type Props = Readonly<{ drawn: Drawn; onDrawn(drawn: Drawn): void; wanted: string | null; action: string; disabled: boolean }>

/** The pad: pen, finger or mouse; the last stroke or all of it can be taken back; who cannot sign says so. */
export function SignaturePad({ drawn, onDrawn, wanted, action, disabled }: Props): ReactNode {
  const { t } = useTranslation('display')
  const { strokes, declined } = drawn
  return (
    <section className="card pad">
      <h2>{t('sign.title')}</h2>
      <Sheet drawn={drawn} onDrawn={onDrawn} wanted={wanted !== null} disabled={disabled} />
      <p className={wanted === null ? 'said' : 'said wanted'} role="alert">{declined ? t('sign.cannotChosen', { action }) : wanted}</p>
      <div className="acts">
        {strokes.length > 0 ? (
          <>
            <button type="button" className="small-act" disabled={disabled} onClick={() => onDrawn({ ...drawn, strokes: strokes.slice(0, -1) })}><IconArrowBackUp className="i" aria-hidden />{t('sign.undo')}</button>
            <button type="button" className="small-act" disabled={disabled} onClick={() => onDrawn(NOTHING_DRAWN)}><IconEraser className="i" aria-hidden />{t('sign.again')}</button>
          </>
        ) : (
          <button type="button" className="small-act" aria-pressed={declined} disabled={disabled} onClick={() => onDrawn({ ...NOTHING_DRAWN, declined: !declined })}><IconWritingOff className="i" aria-hidden />{t('sign.cannot')}</button>
        )}
      </div>
    </section>
  )
}

/** The stroke under the pen is drawn past React: a picture a point would come too late for the eye. */
function Sheet({ drawn, onDrawn, wanted, disabled }: Pick<Props, 'drawn' | 'onDrawn' | 'disabled'> & { wanted: boolean }): ReactNode {
  const { t } = useTranslation('display')
  const { strokes } = drawn
  const sheet = useRef<SVGSVGElement>(null)
  const ink = useRef<SVGPathElement>(null)
  const drawing = useRef<Drawing | null>(null)
  const began = useRef(0)
  const penSeen = useRef(false)
  const size = useProportions(sheet, strokes.length > 0 ? drawn.height : null)

  const take = ({ nativeEvent }: PointerEvent, now: Drawing): void => {
    const rect = sheet.current?.getBoundingClientRect()
    if (!rect) return
    const coalesced = nativeEvent.getCoalescedEvents()
    for (const { clientX, clientY, timeStamp } of coalesced.length > 0 ? coalesced : [nativeEvent]) now.stroke = withPoint(now.stroke, toPoint(rect, now.height, clientX, clientY, timeStamp - began.current))
    ink.current?.setAttribute('d', strokePath(now.stroke))
  }
  const begin = (event: PointerEvent): void => {
    // The hand that rests beside a pen is no finger that signs.
    const palm = event.pointerType === 'touch' && penSeen.current
    if (disabled || palm || drawing.current || event.button !== 0) return
    penSeen.current ||= event.pointerType === 'pen'
    event.currentTarget.setPointerCapture(event.pointerId)
    const rect = event.currentTarget.getBoundingClientRect()
    if (strokes.length === 0) began.current = event.timeStamp
    drawing.current = { pointer: event.pointerId, stroke: [], height: strokes.length > 0 ? drawn.height : padHeight(rect) }
    take(event, drawing.current)
  }
  const move = (event: PointerEvent): void => {
    if (drawing.current?.pointer === event.pointerId) take(event, drawing.current)
  }
  const end = (event: PointerEvent): void => {
    const done = drawing.current
    if (done?.pointer !== event.pointerId) return
    drawing.current = null
    ink.current?.setAttribute('d', '')
    onDrawn({ strokes: withStroke(strokes, done.stroke), height: done.height, declined: false })
  }

  return (
    <svg
      ref={sheet} className={['sheet', wanted && 'wanted', drawn.declined && 'declined'].filter(Boolean).join(' ')} viewBox={`0 0 ${PAD_WIDTH} ${size}`} role="img" aria-label={t('sign.pad')}
      onPointerDown={begin} onPointerMove={move} onPointerUp={end} onPointerCancel={end} onContextMenu={(event) => event.preventDefault()}
    >
      <line className="rule" x1={80} x2={PAD_WIDTH - 80} y1={size * 0.72} y2={size * 0.72} />
      {strokes.map((stroke, index) => <path key={index} d={strokePath(stroke)} />)}
      <path ref={ink} />
    </svg>
  )
}

/** The height of the pad's picture: that of the signature on it, else as the place is just now. */
function useProportions(sheet: React.RefObject<SVGSVGElement | null>, fixed: number | null): number {
  const [free, setFree] = useState(PAD_WIDTH)
  useEffect(() => {
    const at = sheet.current
    if (!at) return undefined
    const watch = new ResizeObserver(() => setFree(padHeight(at.getBoundingClientRect())))
    watch.observe(at)
    return () => watch.disconnect()
  }, [sheet])
  return fixed ?? free
}
