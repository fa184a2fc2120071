import { IconFileText, IconSignature, IconUserPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentInfo } from '@contract/draft'
import type { DraftId } from '@contract/ids'
import { api } from '../app/api'
import { Button, Card, FailureNote } from '../parts'
import { SignDialog } from './sign-dialog'
import { StartDialog } from './start-dialog'
import type { SubjectForm } from './subject'

type Props = Readonly<{
  draftId: DraftId
  person: SubjectForm
  documents: readonly DocumentInfo[]
  /** What was typed must be saved before the core makes anything of it. */
  first: () => Promise<unknown>
  /** The documents of the draft are others now. */
  changed: () => Promise<unknown>
}>

/** Within an errand: sign its papers with the citizen's own signature, and issue one to whoever has none. */
export function DraftSigningCard({ draftId, person, documents, first, changed }: Props): ReactNode {
  const { t } = useTranslation('signing-desk')
  const navigate = useNavigate()
  const [open, setOpen] = useState<'sign' | 'issue' | null>(null)
  const pdfs = documents.filter(({ mediaType }) => mediaType === 'application/pdf')
  const declare = useMutation({ mutationFn: async () => { await first(); return api.signing.declaration({ draftId }) }, onSuccess: changed })
  return (
    <Card title={t('title')} icon={IconSignature}>
      <div className="row wrap" style={{ gap: 6 }}>
        <Button small icon={IconSignature} keys="Alt+Y" {...(pdfs.length === 0 && { waitsFor: t('nothingToSign') })} onPress={() => setOpen('sign')}>{t('signPapers')}</Button>
        <Button small icon={IconFileText} waitsFor={declare.isPending ? t('making') : undefined} onPress={() => declare.mutate()}>{t('declaration')}</Button>
        <Button small icon={IconUserPlus} onPress={() => setOpen('issue')}>{t('certificateOf')}</Button>
      </div>
      <FailureNote error={declare.error} />
      {open === 'sign' && <SignDialog targets={pdfs.map(({ id }) => ({ kind: 'document', id }))} onClose={() => setOpen(null)} onSigned={() => void changed()} />}
      {open === 'issue' && <StartDialog card={null} known={person} draftId={draftId} onClose={() => setOpen(null)} onStarted={({ id }) => void navigate({ to: '/signing/$issuanceId', params: { issuanceId: id } })} />}
    </Card>
  )
}
