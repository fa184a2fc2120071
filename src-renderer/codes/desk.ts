import type { CodeSource } from '@contract/code-readers'
import type { ScannedCode } from '@contract/codes'

/** How a code came in. `inputMethod`: Telex or VNI was at work while it was typed. */
export type CodeFacts = Readonly<{ source: CodeSource; inputMethod: boolean }>

type Kind = ScannedCode['kind']
/** What is done with codes of each kind. */
export type Takers = Readonly<{ [K in Kind]: (code: Extract<ScannedCode, { kind: K }>, facts: CodeFacts) => void }>

export type CodeDesk = Readonly<{
  /** A screen takes codes of some kinds until it lets go; the one that asked last gets them. */
  take: (takers: Partial<Takers>) => () => void
  /** Hands a code to the screen that takes its kind, else to where such codes go from any screen. */
  route: (code: ScannedCode, facts: CodeFacts) => void
}>

export type SearchDoor = Readonly<{
  /** Texts go here until it lets go. */
  open: (search: (text: string) => void) => () => void
  /** Puts a text into the search; false where there is none. */
  seek: (text: string) => boolean
}>

/** The way to the search box, wherever on the screen it is. */
export function createSearchDoor(): SearchDoor {
  let search: ((text: string) => void) | null = null
  return {
    open: (to) => {
      search = to
      return () => {
        if (search === to) search = null
      }
    },
    seek: (text) => {
      search?.(text)
      return search !== null
    },
  }
}

/** One place where every code goes through, however it came in. `elsewhere`: what is done where no screen takes a kind. */
export function createCodeDesk(elsewhere: Takers): CodeDesk {
  let taking: readonly Partial<Takers>[] = []
  const takerOf = <K extends Kind>(kind: K): Takers[K] => taking.findLast((takers) => takers[kind] !== undefined)?.[kind] ?? elsewhere[kind]
  return {
    take: (takers) => {
      taking = [...taking, takers]
      return () => {
        taking = taking.filter((each) => each !== takers)
      }
    },
    route: (code, facts) => {
      switch (code.kind) {
        case 'card': return takerOf('card')(code, facts)
        case 'dossier': return takerOf('dossier')(code, facts)
        case 'separator': return takerOf('separator')(code, facts)
        case 'procedure': return takerOf('procedure')(code, facts)
        case 'ticket': return takerOf('ticket')(code, facts)
        case 'rating-slip': return takerOf('rating-slip')(code, facts)
        case 'report': return takerOf('report')(code, facts)
        case 'self-test': return takerOf('self-test')(code, facts)
        case 'unknown': return takerOf('unknown')(code, facts)
      }
    },
  }
}
