/** A piece of HTML that needs no more escaping. */
export interface Html {
  readonly html: string
}

type Piece = Html | string | number | undefined | readonly (Html | string)[]

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as HTML text or as a quoted attribute's value. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

function rendered(piece: Piece): string {
  if (piece === undefined) return ''
  if (typeof piece === 'string' || typeof piece === 'number') return escaped(String(piece))
  return 'html' in piece ? piece.html : piece.map(rendered).join('')
}

/** A template whose holes are escaped unless they are pieces of HTML themselves. */
export function html(parts: TemplateStringsArray, ...holes: Piece[]): Html {
  return { html: parts.map((part, index) => part + rendered(holes[index])).join('') }
}
