import type { DraftContent } from '@contract/draft'
import { fold } from '@contract/fold'
import type { Having } from '@contract/guide'
import type { DossierId } from '@contract/ids'
import type { Procedure, ProcedureComponent } from '@contract/procedures'
import { type DossierRow, readDossier } from '../intake'
import type { Reader } from '../storage'

/** Dossiers of one person that are looked through, the newest. */
const LOOKED_THROUGH = 30
/** Given out, or lying ready: 9 Đã xử lý xong, 10 Đã trả kết quả. */
const DONE: readonly number[] = [9, 10]
const IDENTITY = /giay to tuy than|can cuoc/u
/** The papers of somebody else, or of several, are not shown by one person's card. */
const OF_OTHERS = /cha, me|hai ben|cac ben|nguoi|vo|chong/u

const isIdentity = ({ name, kind }: ProcedureComponent): boolean => kind === 'shown' && IDENTITY.test(fold(name)) && !OF_OTHERS.test(fold(name))
const identified = ({ applicant }: Pick<DraftContent, 'applicant'>): boolean => ['chip', 'qr'].includes(applicant.sources['idNumber'] ?? '')
/** A new application is made each time; what was shown was given back. */
const isLasting = ({ code, kind }: ProcedureComponent): boolean => kind !== 'shown' && !/^(?:to-khai|don|du-thao|giay-de-nghi|ct01|phieu|uy-quyen)/u.test(code)

type Earlier = Readonly<{ dossier: DossierRow; withFiles: ReadonlySet<string> }>

function earlierOf(reader: Reader, idNumber: string): Earlier[] {
  const ids = reader.all('SELECT id FROM dossier WHERE applicant_id_number = ? ORDER BY received_at DESC LIMIT ?', [idNumber, LOOKED_THROUGH], (row) => row.text<DossierId>('id'))
  return ids.map((id) => ({
    dossier: readDossier(reader, id),
    withFiles: new Set(reader.all('SELECT d.component FROM dossier_document x JOIN document d ON d.id = x.document_id WHERE x.dossier_id = ? AND d.removed = 0', [id], (row) => row.text('component'))),
  }))
}

/** Names of papers as they may be compared: without marks, brackets and what kind of copy it is. */
const bare = (name: string): string => fold(name).replace(/\(.*?\)/gu, ' ').replace(/\b(?:ban sao|ban chinh)\b/gu, ' ').replace(/\s+/gu, ' ').trim()

function havingOf(component: ProcedureComponent, earlier: readonly Earlier[]): Having | null {
  if (!isLasting(component)) return null
  const given = earlier.find(({ dossier }) => DONE.includes(dossier.state) && bare(dossier.body.resultName) === bare(component.name))
  if (given) return { source: 'result', dossier: given.dossier.code, receivedAt: given.dossier.receivedAt }
  const taken = earlier.find(({ dossier, withFiles }) => dossier.body.components.some((one) => withFiles.has(one.code) && bare(one.name) === bare(component.name)))
  return taken ? { source: 'earlier', dossier: taken.dossier.code, receivedAt: taken.dossier.receivedAt } : null
}

/**
 * What this machine really has of the person in hand, by the code of the paper: identified by card, a paper of the same name in a dossier
 * of the same identity number, or one that the ward gave out itself. A paper that is like it but not named alike is not claimed.
 */
export function havingFor(reader: Reader, procedure: Procedure, content: Pick<DraftContent, 'applicant'>): Record<string, Having> {
  const idNumber = content.applicant.idNumber.replace(/\D/gu, '')
  const earlier = /^(?:\d{9}|\d{12})$/u.test(idNumber) ? earlierOf(reader, idNumber) : []
  return Object.fromEntries(procedure.components.flatMap((component): [string, Having][] => {
    if (isIdentity(component)) return identified(content) ? [[component.code, { source: 'card' }]] : []
    const having = havingOf(component, earlier)
    return having ? [[component.code, having]] : []
  }))
}
