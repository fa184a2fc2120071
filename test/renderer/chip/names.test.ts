import { expect, it } from 'vitest'
import { commonName } from '../../../src-renderer/chip/names'

it.each([
  ['CN=CSCA Vietnam,O=Bộ Công an,C=VN', 'CSCA Vietnam'], ['C=VN, O=Bộ Công an, CN=Ký tài liệu 02', 'Ký tài liệu 02'], ['CN=Một\\, hai,C=VN', 'Một, hai'], ['O=Không tên,C=VN', 'O=Không tên,C=VN'],
])('the common name of %s', (subject, name) => {
  expect(commonName(subject)).toBe(name)
})
