import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageView } from '@contract/pages'
import type { PageActs } from './acts'
import { type Place, placeNow } from './pages'
import type { Scanning } from './scan'

/** Scans one page in the place of another, which is taken off. */
export function useInPlace(scanning: Scanning, acts: PageActs, pages: readonly PageView[]): (page: PageView) => void {
  const { t } = useTranslation('papers')
  const wanted = useRef<Place | null>(null)
  const { end, pageIds } = scanning
  useEffect(() => {
    const place = wanted.current
    if (end === null || !place) return
    wanted.current = null
    if (pageIds.length > 0) void acts.place({ ...place, pageIds }, t('said.moved', { number: place.at + 1 }))
  }, [end, pageIds, acts, t])
  return (page) => {
    wanted.current = placeNow(pages, [page.id])
    void acts.remove([page]).then(() => scanning.start(page.component, { most: 1 }))
  }
}
