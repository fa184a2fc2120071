import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, Empty } from '../../parts'
import { inOrder, type Offer } from './offers'
import { OfferList } from './offer-list'
import { Sight } from './sight'
import type { Offers } from './use-offers'
import { useTaking } from './use-taking'

const MOVES: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, Home: -999, End: 999 }

/** The values one by one beside the place on the paper where they stand: looked at, then used, copied or passed over. */
export function OfferDesk({ offers, onClose }: { offers: Offers; onClose: () => void }): ReactNode {
  const { t } = useTranslation('pageview')
  const taking = useTaking(offers)
  const all = inOrder(offers.groups)
  const [at, setAt] = useState<Readonly<{ key: string; index: number }>>({ key: '', index: 0 })
  const list = useRef<HTMLDivElement>(null)
  // What was used is gone from the list: the next one takes its place.
  const known = all.findIndex(({ key }) => key === at.key)
  const index = known >= 0 ? known : Math.min(at.index, all.length - 1)
  const current = all[index]
  const page = offers.groups.find(({ offers: own }) => current !== undefined && own.includes(current))?.page
  const goTo = (to: number): void => {
    const next = all[Math.max(0, Math.min(all.length - 1, to))]
    if (next) setAt({ key: next.key, index: all.indexOf(next) })
  }
  const act = (offer: Offer, with_: (offer: Offer) => void): void => {
    const leaves = offer.target !== null || with_ === taking.skip
    const next = all[all.indexOf(offer) + 1] ?? all[all.indexOf(offer) - 1]
    setAt({ key: next?.key ?? '', index: Math.max(0, all.indexOf(offer) + (leaves ? 0 : 1)) })
    with_(offer)
  }
  const press = (event: KeyboardEvent): void => {
    const move = MOVES[event.key]
    if (event.ctrlKey || event.altKey) return
    if (move !== undefined) goTo(index + move)
    else if (current && event.key === 'Delete') act(current, taking.skip)
    else if (current && event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) act(current, taking.take)
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const key = current?.key
  useEffect(() => {
    const row = list.current?.querySelector<HTMLElement>('[data-current]')
    row?.focus()
    row?.scrollIntoView({ block: 'nearest' })
  }, [key])
  return (
    <div className="read-window">
      <div className="row"><h2 className="grow">{t('read.opened')}</h2><Button small keys="Escape" onPress={onClose}>{t('close')}</Button></div>
      <div className="read-desk" ref={list} onKeyDown={press}>
        {all.length === 0
          ? <Empty title={t('read.nothing')} actions={<Button onPress={onClose} caps="Escape" autoFocus>{t('close')}</Button>} />
          : <OfferList groups={offers.groups} current={current} onPick={(offer) => setAt({ key: offer.key, index: all.indexOf(offer) })} onTake={(offer) => act(offer, taking.take)} onSkip={(offer) => act(offer, taking.skip)} />}
        {current && page && <Sight offer={current} page={page} />}
      </div>
      <div className="row read-foot">
        <p className="m grow" role="status">{taking.done?.words ?? <span className="t2">{t('read.keys')}</span>}</p>
        {taking.done?.undo && <Button small keys="Ctrl+Z" onPress={taking.done.undo}>{t('read.undo')}</Button>}
      </div>
    </div>
  )
}
