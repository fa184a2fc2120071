import i18next from 'i18next'
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { currentLanguage, speak, startWords } from '../../src-renderer/app/i18n'

const page = { documentElement: { lang: '' } }
beforeAll(() => {
  vi.stubGlobal('document', page)
})

const enter = (): string => i18next.t('enter', { ns: 'sign-in' })

describe('the words of the window', () => {
  beforeEach(async () => {
    await startWords('vi')
  })

  test('start in Vietnamese without the English ones', () => {
    expect([currentLanguage(), page.documentElement.lang, i18next.hasResourceBundle('en', 'common')]).toEqual(['vi', 'vi', false])
  })

  test('are all there when the language changes: nobody ever reads a key', async () => {
    const vietnamese = enter()
    const seen: string[] = []
    i18next.on('languageChanged', () => seen.push(enter()))
    await speak('en')
    const english = enter()
    await speak('vi')
    expect(seen).toEqual([english, vietnamese])
    expect(new Set([vietnamese, english, 'enter']).size).toBe(3)
  })

  test('tell the page in which language it is', async () => {
    await speak('en')
    expect([currentLanguage(), page.documentElement.lang]).toEqual(['en', 'en'])
    await speak('vi')
    expect([currentLanguage(), page.documentElement.lang]).toEqual(['vi', 'vi'])
  })

  test('start in English with every screen of both languages', async () => {
    await startWords('en')
    const screens = (language: string): string[] => Object.keys(i18next.getDataByLanguage(language) ?? {}).sort()
    expect(screens('en')).toEqual(screens('vi'))
    expect(screens('en')).toContain('sign-in')
  })
})
