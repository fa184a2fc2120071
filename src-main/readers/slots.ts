import type { SlotKind } from '@contract/readers'

/** What is no reader for cards that people hand over: keys in the machine, signing tokens, security keys. */
const NO_READER = /windows hello|virtual ?smart ?card|\btpm\b|\bu?icc iso\b|\buicc\b|\besim\b|\btoken\b|etoken|epass ?\d|yubikey|nitrokey|gnuk|ikey ?virtual|\baks ifdh|passport for work/iu
const SAM = /\bsam(?:[ _-]?[0-9a-d])?\b|secure element|\bsam ?slot/iu
const CONTACT = /\bcontact(?:ed)?(?![a-z-])|\bicc\b|\bct\b/iu
const CONTACTLESS = /\bpicc\b|contact-?less/iu
/** Weaker words: readers with two interfaces bear them in the names of both slots. */
const ON_THE_AIR = /\bcl\b|\d{4}cl\b|\bnfc\b|\brfid\b|felica|pasori|proximity|\bprox\b|\bpcd\b|mifare/iu
/** Models that read without contact only, or whose plain name is the contactless slot. */
const CONTACTLESS_MODEL = /acr ?12[25]|acr ?1[25]5\d|omnikey (?:ag )?(?:cardman )?(?:502\d|5127|5321 ?cl|5325|5427)|utrust 37\d\d|\bscl ?01\d|rc-s3\d\d|\bpn53\d|\bpr533\b|twn4/iu

/** The form of an answer to reset that readers make up for a card without contacts (PC/SC part 3 §3.1.3.2.3). */
const atrOfContactless = (atr: Uint8Array | null): boolean => atr?.[0] === 0x3b && ((atr[1] ?? 0) & 0xf0) === 0x80 && atr[2] === 0x80 && atr[3] === 0x01

function byWords(text: string): SlotKind | null {
  if (SAM.test(text)) return 'sam'
  if (CONTACTLESS.test(text)) return 'contactless'
  if (CONTACT.test(text)) return 'contact'
  return ON_THE_AIR.test(text) ? 'contactless' : null
}

/**
 * What a slot is for, from its name and, where that leaves it open, from the answer of the card in it. In names of pcsc-lite the part
 * in brackets is the slot's own; a reader with two interfaces says "Dual" before it.
 */
export function slotKindOf(name: string, atr: Uint8Array | null = null): SlotKind {
  if (NO_READER.test(name)) return 'other'
  const own = /\[([^\]]+)\]/u.exec(name)?.[1]
  const said = (own === undefined ? null : byWords(own)) ?? byWords(name.replace(/\[[^\]]*\]/u, ''))
  if (said) return said
  return CONTACTLESS_MODEL.test(name) || atrOfContactless(atr) ? 'contactless' : 'contact'
}

/** Nothing real is behind these: they lend a card that a program plays. */
export const isPlayedByProgram = (name: string): boolean => /^virtual pcd\b/iu.test(name)

/** A name without the numbers that change when readers are plugged in again: pcsc-lite ends it with " 00 00", Windows with " 0". */
export function plainName(name: string): string {
  const lite = /^(.*\S) [0-9A-F]{2} ([0-9A-F]{2})$/u.exec(name)
  if (lite) return lite[2] === '00' ? lite[1] ?? name : `${lite[1] ?? name} ${lite[2] ?? ''}`
  return name.replace(/(\S) \d{1,2}$/u, '$1')
}

/** Plain names for all slots; readers of one kind are told apart by their order: "X", "X (2)". */
export function plainNames(names: readonly string[]): ReadonlyMap<string, string> {
  const counts = new Map<string, number>()
  const found = new Map<string, string>()
  for (const name of [...names].sort()) {
    const plain = plainName(name)
    const count = (counts.get(plain) ?? 0) + 1
    counts.set(plain, count)
    found.set(name, count === 1 ? plain : `${plain} (${count})`)
  }
  return found
}
