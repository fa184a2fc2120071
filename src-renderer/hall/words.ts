import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '@contract/format'
import enHall from '@resources/locales/en/hall.json'
import viHall from '@resources/locales/vi/hall.json'

type Words = Readonly<Record<string, unknown>>
/** Words of a page by namespace, in both languages: they are few, and a citizen changes the language at a touch. */
export type PageWords = Readonly<Record<Language, Readonly<Record<string, Words>>>>

/** Starts i18next with the words of the hall and those of the page, none else. */
export async function startWords(words: PageWords, language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'vi',
    resources: { vi: { hall: viHall, ...words.vi }, en: { hall: enHall, ...words.en } },
    defaultNS: 'hall',
    interpolation: { escapeValue: false },
    returnNull: false,
    showSupportNotice: false,
  })
  document.documentElement.lang = language
}

/** Changes the language of the page. */
export async function speakLanguage(language: Language): Promise<void> {
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** The language in force, for the formatters of the contract. */
export const currentLanguage = (): Language => (i18next.language === 'en' ? 'en' : 'vi')
