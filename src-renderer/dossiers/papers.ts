import type { DossierView } from '@contract/dossier'
import type { DocumentInfo } from '@contract/draft'
import type { IssuedForm } from '@contract/handling'

/** What can be looked at in the middle of the screen: Mẫu 01 first, then the forms that were issued, then every file in the order of the components. */
export type Paper =
  | Readonly<{ kind: 'receipt'; id: string }>
  | Readonly<{ kind: 'form'; id: string; form: IssuedForm }>
  | Readonly<{ kind: 'document'; id: string; name: string; document: DocumentInfo }>

/** A component without a file that the dossier does need, with what the officer said about it. */
export type Unfiled = Readonly<{ code: string; name: string; mark: string }>

type Source = Pick<DossierView, 'id' | 'code' | 'version' | 'printed' | 'components' | 'documents'>

/** The receipt's id changes when its content may have: after a new version, a final code, or a print. */
export function papersOf({ id, code, version, printed, components, documents }: Source, forms: readonly IssuedForm[] = []): readonly Paper[] {
  const order = new Map(components.map((component, index) => [component.code, index]))
  const place = (document: DocumentInfo): number => order.get(document.component) ?? components.length
  const sorted = [...documents].sort((left, right) => place(left) - place(right) || left.ordinal - right.ordinal)
  const nameOf = (document: DocumentInfo): string => components.find((component) => component.code === document.component)?.name ?? document.name
  return [
    { kind: 'receipt', id: `receipt/${id}/${code}/${String(version)}/${String(printed)}` },
    // A control slip grows with the version.
    ...forms.map((form) => ({ kind: 'form' as const, id: `form/${form.id}/${String(version)}/${String(form.prints)}`, form })),
    ...sorted.map((document) => ({ kind: 'document' as const, id: document.id, name: nameOf(document), document })),
  ]
}

export function unfiledOf({ components, documents }: Pick<Source, 'components' | 'documents'>): readonly Unfiled[] {
  return components.filter(({ code, mark }) => mark !== 'not-needed' && !documents.some(({ component }) => component === code)).map(({ code, name, mark }) => ({ code, name, mark }))
}
