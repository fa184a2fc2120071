/** A code has left the picture when it was not read for this long, in milliseconds: a look that missed it is none. */
export const LEFT_AFTER = 2000

/** When each code in the picture was last read. */
export type CodesInPicture = ReadonlyMap<string, number>

/** Codes read in one look. Each is told once, until it has left the picture. */
export function newCodes(before: CodesInPicture, texts: readonly string[], now: number): Readonly<{ codes: CodesInPicture; fresh: readonly string[] }> {
  const still = new Map([...before].filter(([, last]) => now - last <= LEFT_AFTER))
  const fresh = [...new Set(texts)].filter((text) => !still.has(text))
  for (const text of texts) still.set(text, now)
  return { codes: still, fresh }
}
