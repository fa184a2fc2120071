/**
 * The form in which Vietnamese text is compared without marks: NFC in, lower case, marks off, đ → d, white space single.
 * "Đặng Thị Ngọc  Ánh" → "dang thi ngoc anh". Never fails; folding twice changes nothing.
 */
export function fold(text: string): string {
  return text
    .normalize('NFC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/đ/g, 'd')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Lower case with marks kept, for ranking hits with the exact marks first. */
export function withMarks(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/gu, ' ').trim()
}

/** The words of a text: runs of letters, digits and the dots inside codes. Give it folded or marked text. */
export function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}\p{M}]+(?:\.[\p{L}\p{N}]+)*/gu) ?? []
}
