import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageView } from '@contract/pages'
import type { PageActs } from './acts'
import { type Place, placeNow } from './pages'
import type { Scanning } from './scan'

export type InPlace = Readonly<{
  /** Scans one page in the place of another, which is taken off when the new one is there. Nothing while a scan is at work. */
  again(page: PageView): void
  /** What is scanned next stands in nobody's place. */
  forget(): void
  /** A page waits for another in its place: one sheet is wanted, not the pile. */
  waits(): boolean
}>

/** Scanning a page once more, whatever has to be chosen or mended before the sheet moves. */
export function useInPlace(scanning: Scanning, acts: PageActs, pages: readonly PageView[]): InPlace {
  const { t } = useTranslation('papers')
  const wanted = useRef<Readonly<{ place: Place; old: PageView }> | null>(null)
  const { end, pageIds } = scanning
  useEffect(() => {
    if (end === null || !wanted.current) return
    const { place, old } = wanted.current
    wanted.current = null
    if (pageIds.length > 0) void acts.place({ ...place, pageIds }, t('said.moved', { number: place.at + 1 })).then(() => acts.remove([old]))
  }, [end, pageIds, acts, t])
  return {
    again: (page) => {
      if (scanning.state !== 'idle') return
      const place = placeNow(pages, [page.id])
      wanted.current = place && { place, old: page }
      scanning.start(page.component, { most: 1 })
    },
    forget: () => {
      wanted.current = null
    },
    waits: () => wanted.current !== null,
  }
}
