import type { PdfDict, PdfText, PdfValue } from './objects'

const latin = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')

const writeName = (text: string): string => `/${text.replaceAll(/[^!-~]|[#()<>[\]{}/%]/gu, (char) => `#${char.charCodeAt(0).toString(16).padStart(2, '0')}`)}`

function writeText({ bytes, hex }: PdfText): string {
  const raw = latin(bytes)
  return hex || /[^ -~]/u.test(raw) ? `<${Buffer.from(bytes).toString('hex')}>` : `(${raw.replaceAll(/[\\()]/gu, String.raw`\$&`)})`
}

/** Without exponent: PDF has none. */
const writeNumber = (value: number): string => {
  const text = String(value)
  return text.includes('e') ? value.toFixed(12).replace(/\.?0+$/u, '') : text
}

export const writeDict = ({ entries }: PdfDict): string => `<<${[...entries].map(([key, value]) => `${writeName(key)} ${writeValue(value)}`).join('\n')}>>`

/** A value as it stands in a file, one byte a character. Streams are written by `Increment` alone. */
export function writeValue(value: PdfValue): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return writeNumber(value)
  switch (value.kind) {
    case 'name': return writeName(value.name)
    case 'text': return writeText(value)
    case 'ref': return `${value.num} ${value.gen} R`
    case 'array': return `[${value.items.map(writeValue).join(' ')}]`
    case 'dict': return writeDict(value)
    case 'stream': return writeDict(value.dict)
  }
}
