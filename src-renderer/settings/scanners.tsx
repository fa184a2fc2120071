import './scanners.css'
import { IconCpu, IconPlus, IconRefresh, IconScan, IconTrash } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Settings } from '@contract/settings'
import { api } from '../app/api'
import { useMay } from '../app/session'
import { Badge, Button, Empty, Facts, focusField, Note, ProblemNote, TextField } from '../parts'
import { linesOf } from '../papers/scan/found'
import { useDevices } from '../papers/scan/use-devices'
import type { Faults } from './faults'
import { isFullPath, isScannerAddress } from './scanner-address'
import { Section } from './section'
import { useSection } from './use-section'

const MOST = 8
type Draft = Readonly<{ addresses: readonly string[]; typed: string; folder: string }>
const read = ({ devices }: Settings): Draft => ({ addresses: devices.scanners, typed: '', folder: devices.watchedFolder ?? '' })

/** Scanners by their address, and the folder that takes in scans; who may scan sees what is found. */
export function ScannersSection({ settings }: { settings: Settings }): ReactNode {
  const mayAdminister = useMay('administer')
  return mayAdminister ? <Editable settings={settings} /> : <Told settings={settings} />
}

function Told({ settings: { devices } }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('scanner')
  const mayReceive = useMay('receive')
  return (
    <Section title={t('settings.title')} icon={IconScan}>
      {mayReceive && <FoundScanners />}
      <Facts width={220} rows={[[t('settings.addresses'), devices.scanners.join(', ') || '–'], [t('settings.folder'), devices.watchedFolder ?? t('settings.folderNone')]]} />
      <p className="m t2">{t('settings.mayNot')}</p>
    </Section>
  )
}

function Editable({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('scanner')
  const check = ({ typed, folder }: Draft): Faults => ({
    ...(typed.trim() !== '' && { address: t('settings.fault.pending') }),
    ...(folder.trim() !== '' && !isFullPath(folder) && { folder: t('settings.fault.folder') }),
  })
  const send = ({ addresses, folder }: Draft): Promise<Settings> =>
    api.office.saveSettings({ ...settings, devices: { ...settings.devices, scanners: [...addresses], watchedFolder: folder.trim() === '' ? null : folder.trim() } })
  const { draft, setDraft, form } = useSection({ stored: read(settings), check, send, read })
  return (
    <Section title={t('settings.title')} icon={IconScan} form={form} prefix="scanners.">
      <p className="m t2 prose">{t('settings.words')}</p>
      <h3>{t('settings.addresses')}</h3>
      <Addresses draft={draft} onChange={setDraft} fault={form.faults['address']} />
      <div style={{ maxWidth: 620 }}>
        <TextField name="scanners.folder" label={t('settings.folder')} hint={t('settings.folderHint')} fault={form.faults['folder']} value={draft.folder} maxLength={1000} onChange={(folder) => setDraft({ ...draft, folder })} />
      </div>
      <p className="m t2 prose">{t('settings.tryThere')}</p>
    </Section>
  )
}

function Addresses({ draft, onChange, fault }: { draft: Draft; onChange: (draft: Draft) => void; fault: string | undefined }): ReactNode {
  const { t } = useTranslation('scanner')
  const [wrong, setWrong] = useState<string>()
  const { addresses, typed } = draft
  const add = (): void => {
    const address = typed.trim()
    const found = !isScannerAddress(address) ? 'address' : addresses.includes(address) ? 'same' : addresses.length >= MOST ? 'many' : null
    setWrong(found === null ? undefined : t(`settings.fault.${found}`))
    if (found === null) onChange({ ...draft, addresses: [...addresses, address], typed: '' })
    focusField('scanners.address')
  }
  const remove = (address: string): void => {
    onChange({ ...draft, addresses: addresses.filter((other) => other !== address) })
    focusField('scanners.address')
  }
  return (
    <div className="col" style={{ gap: 10, maxWidth: 620 }}>
      {addresses.length === 0 && <p className="m t2">{t('settings.noAddress')}</p>}
      {addresses.length > 0 && (
        <ul className="framed" aria-label={t('settings.addresses')}>
          {addresses.map((address) => (
            <li key={address} className="row line" style={{ padding: '5px 8px 5px 12px' }}>
              <span className="grow mono">{address}</span>
              <Button small icon={IconTrash} label={t('settings.removeOf', { address })} onPress={() => remove(address)}>{t('settings.remove')}</Button>
            </li>
          ))}
        </ul>
      )}
      <form className="row" style={{ alignItems: 'flex-start', gap: 12 }} onSubmit={(event) => { event.preventDefault(); add() }}>
        <div className="grow"><TextField name="scanners.address" label={t('settings.address')} hint={t('settings.addressesWords')} fault={wrong ?? fault} value={typed} maxLength={300} onChange={(text) => { setWrong(undefined); onChange({ ...draft, typed: text }) }} /></div>
        <div style={{ paddingTop: 26 }}><Button icon={IconPlus} onPress={add}>{t('settings.add')}</Button></div>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </div>
  )
}

/** What this machine finds, and what does not work on it. */
function FoundScanners(): ReactNode {
  const { t } = useTranslation('scanner')
  const { found, looking, seconds, problem, lookAgain } = useDevices()
  const lines = linesOf(found, null, looking)
  return (
    <>
      <div className="row">
        <h3 className="grow">{t('settings.found')}</h3>
        <span className="s t2" role="status">{looking ? t(seconds < 2 ? 'looking' : 'lookingFor', { seconds }) : t('foundCount', { count: found.devices.length })}</span>
        {!looking && <Button small icon={IconRefresh} keys="Ctrl+R" onPress={lookAgain}>{t('lookAgain')}</Button>}
      </div>
      {problem && <ProblemNote problem={problem} focus={false} />}
      {lines.length > 0 && (
        <ul className="framed" aria-label={t('settings.found')}>
          {lines.map(({ device: { id, kind, name, simulated } }) => (
            <li key={id} className="row wrap line" style={{ padding: '8px 12px' }}>
              <b>{name}</b>{simulated && <Badge tint="sim" icon={IconCpu}>{t('simulated')}</Badge>}<span className="m t2 end">{t(`kind.${kind}`)}</span>
            </li>
          ))}
        </ul>
      )}
      {found.devices.length === 0 && !looking && <div><Empty icon={IconScan} title={t('none')}>{t('settings.noneFound')}</Empty></div>}
      {!looking && found.troubles.length > 0 && <h3>{t('troubles', { count: found.troubles.length })}</h3>}
      {!looking && found.troubles.map(({ way, code, params }) => (
        <Note key={way + code} tint="idle">
          <p><b>{t(`ways.${way}`)}:</b> {t(`${code}.what`, { ns: 'errors', ...params })}</p>
          <p className="m">{t(`${code}.next`, { ns: 'errors', ...params })} <span className="t2">{t('code', { ns: 'common', code })}</span></p>
        </Note>
      ))}
    </>
  )
}
