import '../chip/chip.css'
import { IconAlertTriangle, IconCertificate, IconCpu, IconFileUpload, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { toCivil } from '@contract/civil-time'
import { formatDate } from '@contract/format'
import type { AnchorView, RevocationListView } from '@contract/trust'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { useMay } from '../app/session'
import { commonName } from '../chip/names'
import { Certificate } from '../chip/proofs'
import { Badge, Button, type Column, ConfirmDialog, Empty, FailureNote, Loading, Table, useAnnounce } from '../parts'
import { Section } from './section'
import { useTrustFiles, TrustDrop } from './trust-files'

const DAY_MS = 86_400_000
const dayOf = (instant: string): string => formatDate(toCivil(new Date(instant)).date)
const daysSince = (instant: string): number => Math.max(0, Math.floor((Date.now() - Date.parse(instant)) / DAY_MS))
const ageOf = (t: TFunction<'settings'>, instant: string): string => (daysSince(instant) === 0 ? t('today', { ns: 'common' }) : t('trust.age', { count: daysSince(instant) }))

/** The roots that a chip's signer has to hang on, and the lists of what was revoked. Imported by an administrator. */
export function TrustSection(): ReactNode {
  const { t } = useTranslation('settings')
  const mayChange = useMay('administer')
  const { data, error } = useQuery({ queryKey: keys.trust, queryFn: () => api.trust.list() })
  const [files, picker] = useTrustFiles()
  return (
    <Section title={t('trust.title')} icon={IconCertificate} aside={mayChange ? <Button small icon={IconFileUpload} keys="Alt+N" onPress={files.pick} waitsFor={files.busy ? t('trust.importing') : undefined}>{t('trust.import')}</Button> : undefined}>
      <p className="m t2 prose">{t(mayChange ? 'trust.words' : 'trust.wordsRead')}</p>
      <FailureNote error={error} />
      {!data && !error && <Loading />}
      <TrustDrop files={files} picker={picker} on={mayChange}>
        {data && <Anchors anchors={data.anchors} mayChange={mayChange} />}
        {data && <Lists lists={data.revocationLists} />}
      </TrustDrop>
    </Section>
  )
}

function anchorColumns(t: TFunction<'settings'>): readonly Column<AnchorView>[] {
  return [
    { key: 'subject', title: t('trust.subject'), cell: ({ certificate, valid, origin }) => (
      <span className="row wrap" style={{ gap: 6 }}><b>{commonName(certificate.subject)}</b>{origin === 'practice' && <Badge tint="sim" icon={IconCpu}>{t('trust.practice')}</Badge>}{!valid && <Badge tint="warn" icon={IconAlertTriangle}>{t('trust.notInForce')}</Badge>}</span>
    ) },
    { key: 'country', title: t('trust.country'), width: 76, cell: ({ country }) => country ?? '–' },
    { key: 'validity', title: t('trust.validity'), width: 196, cell: ({ certificate }) => <span className="num">{dayOf(certificate.notBefore)} – {dayOf(certificate.notAfter)}</span> },
    { key: 'origin', title: t('trust.origin'), width: 150, cell: ({ origin }) => t(`trust.origins.${origin}`) },
    { key: 'age', title: t('trust.imported'), width: 150, cell: ({ importedAt }) => <><span className="num">{dayOf(importedAt)}</span><span className="s t2" style={{ display: 'block' }}>{ageOf(t, importedAt)}</span></> },
  ]
}

function Anchors({ anchors, mayChange }: { anchors: readonly AnchorView[]; mayChange: boolean }): ReactNode {
  const { t } = useTranslation('settings')
  const { say } = useAnnounce()
  const [at, setAt] = useState<string | null>(null)
  const [asks, setAsks] = useState<AnchorView | null>(null)
  const [error, setError] = useState<unknown>(null)
  if (anchors.length === 0) return <div><Empty icon={IconCertificate} title={t('trust.none')}>{t('trust.noneWords')}</Empty></div>
  const current = anchors.find(({ certificate }) => certificate.sha256 === at) ?? anchors[0]
  const remove = ({ certificate: { sha256, subject } }: AnchorView): void => {
    setAsks(null)
    setError(null)
    api.trust.remove({ sha256 }).then(async () => {
      await queryClient.invalidateQueries({ queryKey: keys.trust })
      say(t('trust.removed', { name: commonName(subject) }))
    }, setError)
  }
  return (
    <>
      <FailureNote error={error} />
      <div className="trust-list">
        <Table label={t('section.trust')} rows={anchors} columns={anchorColumns(t)} idOf={({ certificate }) => certificate.sha256} selected={current?.certificate.sha256} onSelect={({ certificate }) => setAt(certificate.sha256)} rowHeight={58} />
      </div>
      {current && (
        <div className="row" style={{ alignItems: 'flex-start' }}>
          <div className="grow">
            <Certificate certificate={current.certificate} />
            <p className="s t2">{current.origin === 'practice' ? t('trust.fromPractice') : t('trust.from', { source: current.source, by: current.importedBy, date: dayOf(current.importedAt) })}</p>
            <p className="mono t3">SHA-256 {current.certificate.sha256}</p>
          </div>
          {mayChange && current.origin !== 'practice' && <Button small kind="danger" icon={IconTrash} keys="Delete" label={t('trust.remove')} onPress={() => setAsks(current)}>{t('trust.remove')}</Button>}
        </div>
      )}
      <ConfirmDialog open={asks !== null} title={t('trust.removeTitle')} act={t('trust.remove')} dangerous onClose={() => setAsks(null)} onAct={() => { if (asks !== null) remove(asks) }}>
        {asks && <p>{t('trust.removeWords', { name: commonName(asks.certificate.subject) })}</p>}
      </ConfirmDialog>
    </>
  )
}

function Lists({ lists }: { lists: readonly RevocationListView[] }): ReactNode {
  const { t } = useTranslation('settings')
  const [at, setAt] = useState<string | null>(null)
  const idOf = ({ issuer, thisUpdate }: RevocationListView): string => `${issuer} ${thisUpdate}`
  const columns: readonly Column<RevocationListView>[] = [
    { key: 'issuer', title: t('trust.listOf'), cell: ({ issuer, stale }) => <span className="row wrap" style={{ gap: 6 }}><b>{commonName(issuer)}</b>{stale && <Badge tint="warn" icon={IconAlertTriangle}>{t('trust.stale')}</Badge>}</span> },
    { key: 'revoked', title: t('trust.revoked'), width: 110, right: true, cell: ({ revoked }) => revoked },
    { key: 'made', title: t('trust.made'), width: 150, cell: ({ thisUpdate }) => <><span className="num">{dayOf(thisUpdate)}</span><span className="s t2" style={{ display: 'block' }}>{ageOf(t, thisUpdate)}</span></> },
    { key: 'next', title: t('trust.nextList'), width: 130, cell: ({ nextUpdate }) => (nextUpdate === null ? '–' : <span className="num">{dayOf(nextUpdate)}</span>) },
    { key: 'imported', title: t('trust.imported'), width: 130, cell: ({ importedAt }) => <span className="num">{dayOf(importedAt)}</span> },
  ]
  return (
    <>
      <h3>{t('trust.lists')}</h3>
      {lists.length === 0 ? <p className="m t2 prose">{t('trust.noLists')}</p> : <div className="trust-list"><Table label={t('trust.lists')} rows={lists} columns={columns} idOf={idOf} selected={at} onSelect={(row) => setAt(idOf(row))} rowHeight={58} /></div>}
    </>
  )
}
