import { IconCertificate, IconCheck, IconDeviceTv, IconDeviceTvOff, IconEye, IconEyeOff, IconUsb, IconPlugX } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IssuanceView } from '@contract/signing'
import { formatDate, formatIdNumber } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { useShortcut } from '../app/shortcuts'
import { useCounterState } from '../chip/use-counter'
import { Face } from '../chip/face'
import { dateOf } from '../feedback/moments'
import { Badge, Button, Card, Facts, FailureNote } from '../parts'
import { useDisplay, useDisplayActs } from '../show/use-display'
import { CertificateDialog } from './certificate'
import { PinMark } from './token-steps'
import { useTokens } from './use-signing'

/** Whom it is for, what will stand in the certificate, what the citizen sees, what is plugged in. */
export function IssueAside({ view }: { view: IssuanceView }): ReactNode {
  const { t } = useTranslation('signing-desk')
  return (
    <aside className="aside" aria-label={t('asideLabel')}>
      <Who view={view} />
      <Certificate view={view} />
      <OnDisplay />
      {view.provider.kind === 'token' && <Devices view={view} />}
    </aside>
  )
}

function Who({ view: { subject } }: { view: IssuanceView }): ReactNode {
  const result = useCounterState((state) => state.result)
  const mine = result !== null && result.reading.person.idNumber === subject.idNumber ? result : null
  return (
    <Card label={subject.fullName}>
      <div className="person-head">
        {mine && <Face result={mine} />}
        <div className="grow"><p className="name">{subject.fullName}</p><p className="num idline">{formatIdNumber(subject.idNumber)}</p><p className="m t2 num">{formatDate(subject.birthDate)}</p></div>
      </div>
    </Card>
  )
}

function Certificate({ view }: { view: IssuanceView }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const [open, setOpen] = useState(false)
  const { subject, provider, certificate } = view
  return (
    <Card title={t(certificate === null ? 'toBeIssued' : 'issued')} icon={IconCertificate} aside={certificate && <Button small onPress={() => setOpen(true)}>{t('seeCertificate')}</Button>}>
      <Facts width={84} rows={[
        [t('fact.name'), certificate?.subject ?? subject.fullName.toLocaleUpperCase('vi')],
        [t('fact.id'), <span key="id" className="num">{certificate?.ids.join(', ') ?? `CCCD:${subject.idNumber}`}</span>],
        [t('fact.province'), certificate?.province ?? subject.province],
        [t('fact.validity'), certificate === null ? t('years', { count: provider.years }) : <span key="validity" className="num">{dateOf(certificate.notBefore)} – {dateOf(certificate.notAfter)}</span>],
        [t('fact.key'), `${view.key === null ? '' : `${t(`key.${view.key}`)}, `}${t(`keyIn.${provider.kind}`)}`],
        [t('fact.price'), provider.price[currentLanguage()]],
      ]} />
      {certificate && <CertificateDialog sheet={open ? certificate : null} onClose={() => setOpen(false)} />}
    </Card>
  )
}

/** What the citizen sees; here nothing is pushed by F8: each step pushes its own page. */
function OnDisplay(): ReactNode {
  const { t } = useTranslation(['show', 'signing-desk'])
  const display = useDisplay()
  const acts = useDisplayActs()
  const attached = display?.attached ?? false
  const shown = display?.shown.kind ?? 'waiting'
  useShortcut('Shift+F8', t('clear'), attached && shown !== 'waiting' ? acts.clear : undefined)
  return (
    <Card title={t('title')} icon={attached ? IconDeviceTv : IconDeviceTvOff}>
      <div className="col" style={{ gap: 7 }}>
        {attached ? (
          <div className="row wrap m" style={{ gap: '4px 8px' }} role="status"><span className="grow">{t('now')} <b>{t(`page.${shown}`)}</b></span>{shown === 'waiting' ? <Badge tint="line" icon={IconEyeOff}>{t('nothing')}</Badge> : <Badge tint="info" icon={IconEye}>{t('shown')}</Badge>}</div>
        ) : <div className="row wrap"><span className="m t2">{t('notThere')}</span><Button small icon={IconDeviceTv} onPress={acts.open}>{t('open')}</Button></div>}
        {attached && shown !== 'waiting' && <div className="row wrap">{shown === 'pin' && <Button small onPress={acts.moreTime}>{t('moreTime')}</Button>}<Button small caps="Shift+F8" onPress={acts.clear}>{t('clearDisplay', { ns: 'signing-desk' })}</Button></div>}
        <FailureNote error={acts.error} />
      </div>
    </Card>
  )
}

function Devices({ view }: { view: IssuanceView }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const { data } = useTokens()
  const tokens = data?.tokens ?? []
  return (
    <Card title={t('devices')} icon={IconUsb}>
      <div className="col" style={{ gap: 8 }}>
        {tokens.length === 0 && <div className="row m"><span className="grow">{t('usbToken')}</span><Badge tint="line" icon={IconPlugX}>{t('unplugged')}</Badge></div>}
        {tokens.map((token) => (
          <div key={token.id} className="row wrap m" style={{ gap: '4px 8px' }}><span className={token.id === view.token ? 'w6' : ''} style={{ flex: '1 0 100%' }} title={token.label}>{t('tokenNumber', { serial: token.serial.slice(-4) })}</span><PinMark token={token} />{token.simulated ? <Badge tint="sim">{t('simulated')}</Badge> : <Badge tint="ok" icon={IconCheck}>{t('plugged')}</Badge>}</div>
        ))}
      </div>
    </Card>
  )
}
