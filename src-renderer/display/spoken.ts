import type { TFunction } from 'i18next'
import type { DisplayPage } from '@contract/display'
import { formatMoneyLong, type Language } from '@contract/format'

type T = TFunction<'display'>

/** What is read aloud of a page, a sentence a line. The PIN page says how, never what is typed. */
export function spokenLines(page: DisplayPage, t: T, language: Language): readonly string[] {
  switch (page.kind) {
    case 'waiting':
      return []
    case 'check':
      return [t('check.title', { address: t(`address.${page.address}`) }), ...page.facts.map(({ key, value, detail }) => `${t(`fact.${key}`)}: ${value[language]} ${detail?.[language] ?? ''}`)]
    case 'consent':
      return [page.title[language], t('consent.asked', { address: t(`address.${page.address}`) }), ...page.paragraphs.map((paragraph) => paragraph[language])]
    case 'certificate':
      return [t(`certificate.${page.purpose}.title`, { address: t(`address.${page.address}`) }), ...page.facts.map(({ key, value }) => `${t(`certificate.fact.${key}`)}: ${value[language]}`)]
    case 'handover':
      return [t('handover.title', { address: t(`address.${page.address}`) }), ...page.facts.map(({ key, value }) => `${t(`fact.${key}`)}: ${value[language]}`)]
    case 'pin':
      return [t(`pin.title.${page.purpose}`), t('pin.secret'), t('pin.advice')]
    case 'pay':
      return [t('pay.title'), t('pay.how'), `${t('pay.amount')}: ${formatMoneyLong(page.amount)}`, `${t('pay.content')}: ${page.purpose}`, t('pay.after')]
    case 'rating':
      return [t('rating.title', { address: t(`address.${page.address}`) }), ...([5, 4, 3, 2, 1] as const).map((stars) => t(`rating.stars.${stars}`))]
    case 'done':
      return [t(`done.${page.words}.title`), t(`done.${page.words}.text`)]
  }
}
