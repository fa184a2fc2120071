import type { ReactNode } from 'react'
import type { DossierId } from '@contract/ids'
import { ShowCard } from './show-card'
import { useDisplay, useDisplayActs } from './use-display'

/** After an errand: F8 asks how the citizen found it. */
export function RatingCard({ dossierId }: { dossierId: DossierId }): ReactNode {
  const display = useDisplay()
  const acts = useDisplayActs()
  return display === undefined ? null : <ShowCard display={display} acts={acts} wish={{ kind: 'rating', dossierId }} />
}
