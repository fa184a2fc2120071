import { IconAlertTriangle, IconBan, IconCircleCheck, IconCpu, IconHelpCircle, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CertificateView, ChipProof } from '@contract/chip'
import { toCivil } from '@contract/civil-time'
import { formatDate } from '@contract/format'
import { Facts, type IconType } from '../parts'

type Look = readonly [IconType, string]
const GOOD: Look = [IconCircleCheck, 'c-ok']
const OPEN: Look = [IconHelpCircle, 'c-warn']
const WRONG: Look = [IconX, 'c-bad']

const CONTENTS: Readonly<Record<ChipProof['contents']['state'], Look>> = { unchanged: GOOD, changed: WRONG, 'not-checked': OPEN }
const SIGNATURE: Readonly<Record<ChipProof['signature']['state'], Look>> = { valid: GOOD, invalid: WRONG, unsupported: OPEN, 'not-checked': OPEN }
const CHAIN: Readonly<Record<ChipProof['chain']['state'], Look>> = { trusted: GOOD, 'no-anchor': OPEN, expired: OPEN, revoked: [IconBan, 'c-bad'], invalid: [IconAlertTriangle, 'c-warn'], 'not-checked': OPEN }
const COPY: Readonly<Record<ChipProof['copy']['state'], Look>> = { original: GOOD, copied: WRONG, 'not-offered': OPEN, unsupported: OPEN, 'not-checked': OPEN }

/** The four results, each for itself. */
export function Proofs({ proof: { contents, signature, chain, copy } }: { proof: ChipProof }): ReactNode {
  const { t } = useTranslation('chip')
  const wrong = contents.hashes.filter(({ matches }) => !matches).map(({ file }) => file)
  return (
    <div className="proofs">
      <Proof title={t('proof.contents')} look={CONTENTS[contents.state]} state={t(`contents.${contents.state}`)}>
        <Facts width={92} rows={[
          [t('proof.algorithm'), contents.algorithm ?? '–'],
          [t('proof.files'), contents.hashes.length === 0 ? '–' : contents.hashes.map(({ file }) => file).join(', ')],
          ...(wrong.length > 0 ? [[t('proof.differ'), <b key="wrong" className="c-bad">{wrong.join(', ')}</b>] as const] : []),
        ]} />
      </Proof>
      <Proof title={t('proof.signature')} look={SIGNATURE[signature.state]} state={t(`signature.${signature.state}`)}>
        <Facts width={92} rows={[[t('proof.algorithm'), signature.algorithm ?? '–'], [t('proof.signer'), signature.signer ? <Certificate key="signer" certificate={signature.signer} /> : '–']]} />
      </Proof>
      <Proof title={t('proof.chain')} look={chain.practice && chain.state === 'trusted' ? [IconCpu, 't2'] : CHAIN[chain.state]} state={t(`chain.${chain.state}`)}>
        {chain.practice && <p className="m w6">{t('proof.practice')}</p>}
        <Facts width={92} rows={[
          [t('proof.path'), chain.path.length === 0 ? '–' : <ol key="path">{chain.path.map((certificate) => <li key={certificate.sha256}><Certificate certificate={certificate} /></li>)}</ol>],
          [t('proof.revocation'), t(`revocation.${chain.revocation}`)],
        ]} />
      </Proof>
      <Proof title={t('proof.copy')} look={COPY[copy.state]} state={t(`copy.${copy.state}`)}>
        {copy.by !== null && <Facts width={92} rows={[[t('proof.by'), t(`copyBy.${copy.by}`)]]} />}
      </Proof>
    </div>
  )
}

function Proof({ title, look: [Icon, tone], state, children }: { title: string; look: Look; state: string; children: ReactNode }): ReactNode {
  return (
    <section className="proof" aria-label={title}>
      <h3>{title}</h3>
      <p className="head"><Icon className={`i ${tone}`} aria-hidden />{state}</p>
      {children}
    </section>
  )
}

const dayOf = (instant: string): string => formatDate(toCivil(new Date(instant)).date)

/** A certificate in a few lines: whose it is, its key, and when it is in force. */
export function Certificate({ certificate: { subject, notBefore, notAfter, serial, key } }: { certificate: CertificateView }): ReactNode {
  const { t } = useTranslation('chip')
  return (
    <span className="m" style={{ fontWeight: 400, overflowWrap: 'anywhere' }}>
      <span className="w5">{subject}</span><br />
      <span className="t2"><span className="num">{dayOf(notBefore)}</span> – <span className="num">{dayOf(notAfter)}</span></span> <span className="t2">· {key.replace('(explicit)', t('proof.explicit'))}</span><br />
      <span className="mono t3">{t('proof.serial', { serial })}</span>
    </span>
  )
}
