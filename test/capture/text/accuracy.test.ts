import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { backgroundOf, whitened } from '../../../src-main/capture/pages/background'
import { encodePnm } from '../../../src-main/capture/text/picture'
import { type Grey, isGrey } from '../../../src-main/capture/pages/raster'
import { skewOf } from '../../../src-main/capture/pages/skew'
import { rotated } from '../../../src-main/capture/pages/warp'
import { createTextReader, proposeFields, type TextReader } from '../../../src-main/capture/text'
import { errorRate, harmed, has, hasVietnamese, pdfOf, pictureOf, workerFile } from './pages'
import { SENTENCE_PAGE, TRUTH } from './samples'

const missing = has('pdftoppm') ? null : 'poppler-utils'
const DPI = 250

/** The clean-up that a page goes through before it is read. */
function cleaned(page: Grey): Grey {
  const upright = rotated(page, skewOf(page).degrees, [255])
  const white = whitened(upright, backgroundOf(upright))
  if (!isGrey(white)) throw new Error('not grey')
  return white
}

const outside = (page: Grey): string => execFileSync('tesseract', ['-', '-', '-l', 'vie', '--psm', '4', '--dpi', String(page.dpi)], { input: encodePnm(page), encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'], env: { ...process.env, OMP_THREAD_LIMIT: '1' } })

describe.skipIf(missing !== null)(`what is read of bad pages${missing === null ? '' : ` (skipped: ${missing} is not installed)`}`, () => {
  let reader: TextReader
  let page: Grey
  beforeAll(async () => {
    page = await pictureOf(await pdfOf(SENTENCE_PAGE), DPI)
    reader = createTextReader({ workerFile: await workerFile('ocr-worker-accuracy'), engine: 'packaged' })
  })
  afterAll(() => reader.close())

  it.each([
    ['leaning by 4.5°', { degrees: 4.5, noise: 6, shadow: 1, faint: 1 }, 0.02],
    ['pale, noisy and in shadow, leaning by 2°', { degrees: -2, noise: 10, shadow: 0.45, faint: 0.6 }, 0.03],
  ] as const)('is nearly all again after the clean-up of a page that is %s', async (_, harm, most) => {
    const bad = harmed(page, harm)
    const before = errorRate(TRUTH, (await reader.read(bad)).text)
    const after = errorRate(TRUTH, (await reader.read(cleaned(bad))).text)
    expect(after).toBeLessThanOrEqual(Math.min(before, most))
  })

  it.skipIf(!hasVietnamese())(`agrees with Debian's tesseract on the same pages${hasVietnamese() ? '' : ' (skipped: tesseract-ocr and tesseract-ocr-vie are not installed)'}`, async () => {
    for (const each of [page, cleaned(harmed(page, { degrees: -2, noise: 10, shadow: 0.45, faint: 0.6 }))]) {
      const [ours, theirs] = [errorRate(TRUTH, (await reader.read(each)).text), errorRate(TRUTH, outside(each))]
      expect(ours).toBeLessThanOrEqual(theirs + 0.01)
    }
  })

  it('is enough to propose the fields of a form from its picture', async () => {
    const form = await pictureOf(await pdfOf({
      width: 420, height: 200, content: [
        { text: 'TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ', alignment: 'center', bold: true },
        '1. Họ, chữ đệm và tên: VÕ HOÀNG YẾN',
        { columns: ['2. Ngày, tháng, năm sinh: 05/07/1985', '3. Giới tính: Nữ'] },
        '4. Số định danh cá nhân: 079185000123',
        '5. Số điện thoại liên hệ: 0903517284',
      ],
    }), DPI)
    const found = proposeFields(await reader.read(cleaned(harmed(form, { degrees: 1.5, noise: 8, shadow: 0.7, faint: 0.8 }))), 0)
    const { 'applicant.fullName': name = '', ...rest } = Object.fromEntries(found.map(({ field, value }) => [field, value]))
    // A letter of a name may be misread on such a page: that is why an officer accepts it.
    expect(errorRate('VÕ HOÀNG YẾN', name)).toBeLessThan(0.1)
    expect(rest).toEqual({
      'applicant.birthDate': '1985-07-05', 'applicant.sex': 'female', 'applicant.idNumber': '079185000123', 'applicant.phone': '0903517284',
    })
    for (const { box, confidence } of found) expect(confidence > 0.5 && box.width > 0 && box.y + box.height <= form.height).toBe(true)
  })
})
