/** What the keys of the US layout type, plain and with Shift, by their place on the keyboard: what readers mean by the positions they send. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ...Array.from('abcdefghijklmnopqrstuvwxyz', (letter): [string, string] => [`Key${letter.toUpperCase()}`, letter + letter.toUpperCase()]),
  ...Array.from(')!@#$%^&*(', (shifted, digit): [string, string] => [`Digit${digit}`, `${digit}${shifted}`]),
  ...Array.from('0123456789', (digit): [string, string] => [`Numpad${digit}`, digit + digit]),
  ['Minus', '-_'], ['Equal', '=+'], ['BracketLeft', '[{'], ['BracketRight', ']}'], ['Backslash', '\\|'], ['IntlBackslash', '\\|'], ['Semicolon', ';:'],
  ['Quote', '\'"'], ['Backquote', '`~'], ['Comma', ',<'], ['Period', '.>'], ['Slash', '/?'], ['Space', '  '],
  ['NumpadDivide', '//'], ['NumpadMultiply', '**'], ['NumpadSubtract', '--'], ['NumpadAdd', '++'], ['NumpadDecimal', '..'],
])

/** The character that a key types on the US layout, whatever layout, Caps Lock or input method is on; null for keys that type none. */
export function characterAt(code: string, shift: boolean): string | null {
  return PLACES.get(code)?.charAt(shift ? 1 : 0) ?? null
}
