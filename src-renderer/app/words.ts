export type Words = Readonly<Record<string, unknown>>

/** `…/locales/vi/today.json` → the words of the namespace `today`. */
export function byScreen(files: Readonly<Record<string, Words>>): Record<string, Words> {
  return Object.fromEntries(Object.entries(files).map(([path, words]) => [path.slice(path.lastIndexOf('/') + 1, -'.json'.length), words]))
}
