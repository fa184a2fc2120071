import { IconLanguage, IconPlayerStop, IconVolume } from '@tabler/icons-react'
import { type ReactNode, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { currentLanguage, speakLanguage } from './words'
import { type Speech } from './speech'

const listeners = new Set<() => void>()
const isLarge = (): boolean => document.documentElement.dataset['large'] !== undefined

/** Large type (130 %) for the whole page, until it is set back. */
export function setLarge(large: boolean): void {
  if (large) document.documentElement.dataset['large'] = ''
  else delete document.documentElement.dataset['large']
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function LargerButton(): ReactNode {
  const { t } = useTranslation('hall')
  const large = useSyncExternalStore(subscribe, isLarge)
  return (
    <button type="button" className="foot-act" aria-pressed={large} aria-label={`${t('larger')} A+`} onClick={() => setLarge(!large)}>
      <span className="wide-only">{t('larger')}</span><kbd>A+</kbd>
    </button>
  )
}

/** Names the other language in that language. */
export function LanguageButton(): ReactNode {
  const { t } = useTranslation('hall')
  const other = currentLanguage() === 'vi' ? 'en' : 'vi'
  return <button type="button" className="foot-act" lang={other} onClick={() => void speakLanguage(other)}><IconLanguage className="i" aria-hidden />{t('otherLanguage')}</button>
}

/** Reads the page aloud; not there on machines without a voice for the language. */
export function ListenButton({ speech, lines }: { speech: Speech; lines: readonly string[] }): ReactNode {
  const { t } = useTranslation('hall')
  if (!speech.can || lines.length === 0) return null
  const Icon = speech.speaking ? IconPlayerStop : IconVolume
  return <button type="button" className="foot-act" onClick={() => (speech.speaking ? speech.stop() : speech.speak(lines))}><Icon className="i" aria-hidden />{speech.speaking ? t('listenStop') : t('listen')}</button>
}
