import type { TokenInfo } from '../ports'
import type { Backend, Trouble } from './backend'
import type { Place, SlotToken } from './protocol'

/** A token that is there, and where. */
export type Found = Readonly<{ info: TokenInfo; backend: Backend; at: Place }>
export type Snapshot = Readonly<{ found: readonly Found[]; troubles: readonly Trouble[] }>

export const NOTHING: Snapshot = { found: [], troubles: [] }

/** Ids that stay with a token when it is plugged in elsewhere; a token whose number is empty or not its own is told by its slot. */
function idOf(backend: Backend, token: SlotToken, all: readonly SlotToken[]): string {
  const alone = token.serial !== '' && all.filter(({ serial }) => serial === token.serial).length === 1
  return `${backend.id}/${token.serial}${alone ? '' : `@${token.slot}`}`
}

/** What the backends tell, as one list. The same token behind two drivers is shown once, with the driver that comes first. */
export function snapshotOf(told: readonly Readonly<{ backend: Backend; tokens: readonly SlotToken[] }>[], troubles: readonly Trouble[]): Snapshot {
  const seen = new Set<string>()
  const found: Found[] = []
  for (const { backend, tokens } of told) {
    const here: string[] = []
    for (const token of tokens) {
      const key = `${token.serial}\n${token.label}`
      if (token.serial !== '' && seen.has(key)) continue
      here.push(key)
      found.push({ info: { id: idOf(backend, token, tokens), driver: backend.name, ...token, simulated: backend.found === 'simulated' }, backend, at: { slot: token.slot, serial: token.serial, label: token.label } })
    }
    for (const key of here) seen.add(key)
  }
  return { found, troubles }
}

/** What a listener would see. */
export const pictureOf = ({ found, troubles }: Snapshot): string => JSON.stringify([found.map(({ info }) => info), troubles])
