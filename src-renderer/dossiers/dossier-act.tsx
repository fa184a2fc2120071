import { type ReactNode, useMemo } from 'react'
import type { Act, Acts } from '@contract/handling'
import type { DossierView } from '@contract/dossier'
import { ExtensionDialog } from '../acts/extension'
import { HandoverDialog } from '../acts/handover'
import { CompletedDialog, ResultReadyDialog } from '../acts/plain'
import { RefusalDialog } from '../acts/refusal'
import { StopDialog } from '../acts/stop'
import type { ActSubject, Done } from '../acts/subject'
import { SupplementDialog } from '../acts/supplement'
import { api } from '../app/api'
import { useCorrect } from './use-correct'

type Props = Readonly<{ dossier: DossierView; acts: Acts; kind: Act['kind']; onClose: () => void; onDone: (done: Done) => void }>

/** An act on a received dossier, in its dialog. */
export function DossierAct({ dossier, acts, kind, onClose, onDone }: Props): ReactNode {
  const correct = useCorrect(dossier)
  const { id: dossierId, version, components } = dossier
  const subject = useMemo((): ActSubject => ({
    id: `${dossierId}/${String(version)}`, components,
    preview: (act, paper) => api.handling.preview({ dossierId, act, paper }),
    send: (act, second) => api.handling.act({ dossierId, version, act, second }),
  }), [dossierId, version, components])
  const props = { subject, onClose, onDone }
  switch (kind) {
    case 'supplement': return <SupplementDialog {...props} earlier={acts.supplement.earlier} />
    case 'refusal': return <RefusalDialog {...props} />
    case 'extension': return <ExtensionDialog {...props} extension={acts.extension} dueAt={dossier.dueAt} />
    case 'stop': return <StopDialog {...props} needsSecond={acts.stop.needsSecond} />
    case 'handover': return <HandoverDialog {...props} handover={acts.handover} />
    case 'result-ready': return <ResultReadyDialog {...props} />
    case 'completed': return acts.open && <CompletedDialog {...props} open={acts.open} onScan={() => correct.mutate()} />
  }
}
