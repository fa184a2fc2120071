/** An element: local name, attributes by local name, own text, children. Name-spaces are left out: makers mix them up. */
export type XmlNode = Readonly<{ name: string; attributes: ReadonlyMap<string, string>; text: string; children: readonly XmlNode[] }>
type Open = { name: string; attributes: ReadonlyMap<string, string>; text: string; children: XmlNode[] }

const MOST_TEXT = 2 * 1024 * 1024
const MOST_NODES = 20_000
const MOST_DEPTH = 40
const MOST_OWN_TEXT = 4096
const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const TAG = /^([\w.-]{1,80}:)?([\w.-]{1,80})((?:\s[^]*)?)$/
const ATTRIBUTE = /(?:[\w.-]{1,80}:)?([\w.-]{1,80})\s{0,8}=\s{0,8}(?:"([^"<]{0,1000})"|'([^'<]{0,1000})')/g

/** Reads a small document; null for what is none, is too large or too deep, or has a document type (no entities but the five of XML). Never throws. */
export function parseXml(source: string): XmlNode | null {
  if (source.length > MOST_TEXT) return null
  const root: Open = { name: '', attributes: new Map(), text: '', children: [] }
  const stack: Open[] = [root]
  let nodes = 0
  let at = 0
  while (at < source.length) {
    const top = stack.at(-1)
    const from = source.indexOf('<', at)
    if (!top || from < 0) break
    addText(top, decode(source.slice(at, from)))
    const special = skip(source, from)
    if (special === null) return null
    if (special) {
      addText(top, special.text)
      at = special.end
      continue
    }
    const to = tagEnd(source, from)
    if (to < 0) return null
    const inner = source.slice(from + 1, to)
    at = to + 1
    if (inner.startsWith('/')) {
      if (stack.length < 2 || local(inner.slice(1).trim()) !== top.name) return null
      stack.pop()
      continue
    }
    const node = open(inner.replace(/\/$/, ''))
    nodes += 1
    if (!node || nodes > MOST_NODES || stack.length > MOST_DEPTH) return null
    top.children.push(node)
    if (!inner.endsWith('/')) stack.push(node)
  }
  const only = root.children[0]
  return stack.length === 1 && only && root.children.length === 1 ? only : null
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

function addText(node: Open, text: string): void {
  if (node.text.length < MOST_OWN_TEXT) node.text += text.slice(0, MOST_OWN_TEXT)
}

/** Comments, instructions and CDATA; null for a document type or one that does not end; false where it is a tag. */
function skip(source: string, from: number): { end: number; text: string } | false | null {
  const until = (opening: string, closing: string, keep = false) => {
    const end = source.indexOf(closing, from + opening.length)
    return end < 0 ? null : { end: end + closing.length, text: keep ? source.slice(from + opening.length, end) : '' }
  }
  if (source.startsWith('<?', from)) return until('<?', '?>')
  if (source.startsWith('<!--', from)) return until('<!--', '-->')
  if (source.startsWith('<![CDATA[', from)) return until('<![CDATA[', ']]>', true)
  return source.startsWith('<!', from) ? null : false
}

/** The closing bracket of a tag, those within quotes left out. */
function tagEnd(source: string, from: number): number {
  let quote = ''
  for (let at = from + 1; at < source.length; at += 1) {
    const letter = source.charAt(at)
    if (quote !== '') quote = letter === quote ? '' : quote
    else if (letter === '"' || letter === "'") quote = letter
    else if (letter === '>') return at
    else if (letter === '<') return -1
  }
  return -1
}

function open(inner: string): Open | null {
  const match = TAG.exec(inner)
  const name = match?.[2]
  if (name === undefined) return null
  const attributes = new Map<string, string>()
  for (const [, key = '', double, single] of (match?.[3] ?? '').matchAll(ATTRIBUTE)) attributes.set(key, decode(double ?? single ?? ''))
  return { name, attributes, text: '', children: [] }
}

const decode = (text: string) => (text.includes('&') ? text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, word: string) => ENTITIES[word] ?? character(word) ?? whole) : text)

function character(word: string): string | undefined {
  if (!word.startsWith('#')) return undefined
  const code = /^#x/i.test(word) ? Number.parseInt(word.slice(2), 16) : Number(word.slice(1))
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : '\ufffd'
}

/** The first child of that name. */
export const child = (node: XmlNode | null | undefined, name: string): XmlNode | undefined => node?.children.find((one) => one.name === name)
/** The text of the first child of that name, trimmed; empty where there is none. */
export const textOf = (node: XmlNode | null | undefined, name: string): string => child(node, name)?.text.trim() ?? ''
/** A whole number of at most nine digits; null for anything else. */
export const numberOf = (node: XmlNode | null | undefined, name: string): number | null => (/^\d{1,9}$/.test(textOf(node, name)) ? Number(textOf(node, name)) : null)

/** Every element of that name beneath, at any depth. */
export function all(node: XmlNode | null | undefined, name: string): XmlNode[] {
  if (!node) return []
  return node.children.flatMap((one) => [...(one.name === name ? [one] : []), ...all(one, name)])
}

/** A text for the inside of an element. */
export const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
