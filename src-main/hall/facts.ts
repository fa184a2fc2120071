import type { ShownFact, Words } from '@contract/display'
import type { DraftContent, FeeQuote } from '@contract/draft'
import { formatFullMoment, formatMoneyLong, maskIdNumber, maskPhone } from '@contract/format'
import type { Instant } from '@contract/ids'
import type { Procedure } from '@contract/procedures'
import { type PaperCount, paperFacts } from './paper-facts'

/** All that the page is made of, and nothing else: the note of the officer is not in it. */
export type CheckInput = Readonly<{
  content: Pick<DraftContent, 'applicant' | 'capacity' | 'owner' | 'organisation' | 'answers' | 'components' | 'delivery'> & { fee: Pick<DraftContent['fee'], 'payment'> }
  procedure: Pick<Procedure, 'name' | 'components' | 'eligibility'>
  papers: readonly PaperCount[]
  fee: FeeQuote | null
  appointment: Instant | null
  unitName: string
}>

const same = (text: string): Words => ({ vi: text, en: text })
const line = (text: string): string => text.normalize('NFC').replace(/[\s\p{Cc}]+/gu, ' ').trim()
const digits = (text: string): string => text.replace(/\D/gu, '')
const fact = (key: ShownFact['key'], value: Words, detail: Words | null = null): ShownFact => ({ key, value, detail })

/** Who stands behind the applicant: the child, the principal, the organisation. */
function behalf({ capacity, owner, organisation }: CheckInput['content']): string {
  if (capacity === 'self') return ''
  return line(capacity === 'organisation' ? organisation.name : owner.fullName)
}

/** What was chosen for this errand, in the order in which it is asked. */
function choices({ content, procedure }: CheckInput): ShownFact['detail'] {
  const chosen = procedure.eligibility.flatMap(({ id, question, answers }) => {
    const label = answers.find((answer) => answer.id === content.answers[id])?.label
    // "Có", "Chưa" say nothing without their question.
    return label === undefined ? [] : [label.includes(' ') ? label : `${question} ${label}`]
  })
  return chosen.length === 0 ? null : same(`(${smallFirst(chosen.join('; ').slice(0, 900))})`)
}

/** In the middle of a line: "Đã ly hôn" → "đã ly hôn"; what is written in capitals stays. */
const smallFirst = (text: string): string => (/^\p{Lu}\p{Lu}/u.test(text) ? text : text.charAt(0).toLocaleLowerCase('vi') + text.slice(1))

function feeFact({ fee, content }: CheckInput): ShownFact[] {
  // An amount that the officer has still to enter is not told as if it were known.
  if (fee === null || fee.needsAmount) return []
  if (fee.total === 0) return [fact('fee', { vi: 'Miễn phí', en: 'Free of charge' }, fee.exemption && same(fee.exemption.name))]
  const paid = content.fee.payment !== 'unpaid'
  return [fact(paid ? 'feePaid' : 'feeDue', same(formatMoneyLong(fee.total)))]
}

function deliveryFacts({ content: { delivery }, unitName }: CheckInput): ShownFact[] {
  if (delivery.method === 'counter') return [fact('delivery', { vi: `Nhận tại ${unitName}`, en: `Collected at ${unitName}` })]
  const address = line(delivery.address)
  return [fact('delivery', { vi: 'Gửi qua bưu chính', en: 'Sent by post' }), ...(address === '' ? [] : [fact('address', same(address))])]
}

/** What is recorded, for the citizen's eyes: numbers masked, only what this errand needs. Null while name or procedure is missing. */
export function checkFacts(input: CheckInput): ShownFact[] | null {
  const { content: { applicant }, procedure, appointment } = input
  const name = line(applicant.fullName)
  if (name === '') return null
  const onBehalf = behalf(input.content)
  const at = appointment && new Date(appointment)
  return [
    fact('name', same(name)),
    ...(applicant.idNumber.trim() === '' ? [] : [fact('idNumber', same(maskIdNumber(digits(applicant.idNumber))))]),
    ...(onBehalf === '' ? [] : [fact('onBehalf', same(onBehalf))]),
    fact('errand', same(procedure.name), choices(input)),
    ...paperFacts(procedure.components, input.content.components, input.papers),
    ...(applicant.phone.trim() === '' ? [] : [fact('phone', same(maskPhone(digits(applicant.phone))), { vi: 'để báo kết quả', en: 'to tell when it is ready' })]),
    ...feeFact(input),
    ...deliveryFacts(input),
    ...(at ? [fact('appointment', { vi: formatFullMoment(at, 'vi'), en: formatFullMoment(at, 'en') })] : []),
  ]
}
