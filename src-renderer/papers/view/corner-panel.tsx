import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageView, Quad } from '@contract/pages'
import { useShortcut } from '../../app/shortcuts'
import { Button, Note } from '../../parts'
import { rounded, seenCorner, turnPoint } from './corners'
import { Cut } from './cut'
import type { Corners } from './use-corners'
import type { Picture } from './use-picture'
import { cropAt } from './zoom'

/** The corner in hand, enlarged; CSS pixels and pixels of the screen for one of the picture. */
const LOUPE = { width: 306, height: 220 } as const
const LOUPE_SCALE = 1.5

type Props = Readonly<{ corners: Corners; picture: Picture | null; page: PageView; onApply: (quad: Quad | null) => void; onLeave: () => void }>

/** What helps to set corners by hand: the one in hand enlarged, the keys, and the two ways out. */
export function CornerPanel({ corners: { quad, reduced, current }, picture, page, onApply, onLeave }: Props): ReactNode {
  const { t } = useTranslation('pageview')
  const box = useRef<HTMLDivElement>(null)
  const set = quad !== null
  useShortcut('Enter', t('corners.apply'), quad ? () => onApply(rounded(quad)) : undefined)
  useShortcut('Escape', t('corners.leave'), onLeave)
  useEffect(() => {
    // The first corner of what is seen stands first on the page.
    if (set) box.current?.closest('.pv')?.querySelector<HTMLElement>('.pv-handle')?.focus()
  }, [set])
  return (
    <div className="col pv-part" ref={box} style={{ gap: 12 }}>
      <h2>{t('corners.title')}</h2>
      {reduced && <Note tint="warn" role="status">{t('corners.reduced')}</Note>}
      {quad && picture && (
        <>
          <p className="m">{t('corners.help')}</p>
          <Cut picture={picture} turns={page.turns} size={picture} frame={LOUPE} crop={cropAt(turnPoint(quad[current], page.turns, picture), LOUPE, LOUPE_SCALE)} label={t('corners.loupe', { name: t(`corners.name.${seenCorner(current, page.turns)}`) })}>
            <polygon className="edge" points={quad.map((point) => turnPoint(point, page.turns, picture)).map(({ x, y }) => `${String(x)},${String(y)}`).join(' ')} vectorEffect="non-scaling-stroke" />
          </Cut>
          <p className="s t2">{t('corners.keys')}</p>
        </>
      )}
      <div className="row wrap">
        {page.wishes.corners && <Button small onPress={() => onApply(null)}>{t('corners.automatic')}</Button>}
        <Button small caps="Escape" onPress={onLeave}>{t('corners.leave')}</Button>
        {quad && <Button small kind="primary" caps="Enter" onPress={() => onApply(rounded(quad))}>{t('corners.apply')}</Button>}
      </div>
    </div>
  )
}
