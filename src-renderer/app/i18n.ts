import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '@contract/format'
import type { Words } from './words'
import { vietnamese } from './words-vi'

/** Fetched when somebody reads English, so that no other start waits for its words. */
const fetchEnglish = async (): Promise<Record<string, Words>> => (await import('./words-en')).english

/** Vietnamese first, English complete beside it; one file a screen. */
export async function startWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'vi',
    resources: { vi: vietnamese, ...(language === 'en' && { en: await fetchEnglish() }) },
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  })
  document.documentElement.lang = language
}

/** Changes the language of what is on the screen, once all its words are here. */
export async function speak(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'common')) {
    for (const [screen, words] of Object.entries(await fetchEnglish())) i18next.addResourceBundle('en', screen, words)
  }
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** The language in force, for the formatters of the contract. */
export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'vi')
