import type { ReactNode } from 'react'
import type { Turns } from '@contract/pages'
import { type Size, turnedSize } from './corners'
import type { Picture } from './use-picture'
import type { Crop } from './zoom'

type SheetProps = Readonly<{ picture: Picture; turns: Turns; size: Size; scale: number; label: string }>

/** A picture turned and scaled. @param size of the page in its own pixels, before its turns: the picture may be smaller */
export function Turned({ picture, turns, size, scale, label }: SheetProps): ReactNode {
  return (
    <img
      src={picture.address} alt={label} draggable={false} className="pv-picture"
      style={{ width: size.width * scale, height: size.height * scale, transform: `translate(-50%, -50%) rotate(${String(turns * 90)}deg)` }}
    />
  )
}

type Props = Readonly<{ picture: Picture; turns: Turns; size: Size; crop: Crop; frame: Size; label: string; children?: ReactNode }>

/** Part of a page in a frame; what is drawn over it stands in pixels of the turned page. */
export function Cut({ picture, turns, size, crop, frame, label, children }: Props): ReactNode {
  const { width, height } = turnedSize(size, turns)
  return (
    <div className="pv-cut" style={frame}>
      <div className="pv-sheet" style={{ left: crop.x, top: crop.y, width: width * crop.scale, height: height * crop.scale }}>
        <Turned picture={picture} turns={turns} size={size} scale={crop.scale} label={label} />
        {children !== undefined && <svg className="pv-over" viewBox={`0 0 ${String(width)} ${String(height)}`} aria-hidden="true">{children}</svg>}
      </div>
    </div>
  )
}
