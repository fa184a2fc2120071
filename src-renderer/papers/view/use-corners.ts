import { useEffect, useState } from 'react'
import type { PageView, Quad } from '@contract/pages'
import { api } from '../../app/api'
import { type Corner, pageOr } from './corners'
import type { Picture } from './use-picture'

/** The longer side to which large pictures are brought down on their way here, in pixels: corners on such a one would be somewhere else on the picture itself. */
const REDUCED = 2400
/** A larger picture is not looked at for its corners, in bytes. */
const MOST_LOOKED_AT = 8 * 1024 * 1024

export type Corners = Readonly<{
  /** In pixels of the picture; null while there is none, or when it came reduced. */
  quad: Quad | null
  reduced: boolean
  current: Corner
  pick: (corner: Corner) => void
  move: (quad: Quad) => void
}>

/** The corners that the officer sets on a picture: from those set before, else from where the paper seems to lie. */
export function useCorners(page: PageView, picture: Picture | null): Corners {
  const [own, setOwn] = useState<Readonly<{ of: Picture; quad: Quad }> | null>(null)
  const [found, setFound] = useState<Readonly<{ of: Picture; quad: Quad | null }> | null>(null)
  const [current, setCurrent] = useState<Corner>(0)
  const before = page.wishes.corners
  useEffect(() => {
    if (!picture || before || picture.blob.size > MOST_LOOKED_AT) return undefined
    let here = true
    api.camera.look({ frame: picture.blob }).then(({ corners }) => { if (here) setFound({ of: picture, quad: corners }) }, () => undefined)
    return () => { here = false }
  }, [picture, before])
  const reduced = picture !== null && Math.max(picture.width, picture.height) === REDUCED
  const set = own !== null && own.of === picture ? own.quad : null
  const seen = found !== null && found.of === picture ? found.quad : null
  const quad = picture && !reduced ? (set ?? pageOr(before ?? seen, picture)) : null
  return { quad, reduced, current, pick: setCurrent, move: (moved) => { if (picture) setOwn({ of: picture, quad: moved }) } }
}
