import { IconAlertTriangle, IconClock, IconFileDiff, IconInfoCircle, IconShieldSearch } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CertificateSheet, DocumentReport, SignatureReport } from '@contract/signing'
import { formatFullMoment } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { dateOf, momentOf } from '../feedback/moments'
import { Button, Facts, Note } from '../parts'
import { CertificateDialog } from './certificate'
import { DemoMark, VERDICTS, VerdictBadge } from './marks'

/** All signatures of a document. What was changed after signing is said before anything else. */
export function ReportPanel({ report, onRevision }: { report: DocumentReport; onRevision?: (revision: number) => void }): ReactNode {
  const { t } = useTranslation(['signing-desk', 'signing'])
  const [sheet, setSheet] = useState<CertificateSheet | null>(null)
  if (report.encrypted) return <Note tint="bad" icon={IconAlertTriangle}>{t('encryptedHelp')}</Note>
  if (report.verdict === null) return <Note icon={IconInfoCircle}>{t('unsignedHelp')}</Note>
  const [tint, Icon] = VERDICTS[report.verdict]
  return (
    <div className="col report" style={{ gap: 12 }}>
      {report.changedSince && <Note tint="bad" icon={IconFileDiff} role="alert"><b>{t('changedSince')}</b><p className="m">{t(onRevision ? 'changedSinceHelp' : 'changedSinceElsewhere')}</p></Note>}
      <Note tint={tint} icon={Icon}><b>{t(`verdict.${report.verdict}`, { ns: 'signing' })}</b> · {t('signatures', { count: report.signatures.filter(({ kind }) => kind === 'signature').length })}</Note>
      {report.signatures.map((signature) => <Signature key={signature.field} signature={signature} onSheet={setSheet} {...(onRevision && { onRevision })} />)}
      <p className="s t2 row" style={{ gap: 6 }}><IconShieldSearch className="i xs" aria-hidden />{t('checkedAt', { at: momentOf(report.checkedAt), day: dateOf(`${report.anchorsIssued}T00:00:00.000Z`) })}</p>
      <CertificateDialog sheet={sheet} onClose={() => setSheet(null)} />
    </div>
  )
}

type SignatureProps = Readonly<{ signature: SignatureReport; onSheet: (sheet: CertificateSheet) => void; onRevision?: (revision: number) => void }>

function Signature({ signature, onSheet, onRevision }: SignatureProps): ReactNode {
  const { t } = useTranslation(['signing-desk', 'signing'])
  const { signer, later, time, why } = signature
  const none = <span className="t3">{t('none', { ns: 'common' })}</span>
  const harm = later.filter(({ harmless }) => !harmless)
  const kinds = [...new Set(later.map(({ kind }) => kind))]
  return (
    <section className="sigline" aria-label={signer?.subject ?? signature.field}>
      <div className="row wrap">
        <b className="grow">{signature.kind === 'timestamp' ? t('timestampOf', { name: signer?.subject ?? '' }) : (signer?.subject ?? t('unknownSigner'))}</b>
        {signer && <DemoMark demo={signer.demo} />}<VerdictBadge verdict={signature.verdict} />
      </div>
      {why !== null && <p className={`m ${signature.verdict === 'TOTAL-FAILED' ? 'c-bad' : 'c-warn'} w5`}>{t(`why.${why}`, { ns: 'signing' })}</p>}
      <Facts width={118} rows={[
        ...(later.length === 0 ? [] : [[t('fact.later'), <span key="later" className={harm.length > 0 ? 'c-bad w6' : ''}>{kinds.map((kind) => t(`later.${kind}`, { ns: 'signing' })).join(', ')}</span>] as const]),
        [t('fact.issuer'), signer === null ? none : signature.anchor === null ? <span className="c-warn">{t('noAnchor', { issuer: signer.issuer })}</span> : signer.chain.slice(1).join(' → ') || signature.anchor],
        [t('fact.time'), time === null ? none : <span key="time"><IconClock className="i xs" aria-hidden /> <span className="num">{formatFullMoment(new Date(time.at), currentLanguage())}</span> · {t(`time.${time.source}`, { ns: 'signing', authority: time.authority ?? '' })}</span>],
        [t('fact.revocation'), <Revocation key="revocation" of={signature.revocation} passed={signature.verdict === 'TOTAL-PASSED'} />],
        [t('fact.revision'), t(signature.coversWhole ? 'wholeDocument' : 'revisionOf', { revision: signature.revision, count: signature.revisions })],
        [t('fact.level'), `${signature.level === 'other' ? t('level.other', { ns: 'signing' }) : `PAdES ${signature.level}`}${signature.scheme === null ? '' : ` · ${t(`scheme.${signature.scheme}`)}`}`],
        ...(signature.reason === null ? [] : [[t('fact.reason'), signature.reason] as const]),
      ]} />
      <div className="row wrap">
        {signer && <Button small onPress={() => onSheet(signer)}>{t('seeWholeCertificate')}</Button>}
        {onRevision && !signature.coversWhole && <Button small onPress={() => onRevision(signature.revision)}>{t('asSigned')}</Button>}
      </div>
    </section>
  )
}

/** "Not revoked" with the age of who says so. */
function Revocation({ of: { state, source, from, thisUpdate, revokedAt }, passed }: { of: SignatureReport['revocation']; passed: boolean }): ReactNode {
  const { t } = useTranslation(['signing', 'signing-desk'])
  const age = thisUpdate === null ? '' : ` · ${t('revocation.as-of', { moment: momentOf(thisUpdate), source: source === null ? '' : source.toUpperCase() })}${from === null ? '' : ` (${t(`revocation.from.${from}`)})`}`
  // Signed, and proven to be so, before the certificate was revoked.
  if (state === 'revoked' && passed) return <span>{t('revokedLater', { ns: 'signing-desk', at: revokedAt === null ? '' : momentOf(revokedAt) })}{age}</span>
  if (state === 'revoked') return <span className="c-bad w6">{t('revocation.revoked')}{revokedAt !== null && ` ${momentOf(revokedAt)}`}{age}</span>
  return <span className={state === 'no-answer' ? 'c-warn w6' : ''}>{t(`revocation.${state}`)}{age}</span>
}
