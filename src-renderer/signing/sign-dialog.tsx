import { IconAlertTriangle, IconSignature, IconWriting } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignReview, SignTarget, SigningJob, SignWith } from '@contract/signing'
import { formatSize } from '@contract/format'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { queryClient } from '../app/queries'
import { Badge, Button, FailureNote, FormDialog, Loading, Note, Segmented, TextField } from '../parts'
import { useDisplay } from '../show/use-display'
import { CertificateBadge, DemoMark, SignedMark } from './marks'
import { PinField, takePins } from './own-pin'
import { PinMark } from './token-steps'
import { JobState } from './job-state'
import { SignerChoice, useSigners } from './signer-choice'

type Props = Readonly<{ targets: readonly SignTarget[]; /** Who is asked for the PIN to begin with. */ first?: 'citizen' | 'own'; onClose: () => void; onSigned: () => void }>

/** Everything that is signed on one sheet, what speaks against it, and one PIN for all of it. */
export function SignDialog({ targets, first = 'citizen', onClose, onSigned }: Props): ReactNode {
  const { t } = useTranslation('signing-desk')
  const [job, setJob] = useState<SigningJob | null>(null)
  return (
    <FormDialog open title={t('signTitle', { count: targets.length })} onClose={onClose} wide>
      {job === null ? <Chooses targets={targets} first={first} onClose={onClose} onJob={setJob} /> : <JobState job={job} onClose={() => { onSigned(); onClose() }} />}
    </FormDialog>
  )
}

function Chooses({ targets, first, onClose, onJob }: Pick<Props, 'targets' | 'onClose'> & { first: 'citizen' | 'own'; onJob: (job: SigningJob) => void }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const signers = useSigners()
  const [chosen, setChosen] = useState<string | null>(null)
  const signer = signers.list.find(({ key }) => key === chosen) ?? signers.list[0]
  if (signers.waiting) return <Loading what={t('lookingAgain')} />
  return (
    <div className="col" style={{ gap: 14 }}>
      <FailureNote error={signers.error} />
      {signers.list.length === 0 ? <Note tint="warn" icon={IconAlertTriangle}>{t('noSigner')}</Note> : <SignerChoice signers={signers.list} value={signer?.key ?? ''} onChange={setChosen} />}
      {signer && <Review key={signer.key} targets={targets} first={first} signer={signer.with} onClose={onClose} onJob={onJob} />}
    </div>
  )
}

type ReviewProps = Readonly<{ targets: readonly SignTarget[]; first: 'citizen' | 'own'; signer: SignWith; onClose: () => void; onJob: (job: SigningJob) => void }>

function Review({ targets, first, signer, onClose, onJob }: ReviewProps): ReactNode {
  const { t } = useTranslation('signing-desk')
  const form = useRef<HTMLFormElement>(null)
  const display = useDisplay()
  const [who, setWho] = useState<'citizen' | 'own'>(first)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  // Not every paper of an errand is the signer's own words.
  const [out, setOut] = useState<ReadonlySet<string>>(new Set())
  const meant = targets.filter(({ id }) => !out.has(id))
  const toggle = (id: string): void => setOut((now) => (now.has(id) ? new Set([...now].filter((one) => one !== id)) : new Set([...now, id])))
  const { data: review, error } = useQuery({ queryKey: ['signing', 'review', targets, signer], queryFn: () => api.signing.review({ targets: [...targets], with: signer }), staleTime: 0, gcTime: 0 })
  const sign = useMutation({
    mutationFn: (pin: Parameters<typeof api.signing.sign>[0]['pin']) => api.signing.sign({ targets: [...meant], with: signer, pin, reason: reason.trim() === '' ? null : reason.trim() }),
    onSuccess: (job) => { void queryClient.invalidateQueries({ queryKey: ['signing'] }); onJob(job) },
    gcTime: 0,
  })
  const go = (): void => {
    if (signer.kind === 'remote') return sign.mutate({ kind: 'none' })
    if (who === 'citizen') return sign.mutate({ kind: 'citizen' })
    const [pin = ''] = takePins(form.current, 'pin')
    setMissing(pin === '')
    if (pin !== '') sign.mutate({ kind: 'own', pin })
  }
  const blocked = review !== undefined && (review.warnings.some((warning) => warning === 'expired' || warning === 'revoked' || warning === 'blocked' || warning === 'not-yet') || review.documents.every(({ target, refused }) => refused !== null || out.has(target.id)))
  return (
    <form ref={form} className="col" style={{ gap: 12 }} onSubmit={(event) => { event.preventDefault(); go() }}>
      <FailureNote error={error ?? sign.error} />
      {!review && !error && <Loading what={t('reviewing')} />}
      {review && <Reviewed review={review} out={out} onToggle={toggle} />}
      {signer.kind === 'token' && <Segmented label={t('whosePin')} value={who} onChange={setWho} options={[{ value: 'citizen', label: t('pinOf.citizen') }, { value: 'own', label: t('pinOf.own') }]} />}
      {signer.kind === 'token' && who === 'own' && <PinField label={t('ownPin')} name="pin" autoFocus fault={missing ? t('missing.pin') : undefined} />}
      {signer.kind === 'token' && who === 'citizen' && display?.attached !== true && <p className="m c-warn w6">{t('displayNeeded')}</p>}
      <TextField label={t('reason')} value={reason} onChange={setReason} maxLength={200} hint={t('reasonHint')} />
      <div className="row dlgfoot">
        <Button caps="Escape" onPress={onClose}>{t('cancel')}</Button>
        <Button kind="primary" icon={IconSignature} keys="Ctrl+Enter" waitsFor={sign.isPending ? t(signer.kind === 'token' && who === 'citizen' ? 'citizenTypes' : 'signingNow') : blocked ? t('cannotSign') : undefined} onPress={go}>{t('signAll', { count: meant.length })}</Button>
      </div>
    </form>
  )
}

function Reviewed({ review, out, onToggle }: { review: SignReview; out: ReadonlySet<string>; onToggle: (id: string) => void }): ReactNode {
  const { t } = useTranslation('signing-desk')
  return (
    <>
      <ul className="targets">
        {review.documents.map(({ target, title, pages, size, signed, refused }) => (
          <li key={target.id} className="row m">{review.documents.length > 1 ? <input type="checkbox" checked={!out.has(target.id)} aria-label={t('signThis', { title })} onChange={() => onToggle(target.id)} /> : <IconWriting className="i xs" aria-hidden />}<span className="grow ell" title={title}>{title}</span>{signed && <SignedMark badge={signed} />}{refused !== null ? <Badge tint="bad" icon={IconAlertTriangle}>{t('refusedDocument')} {refused}</Badge> : <span className="s t2 num">{pages !== null && `${t('pages', { count: pages })} · `}{formatSize(size, currentLanguage())}</span>}</li>
        ))}
      </ul>
      <div className="certline">
        <div className="grow"><b>{review.certificate.subject}</b><div className="s t2">{review.certificate.issuer} · {t(`scheme.${review.scheme}`)} · PAdES {review.level}</div></div>
        {review.token && <PinMark token={review.token} />}<DemoMark demo={review.certificate.demo} /><CertificateBadge state={review.certificate.state} />
      </div>
      {review.warnings.length > 0 && <Note tint="warn" icon={IconAlertTriangle}><ul>{review.warnings.map((warning) => <li key={warning}>{t(`warning.${warning}`)}</li>)}</ul></Note>}
    </>
  )
}
