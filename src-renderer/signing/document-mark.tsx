import { IconFileCertificate } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentId } from '@contract/ids'
import type { SignTarget } from '@contract/signing'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Button, DocumentView, FailureNote, FormDialog, Loading } from '../parts'
import { SignedMark } from './marks'
import { ReportPanel } from './report'
import './signing.css'

/** Beside a PDF: whether it is signed and can be relied on; opens the whole judgement. Nothing for a document that nobody signed. */
export function DocumentMark({ documentId, name }: { documentId: DocumentId; name: string }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const [open, setOpen] = useState(false)
  const { data } = useQuery({ queryKey: keys.signedBadges(documentId), queryFn: () => api.signing.badges({ documents: [documentId] }) })
  const badge = data?.[documentId]
  if (!badge) return null
  return (
    <>
      <SignedMark badge={badge} />
      <Button small icon={IconFileCertificate} onPress={() => setOpen(true)}>{t('checkSignature')}</Button>
      {open && <ReportDialog target={{ kind: 'document', id: documentId }} name={name} onClose={() => setOpen(false)} />}
    </>
  )
}

/** The judgement of one document, asked anew, and the document as it was when it was signed. */
function ReportDialog({ target, name, onClose }: { target: SignTarget; name: string; onClose: () => void }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const [revision, setRevision] = useState<number | null>(null)
  const { data: report, error } = useQuery({ queryKey: keys.signatures(target.id), queryFn: () => api.signing.report({ target, online: true }) })
  return (
    <FormDialog open title={name} onClose={onClose} wide>
      {revision === null ? (
        <>
          <FailureNote error={error} />
          {!report && !error && <Loading what={t('checking')} />}
          {report && <ReportPanel report={report} onRevision={setRevision} />}
        </>
      ) : (
        <div className="col as-signed" style={{ gap: 10 }}>
          <div><Button small onPress={() => setRevision(null)}>{t('result')}</Button></div>
          <DocumentView id={`${target.id} ${String(revision)}`} load={() => api.signing.revision({ target, revision })} mediaType="application/pdf" label={`${name} ${String(revision)}`} />
        </div>
      )}
    </FormDialog>
  )
}
