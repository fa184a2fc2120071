import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { PageId } from '@contract/ids'
import { queryClient } from '../../app/queries'
import { pictureQuery, type WantedPicture } from '../picture-query'
import type { Size } from './corners'

/** A picture that can be shown at once, with its size in pixels, and whether it is the page as it came. */
export type Picture = Size & Readonly<{ address: string; blob: Blob; original: boolean }>
export type Look = Readonly<{ state: 'opening' } | { state: 'open'; picture: Picture } | { state: 'failed'; error: unknown }>

/** A picture that is shown no more is given up a little later: the next one is drawn first. */
const GIVE_UP_MS = 1000

/** Fetches a picture that is likely to be looked at next. */
export function fetchPicture(wanted: WantedPicture): void {
  queryClient.query(pictureQuery(wanted)).catch(() => undefined)
}

async function open(blob: Blob, original: boolean): Promise<Picture> {
  const address = URL.createObjectURL(blob)
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    return { address, blob, original, width: image.naturalWidth, height: image.naturalHeight }
  } catch (error) {
    URL.revokeObjectURL(address)
    throw error
  }
}

type Opened = Readonly<{ pageId: PageId | null; blob: Blob | null; look: Look }>
const NOTHING: Opened = { pageId: null, blob: null, look: { state: 'opening' } }

/**
 * A page's picture for as long as it is looked at. The one before of the same page stays until the next is there, so that nothing flashes.
 * @param making the page is being made anew: what was made of it before is shown rather than the picture as it came
 */
export function usePicture(wanted: WantedPicture, making = false): readonly [Look, () => void] {
  const { pageId, original } = wanted
  const [opened, setOpened] = useState(NOTHING)
  const held = making && opened.pageId === pageId && opened.look.state === 'open' && !opened.look.picture.original
  const { data, error, refetch } = useQuery({ ...pictureQuery(wanted), enabled: !held })
  const blob = held ? undefined : data
  useEffect(() => {
    if (!blob) return undefined
    let here = true
    const tell = (look: Look): void => {
      if (here) setOpened({ pageId, blob, look })
      else if (look.state === 'open') URL.revokeObjectURL(look.picture.address)
    }
    open(blob, original).then((picture) => tell({ state: 'open', picture }), (reason: unknown) => tell({ state: 'failed', error: reason }))
    return () => { here = false }
  }, [blob, pageId, original])
  const shown = opened.look.state === 'open' ? opened.look.picture.address : null
  useEffect(() => () => {
    if (shown !== null) setTimeout(() => URL.revokeObjectURL(shown), GIVE_UP_MS)
  }, [shown])
  const look: Look = error !== null && !data && !held ? { state: 'failed', error } : opened.pageId === pageId ? opened.look : NOTHING.look
  return [look, () => void refetch()]
}
