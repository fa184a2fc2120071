/** Characters of a file's name at most, without its ending: some systems take 255 bytes, and a Vietnamese letter may have three. */
const LONGEST = 80

/** What no system that we know of takes in a file's name. */
const REFUSED = /[\p{Cc}\p{Cf}\\/:*?"<>|]+/gu

/** What the PDF of a paper is called when somebody saves it. */
export function fileNameOf(title: string): string {
  const clean = title.normalize('NFC').replaceAll(REFUSED, ' ').replaceAll(/\s+/gu, ' ').trim()
  const short = [...clean].slice(0, LONGEST).join('').replace(/[. ]+$/u, '')
  return `${short === '' ? 'Giấy tờ' : short}.pdf`
}
