import type { ReactNode } from 'react'
import { HouseMark } from '../frame/house-mark'

/** The dark head of every page of the hall: the mark, whose office it is, and at the right what the page puts there. */
export function HallHead({ ward, unit, children }: { ward: string; unit: string; children?: ReactNode }): ReactNode {
  return (
    <header className="hall-head">
      <span className="mark"><HouseMark size={34} /></span>
      <div className="office"><p className="ward">{ward}</p><p className="unit">{unit}</p></div>
      <div className="side">{children}</div>
    </header>
  )
}
