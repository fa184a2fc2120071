import type { Act, IssuedForm, Second } from '@contract/handling'
import type { DossierView } from '@contract/dossier'
import type { Paper } from '@contract/receipt'

/** What an act brings about. */
export type Done = Readonly<{ dossier: DossierView; form: IssuedForm | null }>

/** Whom an act is about: a dossier, or a draft whose papers are not taken in. */
export type ActSubject = Readonly<{
  /** Names it for previews. */
  id: string
  components: readonly Readonly<{ code: string; name: string }>[]
  preview(act: Act, paper: Paper): Promise<Blob>
  send(act: Act, second: Second | null): Promise<Done>
}>

export type ActDialogProps = Readonly<{ subject: ActSubject; onClose: () => void; onDone: (done: Done) => void }>
