/** A part of the office that is opened late. */
export type Part<T> = Readonly<{ ask(): Promise<T>; opened(): Promise<T> | undefined }>

/** Opens a part when it is first asked for; one that could not be opened is tried again for the next who asks. */
export function onFirstAsk<T>(open: () => Promise<T>): Part<T> {
  let part: Promise<T> | undefined
  return {
    ask: () => (part ??= open().catch((error: unknown) => {
      part = undefined
      throw error
    })),
    opened: () => part,
  }
}
