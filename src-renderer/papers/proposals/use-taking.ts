import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../../intake/use-draft'
import { useAnnounce } from '../../parts'
import { type Offer, refusalOf } from './offers'
import type { Offers } from './use-offers'
import { useValueWords } from './value-words'
import { putBack, putRead } from './where'

/** What was done last, in words, and how it is taken back. */
export type Done = Readonly<{ words: string; undo: (() => void) | null }>

/** What an officer does with a value that was read; each act can be taken back, the last one first. */
export function useTaking({ refuse }: Offers) {
  const { t } = useTranslation('pageview')
  const { say } = useAnnounce()
  const { content, edit } = useDraft()
  const wordsOf = useValueWords()
  const [acts, setActs] = useState<readonly Done[]>([])
  const tell = (words: string, undo: (() => void) | null): void => {
    say(words)
    setActs((now) => [...now.filter((act) => act.undo), { words, undo: undo && (() => { undo(); say(t('read.undone')); setActs((all) => all.slice(0, -1)) }) }])
  }
  const named = (offer: Offer) => ({ part: t(`read.part.${offer.part}`), value: wordsOf(offer) })
  const fill = (offer: Offer & { target: NonNullable<Offer['target']> }): void => {
    const { who, fact } = offer.target
    const before = content[who]
    edit((now) => ({ ...now, [who]: putRead(now[who], fact, offer.value) }))
    tell(t('read.used', named(offer)), () => edit((now) => ({ ...now, [who]: putBack(now[who], fact, before) })))
  }
  const copy = async (offer: Offer): Promise<void> => {
    try {
      await navigator.clipboard.writeText(wordsOf(offer))
      tell(t('read.copied', named(offer)), null)
    } catch {
      tell(t('read.notCopied'), null)
    }
  }
  return {
    done: acts.at(-1) ?? null,
    take: ({ target, ...offer }: Offer): void => {
      if (target) fill({ ...offer, target })
      else void copy({ ...offer, target })
    },
    skip: (offer: Offer): void => {
      const key = refusalOf(offer.proposal)
      refuse(key, true)
      tell(t('read.skipped', named(offer)), () => refuse(key, false))
    },
  }
}
