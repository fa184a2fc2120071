import './signing.css'
import { IconAlertTriangle, IconCertificate, IconDeviceFloppy, IconDeviceTv, IconKey, IconRefresh, IconUsb } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CertificateSheet, TokenCard, TokensView } from '@contract/signing'
import { api, problemOf } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useMay } from '../app/session'
import { dateOf } from '../feedback/moments'
import { Badge, Button, Card, Empty, FailureNote, Facts, Loading, ProblemNote } from '../parts'
import { useDisplay } from '../show/use-display'
import { CertificateDialog } from './certificate'
import { CertificateBadge, DemoMark } from './marks'
import { OwnPinDialog } from './own-pin'
import { SimulatedCard } from './simulated-card'
import { SigningTabs } from './tabs'
import { PinMark } from './token-steps'
import { useTokens } from './use-signing'

const taken = (view: TokensView): void => void queryClient.setQueryData(keys.tokens, view)

/** What is plugged in, what lies on it, how its PIN stands, and what keeps a driver from working. */
export function TokensScreen(): ReactNode {
  const { t } = useTranslation('signing-desk')
  const { data: view, error } = useTokens()
  const refresh = useMutation({ mutationFn: () => api.tokens.refresh(), onSuccess: taken })
  return (
    <main className="work signing tokens">
      <div className="main">
        <div className="pagehd"><h1>{t('title')}</h1><SigningTabs /><span className="end"><Button icon={IconRefresh} keys="Ctrl+R" waitsFor={refresh.isPending ? t('lookingAgain') : undefined} onPress={() => refresh.mutate()}>{t('lookAgain')}</Button></span></div>
        <FailureNote error={error ?? refresh.error} />
        {view?.troubles.map(({ driver, code }) => <ProblemNote key={driver} focus={false} problem={{ ...problemOf(null), code: code as ReturnType<typeof problemOf>['code'], params: { driver } }} />)}
        <div className="scroll grow col" style={{ gap: 12 }}>
          {view === undefined && !error && <Loading what={t('lookingAgain')} />}
          {view?.tokens.length === 0 && <section className="card"><Empty title={t('noTokenTitle')} icon={IconUsb}>{t('noToken')}</Empty></section>}
          {view?.tokens.map((token) => <Token key={token.id} token={token} />)}
        </div>
      </div>
      <aside className="aside" aria-label={t('drivers')}>{view && <SimulatedCard offered={view.offered} />}<Drivers view={view} /></aside>
    </main>
  )
}

function Token({ token }: { token: TokenCard }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const mayReceive = useMay('receive')
  const [changing, setChanging] = useState(false)
  const [sheet, setSheet] = useState<CertificateSheet | null>(null)
  const shown = useDisplay()?.shown.kind
  const onDisplay = useMutation({ mutationFn: () => api.tokens.changePinOnDisplay({ token: token.id }) })
  const save = useMutation({ mutationFn: (keyId: string) => api.tokens.saveCertificate({ token: token.id, keyId }) })
  return (
    <Card title={token.label} icon={IconUsb} aside={<>{token.simulated && <Badge tint="sim">{t('simulated')}</Badge>}<PinMark token={token} /></>}>
      <div className="col" style={{ gap: 12 }}>
        <Facts width={130} rows={[[t('fact.serial'), <span key="s" className="mono">{token.serial}</span>], [t('fact.maker'), [token.maker, token.model].filter((part) => part !== '').join(' · ')], [t('fact.driver'), <span key="d" className="mono">{token.driver}</span>], [t('fact.schemes'), token.schemes.map((scheme) => t(`scheme.${scheme}`)).join(', ')]]} />
        {token.certificates.length === 0 && <p className="m t2">{t('noCertificate')}</p>}
        {token.certificates.map(({ keyId, hasKey, sheet: one }) => (
          <div key={`${keyId} ${one.sha256}`} className="certline">
            <IconCertificate className="i" aria-hidden />
            <div className="grow"><b>{one.subject}</b><div className="s t2 num">{one.issuer} · {dateOf(one.notBefore)} – {dateOf(one.notAfter)}{!hasKey && <> · <span className="c-warn">{t('noKey')}</span></>}</div></div>
            <DemoMark demo={one.demo} /><CertificateBadge state={one.state} />
            <Button small onPress={() => setSheet(one)}>{t('seeCertificate')}</Button>
            <Button small icon={IconDeviceFloppy} label={t('saveCertificate')} onPress={() => save.mutate(keyId)}>{t('save')}</Button>
          </div>
        ))}
        {token.pin === 'blocked' && <p className="m w6 c-bad row" style={{ gap: 6 }}><IconAlertTriangle className="i xs" aria-hidden />{t('blockedHelp')}</p>}
        {mayReceive && (
          <div className="row wrap">
            <Button small icon={IconKey} waitsFor={token.pin === 'blocked' ? t('pin.blocked') : undefined} onPress={() => setChanging(true)}>{t('changeOwnPin')}</Button>
            <Button small icon={IconDeviceTv} waitsFor={token.pin === 'blocked' ? t('pin.blocked') : onDisplay.isPending ? t('citizenTypes') : undefined} onPress={() => onDisplay.mutate()}>{t('changePinOnDisplay')}</Button>
            {onDisplay.isSuccess && <span className="m t2" role="status">{t(shown === 'pin' ? 'pinBeingChanged' : 'pinWasAsked')}</span>}
          </div>
        )}
        <FailureNote error={onDisplay.error ?? save.error} />
      </div>
      {changing && <OwnPinDialog token={token} onClose={() => setChanging(false)} onChanged={(view) => { taken(view); setChanging(false) }} />}
      <CertificateDialog sheet={sheet} onClose={() => setSheet(null)} />
    </Card>
  )
}

function Drivers({ view }: { view: TokensView | undefined }): ReactNode {
  const { t } = useTranslation('signing-desk')
  if (!view) return null
  return (
    <Card title={t('drivers')} icon={IconUsb}>
      <div className="col" style={{ gap: 8 }}>
        {view.drivers.length === 0 && <p className="m t2">{t('noDriver')}</p>}
        {view.drivers.map(({ path, name, found, running }) => <div key={path} className="m"><div className="row"><b className="grow ell" title={path}>{name}</b><Badge tint={running ? 'ok' : 'line'}>{t(running ? 'running' : 'resting')}</Badge></div><span className="s t2">{t(`found.${found}`)}</span></div>)}
        <p className="s t2">{t('driversHelp')}</p>
      </div>
    </Card>
  )
}
