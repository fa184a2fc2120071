import '../view/view.css'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageView } from '@contract/pages'
import { FailureNote, Loading } from '../../parts'
import { turnBox, turnedSize } from '../view/corners'
import { Cut } from '../view/cut'
import { useRoom } from '../view/stage'
import { usePicture } from '../view/use-picture'
import { cropAround } from '../view/zoom'
import type { Offer } from './offers'

/** Room between a field and the line around it, in parts of its height. */
const ROOM = 0.25

/** The place on the paper where a value was read, with what stands around it. */
export function Sight({ offer: { proposal, part }, page }: { offer: Offer; page: PageView }): ReactNode {
  const { t } = useTranslation('pageview')
  const place = useRef<HTMLDivElement>(null)
  const room = useRoom(place)
  const [look] = usePicture({ pageId: page.id, revision: page.revision, original: false })
  const { made, turns } = page
  const box = made && turnBox(proposal.box, turns, made)
  const gap = box ? box.height * ROOM : 0
  return (
    <div className="read-sight" ref={place}>
      {look.state === 'opening' && <Loading what={t('opening')} />}
      {look.state === 'failed' && <FailureNote error={look.error} />}
      {look.state === 'open' && made && box && room && (
        <Cut picture={look.picture} turns={turns} size={made} frame={room} crop={cropAround(box, turnedSize(made, turns), room)} label={t('read.place', { part: t(`read.part.${part}`) })}>
          <rect className="mark" x={box.x - gap} y={box.y - gap} width={box.width + 2 * gap} height={box.height + 2 * gap} vectorEffect="non-scaling-stroke" />
        </Cut>
      )}
    </div>
  )
}
