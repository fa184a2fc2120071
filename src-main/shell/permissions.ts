/** The only things a page may be granted, and why. All else is refused, also what Chromium may invent later. */
const ALLOWED: ReadonlySet<string> = new Set([
  // "Copy" of a dossier code or an error's code, on a key press.
  'clipboard-sanitized-write',
])

/** What is known of who asks for a permission. */
export interface Asker {
  /** The frame's own address. */
  readonly address: string
  readonly isMainFrame: boolean
  /** True in the counter's window. */
  readonly isCounter: boolean
  /** What `media` is asked for. */
  readonly media: readonly string[]
}

/** Decides on a permission: on the list, and asked by our own page itself. The counter's page may also see, never hear: the document camera. */
export function mayHave(permission: string, asker: Asker, isOurs: (address: string) => boolean): boolean {
  if (!asker.isMainFrame || !isOurs(asker.address)) return false
  return ALLOWED.has(permission) || (permission === 'media' && asker.isCounter && isSightOnly(asker.media))
}

const isSightOnly = (media: readonly string[]): boolean => media.length > 0 && media.every((kind) => kind === 'video')

/** Chromium's schemes that a page of ours may load from. `data:` and `blob:` never leave the machine; the rest of the world is refused. */
const OWN_SCHEMES: ReadonlySet<string> = new Set(['app:', 'blob:', 'data:'])

/** Decides on a load. `extra` are origins allowed on a developer's machine only. */
export function mayLoad(address: string, extra: ReadonlySet<string>): boolean {
  try {
    const url = new URL(address)
    return OWN_SCHEMES.has(url.protocol) || extra.has(url.protocol) || extra.has(`${url.protocol}//${url.host}`)
  } catch {
    return false
  }
}
