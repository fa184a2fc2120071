import { useQueries } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CertificateSheet, IssuanceId, SignWith } from '@contract/signing'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Badge } from '../parts'
import { CertificateBadge, DemoMark } from './marks'
import { useIssuances, useTokens } from './use-signing'

export type SignerOption = Readonly<{ key: string; with: SignWith; sheet: CertificateSheet; where: string; simulated: boolean }>

/** Whoever can sign here and now: certificates of tokens that are plugged in, and remote ones that were issued at this counter lately. */
export function useSigners(): Readonly<{ list: readonly SignerOption[]; waiting: boolean; error: unknown }> {
  const { t } = useTranslation('signing-desk')
  const tokens = useTokens()
  const issued = useIssuances('done')
  const ids: readonly IssuanceId[] = (issued.data?.items ?? []).slice(0, MOST_REMOTE).map(({ id }) => id)
  const views = useQueries({ queries: ids.map((id) => ({ queryKey: keys.issuanceOne(id), queryFn: () => api.issuance.get({ id }), staleTime: 60_000 })) })
  const onTokens = (tokens.data?.tokens ?? []).flatMap((token) => token.certificates.filter(({ hasKey }) => hasKey).map(({ keyId, sheet }): SignerOption => (
    { key: `${token.id} ${keyId}`, with: { kind: 'token', token: token.id, keyId }, sheet, where: t('tokenNumber', { serial: token.serial.slice(-4) }), simulated: token.simulated }
  )))
  const remote = views.flatMap(({ data }): SignerOption[] => (data?.provider.kind === 'remote' && data.certificate !== null
    ? [{ key: data.id, with: { kind: 'remote', issuance: data.id }, sheet: data.certificate, where: t('keyIn.remote'), simulated: data.provider.demo }] : []))
  return { list: [...onTokens, ...remote], waiting: tokens.isPending, error: tokens.error }
}

const MOST_REMOTE = 10

type Props = Readonly<{ signers: readonly SignerOption[]; value: string; onChange: (key: string) => void }>

export function SignerChoice({ signers, value, onChange }: Props): ReactNode {
  const { t } = useTranslation('signing-desk')
  return (
    <fieldset className="cas">
      <legend className="lbl">{t('signWith')}</legend>
      {signers.map(({ key, sheet, where, simulated }) => (
        <label key={key} className={`ca ${key === value ? 'on' : ''}`}>
          <input type="radio" name="signer" checked={key === value} onChange={() => onChange(key)} />
          <span className="grow row wrap"><b>{sheet.subject}</b><span className="s t2">{where} · {sheet.issuer}</span>{sheet.state !== 'in-force' && sheet.state !== 'unknown' && <CertificateBadge state={sheet.state} />}<DemoMark demo={sheet.demo} />{simulated && <Badge tint="sim">{t('simulated')}</Badge>}</span>
        </label>
      ))}
    </fieldset>
  )
}
