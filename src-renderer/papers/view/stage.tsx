import { type PointerEvent, type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Size } from './corners'
import { scrollAfter } from './zoom'

/** The inner size of an element, as it changes. */
export function useRoom(box: RefObject<HTMLDivElement | null>): Size | null {
  const [room, setRoom] = useState<Size | null>(null)
  useEffect(() => {
    const element = box.current
    if (!element) return undefined
    // Its scroll bars must not change the size that decides whether there are any.
    const observer = new ResizeObserver(() => setRoom({ width: element.offsetWidth, height: element.offsetHeight }))
    observer.observe(element)
    return () => observer.disconnect()
  }, [box])
  return room
}

type Props = Readonly<{
  box: RefObject<HTMLDivElement | null>
  /** Another one begins at its top. */
  at: string
  label: string
  /** As it is seen, in pixels of the screen. */
  sheet: Size
  scale: number
  /** Ctrl and the wheel, one step a notch. */
  onZoom: (steps: number) => void
  children: ReactNode
}>

/** The place of one page: scrolls inside itself, is drawn with the pointer, keeps its middle when the page gets larger. */
export function Stage({ box, at, label, sheet, scale, onZoom, children }: Props): ReactNode {
  const before = useRef(scale)
  const hold = useRef<Readonly<{ x: number; y: number; left: number; top: number }> | null>(null)
  const zoom = useRef(onZoom)
  useEffect(() => { zoom.current = onZoom })
  useLayoutEffect(() => {
    const place = box.current
    if (place && before.current !== scale) {
      const { x, y } = scrollAfter({ x: place.scrollLeft, y: place.scrollTop }, { width: place.clientWidth, height: place.clientHeight }, before.current, scale)
      place.scrollTo(x, y)
    }
    before.current = scale
  }, [box, scale])
  useLayoutEffect(() => box.current?.scrollTo(0, 0), [box, at])
  useEffect(() => {
    const place = box.current
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey) return
      event.preventDefault()
      zoom.current(event.deltaY < 0 ? 1 : -1)
    }
    place?.addEventListener('wheel', wheel, { passive: false })
    return () => place?.removeEventListener('wheel', wheel)
  }, [box])
  const down = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0 || event.target instanceof HTMLButtonElement) return
    hold.current = { x: event.clientX, y: event.clientY, left: event.currentTarget.scrollLeft, top: event.currentTarget.scrollTop }
    event.currentTarget.setPointerCapture(event.pointerId)
  }
  const move = (event: PointerEvent<HTMLDivElement>): void => {
    if (hold.current) event.currentTarget.scrollTo(hold.current.left - (event.clientX - hold.current.x), hold.current.top - (event.clientY - hold.current.y))
  }
  const up = (): void => { hold.current = null }
  return (
    <div className="pv-stage" ref={box} tabIndex={0} role="group" aria-label={label} data-autofocus onPointerDown={down} onPointerMove={move} onPointerUp={up} onPointerCancel={up}>
      <div className="pv-sheet" style={sheet}>{children}</div>
    </div>
  )
}
