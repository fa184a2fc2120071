import type { ReactNode } from 'react'
import { useSlipInHand } from '../codes/router'
import { ToldRating } from './told-rating'

/** On any screen: a rating slip that is handed over and scanned is written down. */
export function SlipRating(): ReactNode {
  const { slip, close } = useSlipInHand()
  return <ToldRating of={slip} onClose={close} />
}
