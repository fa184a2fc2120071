import { useState } from 'react'
import type { Signature } from '@contract/display'
import { type Drawn, NOTHING_DRAWN } from './signature-pad'
import { signatureOf } from './strokes'

export type Signing = Readonly<{
  drawn: Drawn
  setDrawn(drawn: Drawn): void
  /** The answer was touched without a signature: the page asks for one in place. */
  asked: boolean
  /** Goes on with the signature, or without one where none is wanted or none can be given. */
  confirm(go: (signature: Signature | null) => void): void
}>

/** What stands on the pad of a page, and when it is enough. */
export function useSigning(sign: boolean): Signing {
  const [drawn, set] = useState(NOTHING_DRAWN)
  const [asked, setAsked] = useState(false)
  return {
    drawn,
    asked,
    setDrawn: (next) => {
      setAsked(false)
      set(next)
    },
    confirm: (go) => {
      const signature = sign && !drawn.declined ? signatureOf(drawn.strokes, drawn.height) : null
      if (sign && !drawn.declined && signature === null) setAsked(true)
      else go(signature)
    },
  }
}
