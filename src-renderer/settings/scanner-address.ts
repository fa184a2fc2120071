/** What a person may type for a network scanner: a name or address, with port, or a whole URL. As the core reads it. */
export function isScannerAddress(typed: string): boolean {
  const text = typed.trim()
  if (text === '' || text.length > 300 || /[\s@\\]/u.test(text)) return false
  if (/^https?:\/\//iu.test(text)) return URL.canParse(text)
  if (/^[a-z][a-z0-9+.-]*:\/\//iu.test(text)) return false
  // A bare address of the newer kind has colons of its own.
  return URL.canParse(`http://${text}`) || URL.canParse(`http://[${text}]`)
}

/** A full path, of either kind of system: one that began somewhere would begin elsewhere after the next start. */
export const isFullPath = (typed: string): boolean => /^(?:\/|[a-z]:[\\/]|\\\\)/iu.test(typed.trim())
