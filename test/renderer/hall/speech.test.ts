import { expect, test } from 'vitest'
import { readable, voiceFor } from '../../../src-renderer/hall/speech'

const voice = (lang: string, localService: boolean): SpeechSynthesisVoice => ({ lang, localService, default: false, name: lang, voiceURI: lang })

test('the voice is one of the language that this machine has itself', () => {
  expect(voiceFor('vi', [voice('en-US', true), voice('vi_VN', true)])?.lang).toBe('vi_VN')
  expect(voiceFor('en', [voice('en-GB', true)])?.lang).toBe('en-GB')
})

test('a voice that is made elsewhere is none: what is read aloud does not leave the machine', () => {
  expect(voiceFor('vi', [voice('vi-VN', false)])).toBeNull()
  expect(voiceFor('vi', [])).toBeNull()
})

test('dots of hidden digits are not read out, and each line ends like a sentence', () => {
  expect(readable(['Số định danh: 079 ••• ••• 617', '', 'Đúng không?', 'Xong.'])).toBe('Số định danh: 079 617.\nĐúng không?\nXong.')
})
