import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { paperName } from '../../intake/papers'
import { useDraft } from '../../intake/use-draft'
import { Badge, Button } from '../../parts'
import type { Offer, OfferGroup } from './offers'
import { useValueWords } from './value-words'

type Props = Readonly<{ groups: readonly OfferGroup[]; current: Offer | undefined; onPick: (offer: Offer) => void; onTake: (offer: Offer) => void; onSkip: (offer: Offer) => void }>

/** Values by paper and person; the one in hand is open: its doubts, and what can be done with it. */
export function OfferList({ groups, ...rest }: Props): ReactNode {
  const { t } = useTranslation('pageview')
  return (
    <div className="read-list scroll" role="list" aria-label={t('read.list')}>
      {groups.map((group) => (
        <div key={group.key} role="presentation">
          <Heading group={group} />
          {group.offers.map((offer) => <Row key={offer.key} offer={offer} {...rest} />)}
        </div>
      ))}
    </div>
  )
}

function Heading({ group: { page, number, form, role } }: { group: OfferGroup }): ReactNode {
  const { t } = useTranslation('pageview')
  const { procedure } = useDraft()
  const name = paperName(procedure, page.component)
  return (
    <div className="read-head">
      <p className="w6 m">{form === null ? t('read.mrz') : t(`read.formName.${form}`)} · {t(`read.role.${role}`)}</p>
      <p className="s t2 ell">{name === undefined ? t('read.fromUnknown', { number }) : t('read.from', { name, number })}</p>
    </div>
  )
}

function Row({ offer, current, onPick, onTake, onSkip }: { offer: Offer } & Omit<Props, 'groups'>): ReactNode {
  const { t } = useTranslation('pageview')
  const wordsOf = useValueWords()
  const { part, target, doubts } = offer
  const open = offer.key === current?.key
  const now = wordsOf({ part, value: offer.current })
  return (
    <div role="listitem" className={`read-row ${open ? 'sel' : ''}`} tabIndex={open ? 0 : -1} data-current={open || undefined} data-autofocus={open || undefined} onFocus={() => { if (!open) onPick(offer) }} onClick={() => onPick(offer)}>
      <div className="row" style={{ alignItems: 'flex-start' }}>
        <div className="grow">
          <p className="s t2">{t(`read.part.${part}`)}{target && <> → {t(`read.into.${target.who}`)}</>}</p>
          <p className="read-value">{wordsOf(offer)}</p>
          {now !== '' && <p className="s">{t('read.current')} <b>{now}</b></p>}
        </div>
        {doubts.length === 0 ? <Badge tint="ok" icon={IconCheck}>{t('read.sure')}</Badge> : <Badge tint="warn" icon={IconAlertTriangle}>{t('read.look')}</Badge>}
      </div>
      {open && doubts.map((doubt) => <p key={doubt} className="s read-doubt">{t(`read.doubt.${doubt}`)}</p>)}
      {open && (
        <div className="row" style={{ marginTop: 8 }}>
          <Button small kind={target ? 'primary' : 'neutral'} caps="Enter" onPress={() => onTake(offer)}>{target ? t('read.use') : t('read.copy')}</Button>
          <Button small caps="Delete" onPress={() => onSkip(offer)}>{t('read.skip')}</Button>
        </div>
      )}
    </div>
  )
}
