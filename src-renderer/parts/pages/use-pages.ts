import { useEffect, useState } from 'react'
import type { MediaType } from '@contract/draft'
import { openPages } from './open'
import type { Pages } from './pages'

export type Source = Readonly<{
  /** Names the bytes: one document is opened once however many places show it. */
  id: string
  load: () => Promise<Blob>
  mediaType: MediaType
}>

type Opened = { readonly pages: Promise<Pages>; users: number; closing: ReturnType<typeof setTimeout> | undefined }

const opened = new Map<string, Opened>()
/** Kept open a little after the last look: paging between documents comes back soon. */
const KEEP_MS = 10_000

function take({ id, load, mediaType }: Source): Opened {
  const known = opened.get(id)
  if (known) {
    clearTimeout(known.closing)
    known.users += 1
    return known
  }
  const fresh: Opened = { pages: load().then((bytes) => openPages(bytes, mediaType)), users: 1, closing: undefined }
  // What could not be opened is tried anew the next time.
  fresh.pages.catch(() => { if (opened.get(id) === fresh) opened.delete(id) })
  opened.set(id, fresh)
  return fresh
}

function leave(id: string, entry: Opened): void {
  entry.users -= 1
  if (entry.users > 0) return
  entry.closing = setTimeout(() => {
    if (opened.get(id) === entry) opened.delete(id)
    void entry.pages.then((pages) => pages.close(), () => undefined)
  }, KEEP_MS)
}

export type Look = Readonly<{ state: 'opening' }> | Readonly<{ state: 'open'; pages: Pages }> | Readonly<{ state: 'failed' }>

const OPENING: Look = { state: 'opening' }

/** The opened document, shared with every other place that shows it and closed when nobody does. */
export function usePages({ id, load, mediaType }: Source): readonly [Look, () => void] {
  const [attempt, setAttempt] = useState(0)
  const looking = `${id}/${attempt}`
  const [found, setFound] = useState<{ at: string; look: Look }>({ at: '', look: OPENING })
  useEffect(() => {
    let here = true
    const entry = take({ id, load, mediaType })
    entry.pages.then(
      (pages) => { if (here) setFound({ at: looking, look: { state: 'open', pages } }) },
      () => { if (here) setFound({ at: looking, look: { state: 'failed' } }) },
    )
    return () => {
      here = false
      leave(id, entry)
    }
    // `load` is a new function at each drawing; the id says when the bytes are others.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [id, mediaType, looking])
  return [found.at === looking ? found.look : OPENING, () => setAttempt((now) => now + 1)]
}
