import './codes.css'
import { IconAlertTriangle, IconBarcode, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CodeReadersView, type CodeReaderTrouble, type CodeReaderView, SERIAL_DEFAULTS, type SerialChoice } from '@contract/code-readers'
import type { Settings } from '@contract/settings'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useMay } from '../app/session'
import { Badge, Button, type Column, Empty, FailureNote, type IconType, Loading, Note, SelectField, Table, type Tint, useAnnounce } from '../parts'
import { CodeTest } from './code-test'
import { Section } from './section'

const SPEEDS = [9600, 19_200, 38_400, 57_600, 115_200] as const

/** Barcode readers: which there are, on which ports they hang, and a sheet that shows what each does to letters. */
export function CodesSection({ settings }: { settings: Settings }): ReactNode {
  const { t } = useTranslation('codes')
  const { data, error } = useQuery({ queryKey: keys.codeReaders, queryFn: () => api.codes.readers() })
  return (
    <Section title={t('section.codes', { ns: 'settings' })} icon={IconBarcode}>
      <FailureNote error={error} />
      {!data && !error && <Loading />}
      {data && (data.readers.length > 0
        ? <Readers readers={data.readers} chosen={settings.devices.codeReaders} />
        : <div><Empty icon={IconBarcode} title={t('none')}>{t('noneWords')}</Empty></div>)}
      {data && data.troubles.length > 0 && (
        <>
          <h3>{t('troubles')}</h3>
          {data.troubles.map((trouble) => <Trouble key={`${trouble.source} ${trouble.id ?? ''} ${trouble.code}`} trouble={trouble} urgent={trouble.id !== null} />)}
        </>
      )}
      <CodeTest makers={makersOf(data)} />
    </Section>
  )
}

const makersOf = (view: CodeReadersView | undefined): ReadonlySet<string> => new Set(view?.readers.flatMap(({ maker }) => maker ?? []))

const STATE: Readonly<Record<CodeReaderView['state'], readonly [Tint, IconType]>> = { open: ['ok', IconCircleCheck], offered: ['line', IconCircleDashed], trouble: ['warn', IconAlertTriangle] }

function Readers({ readers, chosen }: { readers: readonly CodeReaderView[]; chosen: readonly SerialChoice[] }): ReactNode {
  const { t } = useTranslation('codes')
  const [at, setAt] = useState<string | null>(null)
  const current = readers.find(({ id }) => id === at) ?? readers.find(({ state }) => state === 'offered') ?? readers[0]
  const columns: readonly Column<CodeReaderView>[] = [
    { key: 'name', title: t('name'), cell: ({ name }) => <b>{name}</b> },
    { key: 'maker', title: t('maker'), width: 150, cell: ({ maker }) => maker ?? <span className="t3">{t('unknownMaker')}</span> },
    { key: 'mode', title: t('mode'), width: 130, cell: ({ source }) => t(`modes.${source}`) },
    { key: 'state', title: t('state'), width: 180, cell: ({ state }) => <Badge tint={STATE[state][0]} icon={STATE[state][1]}>{t(`states.${state}`)}</Badge> },
  ]
  return (
    <>
      <div className="framed"><Table label={t('found')} rows={readers} columns={columns} idOf={({ id }) => id} selected={current?.id} onSelect={({ id }) => setAt(id)} /></div>
      {current?.source === 'serial' && <Port key={current.id} reader={current} chosen={chosen} />}
      {current?.source === 'hid' && <p className="m t2 prose">{t('hidWords')}</p>}
    </>
  )
}

/** Uses a port with a speed, or lets it go. */
function Port({ reader, chosen }: { reader: CodeReaderView; chosen: readonly SerialChoice[] }): ReactNode {
  const { t } = useTranslation('codes')
  const { say } = useAnnounce()
  const mayChoose = useMay('receive')
  const used = chosen.find(({ port }) => port === reader.id)
  const [rate, setRate] = useState(used?.settings.baudRate ?? SERIAL_DEFAULTS.baudRate)
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const choose = async (ports: readonly SerialChoice[], done: string): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      queryClient.setQueryData(keys.codeReaders, await api.codes.choose({ ports: [...ports] }))
      await queryClient.invalidateQueries({ queryKey: keys.settings })
      say(done)
    } catch (failure) {
      setError(failure)
    } finally {
      setBusy(false)
    }
  }
  const others = chosen.filter(({ port }) => port !== reader.id)
  const use = (baudRate: number): void => void choose([...others, { port: reader.id, settings: { ...SERIAL_DEFAULTS, ...used?.settings, baudRate } }], t('usedSaid', { name: reader.name }))
  const stop = (): void => void choose(others, t('stoppedSaid', { name: reader.name }))
  if (!mayChoose) return <p className="m t2">{t('mayNot')}</p>
  const waits = busy ? t('loading', { ns: 'common' }) : undefined
  const speeds = [...new Set<number>([...SPEEDS, rate])].sort((one, other) => one - other)
  return (
    <div className="col port">
      <FailureNote error={error} />
      {!used && <p className="m t2 prose">{t('offeredWords')}</p>}
      <div className="row wrap">
        <div className="speed">
          <SelectField
            name="codes.speed" label={t('speed')} hint={t('speedHint')} value={String(rate)} options={speeds.map((speed) => ({ value: String(speed), label: t('speedOf', { rate: speed }) }))}
            onChange={(text) => {
              setRate(Number(text))
              if (used) use(Number(text))
            }}
          />
        </div>
        {used ? <Button onPress={stop} waitsFor={waits}>{t('stopPort')}</Button> : <Button onPress={() => use(rate)} waitsFor={waits}>{t('usePort')}</Button>}
      </div>
    </div>
  )
}

/** What keeps a way or a device from working, and how to mend it. */
function Trouble({ trouble: { code, params }, urgent }: { trouble: CodeReaderTrouble; urgent: boolean }): ReactNode {
  const { t } = useTranslation('codes')
  const says = (part: 'what' | 'effect' | 'next'): string => t(`${code}.${part}`, { ns: 'errors', ...params })
  return (
    <Note tint={urgent ? 'warn' : 'idle'} icon={IconAlertTriangle}>
      <p className="w6">{says('what')}</p>
      <p className="m">{says('effect')} {says('next')} <span className="t2">{t('code', { ns: 'common', code })}</span></p>
    </Note>
  )
}
