import type { PageId } from '@contract/ids'
import { type Box, FieldProposal, type Turns } from '@contract/pages'
import { LEAST_CONFIDENCE, type MrzTools, type Proposal, proposeFields, proposeFromMrz, turnedBack, turnedSize, type Why } from '../text'
import type { ReadText } from './text-rows'

type Size = Readonly<{ width: number; height: number }>

/** A page that was read: `made` is its size before its turns. */
export type PageOfText = Readonly<{ id: PageId; made: Size; text: ReadText }>

/** A box on the page as it was read, in pixels of the page as it was made: before its turns. */
export function boxAsMade(box: Box, read: Size, made: Size, turns: Turns): Box {
  const shown = turnedSize(made, turns)
  const [across, down] = [shown.width / read.width, shown.height / read.height]
  return turnedBack({ x: box.x * across, y: box.y * down, width: box.width * across, height: box.height * down }, turns, made)
}

function originOf(why: Why): FieldProposal['origin'] {
  if (why.kind === 'mrz') return { kind: 'mrz', format: why.format, checked: why.checked, repaired: why.repaired }
  return { kind: 'form', form: why.form, caption: why.caption, repaired: why.repaired, doubts: [...why.doubts] }
}

const onPage = ({ id, made, text }: PageOfText, { field, value, box, confidence, why }: Proposal): FieldProposal =>
  ({ pageId: id, field, value, box: boxAsMade(box, text, made, text.turns), confidence, origin: originOf(why) })

/** All that one page seems to say. @param today `YYYY-MM-DD` */
export function proposalsOfPage(page: PageOfText, today: string, mrz: MrzTools): FieldProposal[] {
  return [...proposeFields(page.text, 0), ...proposeFromMrz(page.text, 0, today, mrz)].map((proposal) => onPage(page, proposal))
}

/** Proposals for an officer's look: the surest first, each value of a field once, nothing that is hardly more than a guess. */
export function bestOf(proposals: readonly FieldProposal[]): FieldProposal[] {
  const best = new Map<string, FieldProposal>()
  for (const proposal of [...proposals].sort((left, right) => right.confidence - left.confidence)) {
    const { field, value, confidence } = proposal
    const key = JSON.stringify([field, value])
    // What no form can hold is no value.
    if (confidence >= LEAST_CONFIDENCE && !best.has(key) && FieldProposal.safeParse(proposal).success) best.set(key, proposal)
  }
  return [...best.values()]
}
