import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageView } from '@contract/pages'
import { type Size, turnBox, turnedSize } from './corners'

/** What should be taken again, drawn where it is on the page; numbered as the sentences beside it are. */
export function Regions({ page: { turns, findings }, made, scale }: { page: PageView; made: Size; scale: number }): ReactNode {
  const { t } = useTranslation('pageview')
  const whole = turnedSize(made, turns)
  return findings.map(({ kind, region }, index) => {
    const box = turnBox(region, turns, made)
    const all = box.width * box.height > 0.9 * whole.width * whole.height
    return (
      <div key={`${kind} ${String(index)}`} className={`pv-region ${all ? 'all' : ''}`} style={{ left: box.x * scale, top: box.y * scale, width: box.width * scale, height: box.height * scale }}>
        <span>{index + 1} {t(`finding.${kind}`)}</span>
      </div>
    )
  })
}
