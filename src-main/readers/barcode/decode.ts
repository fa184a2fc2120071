import { type DamageKind, repairText } from '@contract/code-damage'
import { normaliseScan } from '@contract/codes'

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false })

/**
 * The bytes of one whole frame as text: UTF-8, else byte by byte, so that what a code page did can be undone. Frame bytes and an AIM
 * identifier are off, the identifier is told apart.
 */
export function decodeScan(bytes: Uint8Array): Readonly<{ text: string; symbology: string | null; damage: readonly DamageKind[] }> {
  const raw = decode(bytes)
  // eslint-disable-next-line no-control-regex
  const symbology = /^[\s\u0000-\u001f\ufeff]*(\][A-Za-z][0-9A-Za-z])/u.exec(raw)?.[1] ?? null
  const text = normaliseScan(raw)
  return { text, symbology, damage: repairText(text).kinds }
}

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}
