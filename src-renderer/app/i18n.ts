import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '@contract/format'

type Words = Readonly<Record<string, unknown>>

const files = import.meta.glob<Words>('../../resources/locales/*/*.json', { eager: true, import: 'default' })

/** `…/locales/vi/today.json` → words of language `vi`, namespace `today`. */
function wordsOf(language: Language): Record<string, Words> {
  const ofLanguage = Object.entries(files).filter(([path]) => path.includes(`/locales/${language}/`))
  return Object.fromEntries(ofLanguage.map(([path, words]) => [path.slice(path.lastIndexOf('/') + 1, -'.json'.length), words]))
}

/** Vietnamese first, English complete beside it; one file a screen. */
export async function startWords(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'vi',
    resources: { vi: wordsOf('vi'), en: wordsOf('en') },
    defaultNS: 'common',
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  })
  document.documentElement.lang = language
}

/** The language in force, for the formatters of the contract. */
export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'vi')
