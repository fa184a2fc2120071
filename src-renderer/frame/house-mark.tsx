import type { ReactNode } from 'react'

/** The house mark: an open door. */
export function HouseMark({ size = 30 }: { size?: number }): ReactNode {
  return (
    <svg width={size} height={size} viewBox="0 0 30 30" fill="none" stroke="var(--mc-on-brand)" strokeWidth="2.4" aria-hidden="true">
      <path d="M5 27V6.5C5 4 6.8 3 9 3h12c2.2 0 4 1 4 3.5V27" /><path d="M2 27h26" /><path d="M11 27V11h8v16" /><circle cx="16.4" cy="19.5" r="1" fill="var(--mc-on-brand)" stroke="none" />
    </svg>
  )
}
