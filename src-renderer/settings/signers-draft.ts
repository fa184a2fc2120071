import type { FormSigner, SignerRole } from '@contract/office-forms'
import type { Settings } from '@contract/settings'

/** Whose titles and name are settings; the officer at the counter signs with the name of the account. */
export const SIGNER_ROLES = ['centre', 'head', 'deputy'] as const satisfies readonly SignerRole[]
export type NamedRole = (typeof SIGNER_ROLES)[number]
export type SignerDraft = Readonly<{ first: string; second: string; name: string }>

/** An office as typed; `key` stays while it is renamed and moved. */
export type OfficeDraft = Readonly<{ key: number; name: string }>
export const MOST_OFFICES = 30

export type HandlingDraft = Readonly<{ signers: Readonly<Record<NamedRole, SignerDraft>>; offices: readonly OfficeDraft[]; daily: boolean; recipient: string }>

const EMPTY: SignerDraft = { first: '', second: '', name: '' }

/** What the form shows of the settings. */
export function handlingDraft({ handling, reports }: Pick<Settings, 'handling' | 'reports'>): HandlingDraft {
  const of = (role: NamedRole): SignerDraft => {
    const stored = handling.signers.find((signer) => signer.role === role)
    return stored ? { first: stored.titles[0] ?? '', second: stored.titles[1] ?? '', name: stored.name } : EMPTY
  }
  return {
    signers: { centre: of('centre'), head: of('head'), deputy: of('deputy') },
    offices: handling.offices.map((name, key) => ({ key, name })), daily: reports.daily, recipient: reports.recipient,
  }
}

/** The lines above the signature, as they are printed: none where nothing was typed. */
export const titlesOf = ({ first, second }: SignerDraft): readonly string[] => [first, second].map((line) => line.trim()).filter((line) => line !== '')

const isEmpty = (signer: SignerDraft): boolean => titlesOf(signer).length === 0 && signer.name.trim() === ''

/** What the form means. Roles without a word are left out, offices without a name, too. */
export function handlingOf({ signers, offices, daily, recipient }: HandlingDraft): Pick<Settings, 'handling' | 'reports'> {
  const named = SIGNER_ROLES.filter((role) => !isEmpty(signers[role])).map((role): FormSigner => ({ role, titles: [...titlesOf(signers[role])], name: signers[role].name.trim() }))
  return {
    handling: { signers: named, offices: offices.map(({ name }) => name.trim()).filter((name) => name !== '') },
    reports: { daily, recipient: recipient.trim() },
  }
}

export type HandlingFault = 'title' | 'office-twice'

/** What cannot be kept, by the field's name: a name without a title, an office that stands there twice. */
export function handlingFaults({ signers, offices }: HandlingDraft): Readonly<Record<string, HandlingFault>> {
  const untitled = SIGNER_ROLES.filter((role) => titlesOf(signers[role]).length === 0 && !isEmpty(signers[role])).map((role) => [`${role}.first`, 'title'] as const)
  const plain = (name: string): string => name.trim().toLocaleLowerCase('vi')
  const twice = offices.filter(({ name }, index) => plain(name) !== '' && offices.findIndex((other) => plain(other.name) === plain(name)) < index)
  return Object.fromEntries([...untitled, ...twice.map(({ key }) => [`office.${String(key)}`, 'office-twice'] as const)])
}

/** One place up (−1) or down (+1); the same list at its ends. */
export function moved<T>(list: readonly T[], from: number, step: -1 | 1): readonly T[] {
  const to = from + step
  const [one, other] = [list[from], list[to]]
  if (one === undefined || other === undefined) return list
  return list.map((item, index) => (index === from ? other : index === to ? one : item))
}

/** With an empty line after the one given, or at the end. */
export function withOffice(offices: readonly OfficeDraft[], after = offices.length - 1): Readonly<{ offices: readonly OfficeDraft[]; key: number }> {
  const key = Math.max(-1, ...offices.map((office) => office.key)) + 1
  return { offices: [...offices.slice(0, after + 1), { key, name: '' }, ...offices.slice(after + 1)], key }
}
