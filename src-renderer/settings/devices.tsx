import '../chip/chip.css'
import { IconAlertTriangle, IconCpu, IconDeviceUsb, IconNfc } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CardPresence, ReaderTrouble, ReaderView } from '@contract/readers'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useMay } from '../app/session'
import { SampleCards } from '../chip/samples'
import { useReaders } from '../chip/use-counter'
import { Badge, Button, type Column, Empty, FailureNote, type IconType, Loading, Note, Table, type Tint, useAnnounce } from '../parts'
import { Section } from './section'

/** Card readers: which there are, which one is used, and what keeps the others from working. */
export function DevicesSection(): ReactNode {
  const { t } = useTranslation('settings')
  const navigate = useNavigate()
  const mayReceive = useMay('receive')
  const { data, error } = useReaders()
  return (
    <Section title={t('section.devices')} icon={IconDeviceUsb}>
      <FailureNote error={error} />
      {!data && !error && <Loading />}
      {data && (data.readers.length > 0 ? <Readers readers={data.readers} mayChoose={mayReceive} /> : <div><Empty icon={IconNfc} title={t('devices.none')}>{t('devices.noneWords')}</Empty></div>)}
      {data && data.virtualCards.length > 0 && mayReceive && (
        <>
          <h3>{t('devices.samples')}</h3>
          <p className="m t2 prose">{t('devices.samplesWords')}</p>
          <SampleCards onScan={(card) => void navigate({ to: '/intake', search: { card } })} />
        </>
      )}
      {data && data.troubles.length > 0 && <><h3>{t('devices.troubles')}</h3>{data.troubles.map((trouble) => <Trouble key={trouble.kind + trouble.code} trouble={trouble} anyReader={data.readers.length > 0} />)}</>}
    </Section>
  )
}

const CARD: Readonly<Record<CardPresence, readonly [Tint, IconType]>> = { absent: ['line', IconNfc], present: ['ok', IconNfc], busy: ['warn', IconAlertTriangle], mute: ['warn', IconAlertTriangle] }

function Readers({ readers, mayChoose }: { readers: readonly ReaderView[]; mayChoose: boolean }): ReactNode {
  const { t } = useTranslation('settings')
  const { say } = useAnnounce()
  const [at, setAt] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const current = readers.find(({ name }) => name === at) ?? readers.find(({ chosen }) => chosen) ?? readers[0]
  const choose = ({ name }: ReaderView): void => {
    if (!mayChoose) return
    setError(null)
    api.readers.choose({ reader: name }).then((view) => {
      queryClient.setQueryData(keys.readers, view)
      say(t('devices.chosenSaid', { name }))
    }, setError)
  }
  const columns: readonly Column<ReaderView>[] = [
    { key: 'name', title: t('devices.name'), cell: ({ name, simulated }) => <span className="row wrap" style={{ gap: 6 }}><b>{name}</b>{simulated && <Badge tint="sim" icon={IconCpu}>{t('devices.simulated')}</Badge>}</span> },
    { key: 'kind', title: t('devices.kind'), width: 150, cell: ({ kind }) => t(`devices.kinds.${kind}`) },
    { key: 'slot', title: t('devices.slot'), width: 140, cell: ({ slot }) => t(`devices.slots.${slot}`) },
    { key: 'card', title: t('devices.card'), width: 200, cell: ({ card }) => <Badge tint={CARD[card][0]} icon={CARD[card][1]}>{t(`devices.cards.${card}`)}</Badge> },
    { key: 'chosen', title: t('devices.use'), width: 130, cell: ({ chosen }) => (chosen ? <b>{t('devices.chosen')}</b> : '') },
  ]
  return (
    <>
      <FailureNote error={error} />
      <div style={{ border: '1px solid var(--mc-line)', borderRadius: 6, overflow: 'hidden' }}>
        <Table label={t('section.devices')} rows={readers} columns={columns} idOf={({ name }) => name} selected={current?.name} onSelect={({ name }) => setAt(name)} onOpen={choose} />
      </div>
      {current && (
        <div className="row wrap">
          {current.atr !== null && <span className="s t2">{t('devices.atr')} <span className="mono">{current.atr}</span></span>}
          {mayChoose && !current.chosen && <span className="end"><Button caps="Enter" onPress={() => choose(current)}>{t('devices.choose', { name: current.name })}</Button></span>}
        </div>
      )}
    </>
  )
}

/** A way that does not work: what, and how to mend it. It is urgent only while there is no other way to a card. */
function Trouble({ trouble: { code, params }, anyReader }: { trouble: ReaderTrouble; anyReader: boolean }): ReactNode {
  const { t } = useTranslation('settings')
  const says = (part: 'what' | 'effect' | 'next'): string => t(`${code}.${part}`, { ns: 'errors', ...params })
  return (
    <Note tint={anyReader ? 'idle' : 'warn'} icon={IconAlertTriangle}>
      <p className="w6">{says('what')}</p>
      <p className="m">{says('effect')} {says('next')} <span className="t2">{t('code', { ns: 'common', code })}</span></p>
    </Note>
  )
}
