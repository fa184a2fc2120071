import { useTranslation } from 'react-i18next'
import type { Offer } from './offers'

/** A value in the reader's words: a sex is kept as a code. */
export function useValueWords(): (offer: Pick<Offer, 'part' | 'value'>) => string {
  const { t } = useTranslation('common')
  return ({ part, value }) => (part === 'sex' && (value === 'male' || value === 'female') ? t(`sex.${value}`) : value)
}
