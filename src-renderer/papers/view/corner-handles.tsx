import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Point, Quad, Turns } from '@contract/pages'
import { arrowStep, type Corner, CORNERS, moveCorner, seenCorner, type Size, turnPoint, turnPointBack, turnedSize } from './corners'

type Props = Readonly<{
  /** In pixels of the picture before its turns. */
  quad: Quad
  size: Size
  turns: Turns
  /** Pixels of the screen for one of the picture. */
  scale: number
  current: Corner
  onPick: (corner: Corner) => void
  onMove: (quad: Quad) => void
}>

/** The four corners of the paper over its picture: drawn with the pointer, or moved with the arrows. */
export function CornerHandles({ quad, size, turns, scale, current, onPick, onMove }: Props): ReactNode {
  const { t } = useTranslation('pageview')
  const hold = useRef<Readonly<{ corner: Corner; x: number; y: number; from: Point }> | null>(null)
  const seen = turnedSize(size, turns)
  const points = quad.map((point) => turnPoint(point, turns, size))
  const put = (corner: Corner, to: Point): void => onMove(moveCorner(quad, corner, turnPointBack(to, turns, size), size))
  const press = (event: KeyboardEvent, corner: Corner): void => {
    const step = event.ctrlKey || event.altKey ? null : arrowStep(event.key, event.shiftKey, scale)
    const at = points[corner]
    if (!step || !at) return
    event.preventDefault()
    put(corner, { x: at.x + step.x, y: at.y + step.y })
  }
  const down = (event: PointerEvent<HTMLButtonElement>, corner: Corner): void => {
    const from = points[corner]
    if (event.button !== 0 || !from) return
    hold.current = { corner, x: event.clientX, y: event.clientY, from }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent): void => {
    if (hold.current) put(hold.current.corner, { x: hold.current.from.x + (event.clientX - hold.current.x) / scale, y: hold.current.from.y + (event.clientY - hold.current.y) / scale })
  }
  const line = points.map(({ x, y }) => `${String(x)},${String(y)}`).join(' ')
  const around = `M0 0H${String(seen.width)}V${String(seen.height)}H0Z`
  return (
    <>
      <svg className="pv-over" viewBox={`0 0 ${String(seen.width)} ${String(seen.height)}`} aria-hidden="true">
        <path className="outside" fillRule="evenodd" d={`${around}M${line.replaceAll(' ', 'L')}Z`} />
        <polygon className="edge" points={line} vectorEffect="non-scaling-stroke" />
      </svg>
      {[...CORNERS].sort((left, right) => seenCorner(left, turns) - seenCorner(right, turns)).map((corner) => {
        const at = points[corner] ?? { x: 0, y: 0 }
        return (
          <button
            key={corner} type="button" className={`pv-handle ${corner === current ? 'cur' : ''}`} style={{ left: at.x * scale, top: at.y * scale }} data-corner={corner}
            aria-label={t('corners.at', { name: t(`corners.name.${seenCorner(corner, turns)}`), x: Math.round(at.x), y: Math.round(at.y) })}
            onFocus={() => onPick(corner)} onKeyDown={(event) => press(event, corner)} onPointerDown={(event) => down(event, corner)} onPointerMove={move}
            onPointerUp={() => { hold.current = null }} onPointerCancel={() => { hold.current = null }}
          />
        )
      })}
    </>
  )
}
