import type { ReadingId } from '@contract/chip'
import type { DisplayWish, ResultRole, Signer } from '@contract/display'
import type { DossierId } from '@contract/ids'
import type { Collector, ResultDesk } from '@contract/results'

export type How = Collector['how']
export type Checked = 'chip' | 'card' | 'receipt' | 'known'

/** A hand-over as it is being filled in; nothing typed is lost when another way is looked at. */
export type Form = Readonly<{
  how: How
  role: ResultRole
  /** Null until the officer, or a card, has said how it was made sure who that is. */
  checked: Checked | null
  reading: ReadingId | null
  name: string
  idNumber: string
  authority: string
  /** Who a parcel goes to. */
  addressee: string
  tracking: string
  signed: 'pad' | 'paper'
  note: string
}>

/** As it begins: the way that the citizen wished, and whoever handed the dossier in. */
export function beginForm({ delivery, people }: Pick<ResultDesk, 'delivery' | 'people'>, hasDisplay: boolean): Form {
  return {
    how: delivery.method === 'post' ? 'post' : 'owner', role: 'applicant', checked: null, reading: null, name: '', idNumber: '', authority: '',
    addressee: people[0]?.name ?? '', tracking: '', signed: hasDisplay ? 'pad' : 'paper', note: '',
  }
}

/** Another way to hand over: what was checked was somebody else. A receipt proves no authorised person. */
export const withHow = (form: Form, how: How): Form => (form.how === how ? form : { ...form, how, checked: null, reading: null })

/** The card, or its chip, that was read: one of the dossier's people, else somebody who needs a paper of authority. */
export type CardSeen = Readonly<{ role: ResultRole | null; name: string; idNumber: string; reading: ReadingId | null }>
export function withCard(form: Form, { role, name, idNumber, reading }: CardSeen): Form {
  const checked = reading === null ? 'card' : 'chip'
  return role === null ? { ...form, how: 'authorised', checked, reading, name, idNumber } : { ...form, how: 'owner', role, checked, reading }
}

/** Who signs on the display; null while that is not known, and for a parcel. */
export function signerOf({ how, role, name }: Form): Signer | null {
  if (how === 'post') return null
  if (how === 'owner') return { how, role }
  return name.trim() === '' ? null : { how, name: name.trim() }
}

export const wishOf = (dossierId: DossierId, form: Form): Extract<DisplayWish, { kind: 'handover' }> | null => {
  const by = signerOf(form)
  return by && { kind: 'handover', dossierId, by }
}

/** True when what was signed on the display is of whoever collects. */
export function isSignedBy(form: Form, signed: ResultDesk['signed']): boolean {
  const by = signerOf(form)
  if (!signed || !by || signed.by.how !== by.how) return false
  return signed.by.how === 'owner' ? by.how === 'owner' && by.role === signed.by.role : by.how === 'authorised' && by.name === signed.by.name
}

export type Gap = 'name' | 'authority' | 'addressee' | 'note' | 'checked' | 'signature'

/** What is still to be filled in, in the order of the screen. */
export function gapsOf(form: Form, { delivery, signed }: Pick<ResultDesk, 'delivery' | 'signed'>): Gap[] {
  const blank = (text: string): boolean => text.trim() === ''
  if (form.how === 'post') return [...(blank(form.addressee) ? ['addressee' as const] : []), ...(delivery.method === 'counter' && blank(form.note) ? ['note' as const] : [])]
  return [
    ...(form.how === 'authorised' && blank(form.name) ? ['name' as const] : []),
    ...(form.how === 'authorised' && blank(form.authority) ? ['authority' as const] : []),
    ...(form.checked === null ? ['checked' as const] : []),
    ...(form.signed === 'pad' && !isSignedBy(form, signed) ? ['signature' as const] : []),
  ]
}

/** The hand-over as the core takes it; null while something is missing. */
export function collectorOf(form: Form): Collector | null {
  const { how, role, checked, reading } = form
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())
  if (how === 'post') return { how, name: form.addressee.trim(), tracking: orNull(form.tracking) }
  if (checked === null) return null
  if (how === 'owner') return { how, role, checked, reading }
  return checked === 'receipt' ? null : { how, name: form.name.trim(), idNumber: orNull(form.idNumber), checked, reading, authority: form.authority.trim() }
}

/** Why a hand-over wants a second key, for it cannot be taken back; null where one key is enough. */
export function secondKeyFor(form: Form, { delivery }: Pick<ResultDesk, 'delivery'>): 'authorised' | 'post' | 'known' | null {
  if (form.how === 'authorised') return 'authorised'
  if (form.how === 'post') return delivery.method === 'counter' ? 'post' : null
  return form.checked === 'known' ? 'known' : null
}
