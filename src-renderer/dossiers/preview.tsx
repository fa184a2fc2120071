import { IconChevronDown, IconChevronUp, IconFileCheck, IconFileText, IconReceipt } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierId } from '@contract/ids'
import { formatSize } from '@contract/format'
import type { Paper as Sheet } from '@contract/receipt'
import { api } from '../app/api'
import { currentLanguage } from '../app/i18n'
import { useShortcut } from '../app/shortcuts'
import { DocumentView, type Turn, turnBy, zoomBy } from '../parts'
import { DocumentMark } from '../signing/document-mark'
import { OfficeSign } from '../signing/office-sign'
import { FormTools } from '../acts/form-tools'
import { paperName } from './paper-list'
import type { Paper } from './papers'

type Props = Readonly<{ dossierId: DossierId; paper: Paper; sheet: Sheet }>

/** The chosen paper, large: + and − enlarge, R turns, PgUp and PgDn leaf. Turning here is for reading only and is not kept. */
export function Preview({ dossierId, paper, sheet }: Props): ReactNode {
  const { t } = useTranslation('dossier')
  const start: Turn = paper.kind === 'document' ? paper.document.rotation : 0
  const [page, setPage] = useState(1)
  const [count, setCount] = useState(1)
  const [zoom, setZoom] = useState(1)
  const [turn, setTurn] = useState<Turn>(start)
  const name = paperName(paper, t)
  const leaf = (step: number): void => setPage((now) => Math.min(count, Math.max(1, now + step)))
  const enlarge = (): void => setZoom((now) => zoomBy(now, 1))
  useShortcut('=', '', enlarge)
  const load = (): Promise<Blob> => {
    if (paper.kind === 'receipt') return api.paper.receipt({ dossierId, paper: sheet })
    return paper.kind === 'form' ? api.handling.form({ formId: paper.form.id, paper: sheet }) : api.documents.read({ documentId: paper.document.id })
  }
  const Icon = paper.kind === 'receipt' ? IconReceipt : paper.kind === 'form' ? IconFileCheck : IconFileText
  return (
    <section className="card fill preview" aria-label={t('preview.title')}>
      <div className="hd">
        <Icon className="i" aria-hidden />
        <h2 className="ell">{name}</h2>
        <span className="s t2 num">{count > 1 ? `${String(page)}/${String(count)}` : ''}{paper.kind === 'document' && <>{count > 1 && ' · '}{formatSize(paper.document.size, currentLanguage())}</>}</span>
        {paper.kind === 'document' && paper.document.mediaType === 'application/pdf' && <DocumentMark documentId={paper.document.id} name={name} />}
        {paper.kind === 'form' && <FormTools form={paper.form} />}
        {paper.kind === 'receipt' && <OfficeSign keys="Alt+Y" make={() => api.signing.receipt({ dossierId })} />}
        <span className="end row">
          {count > 1 && (
            <span className="row" style={{ gap: 0 }}>
              <Tool keyName="PageUp" label={t('preview.previous')} onPress={() => leaf(-1)}><IconChevronUp className="i xs" aria-hidden /></Tool>
              <Tool keyName="PageDown" label={t('preview.next')} onPress={() => leaf(1)}><IconChevronDown className="i xs" aria-hidden /></Tool>
              <span className="s t2" aria-hidden="true">{t('preview.pageWord')}</span>
            </span>
          )}
          <span className="row" style={{ gap: 0 }}>
            <Tool keyName="+" label={t('preview.larger')} onPress={enlarge}><kbd aria-hidden="true">+</kbd></Tool>
            <Tool keyName="-" label={t('preview.smaller')} onPress={() => setZoom((now) => zoomBy(now, -1))}><kbd aria-hidden="true">−</kbd></Tool>
            <span className="s t2" aria-hidden="true">{t('preview.sizeWord')}</span>
          </span>
          <span className="row" style={{ gap: 0 }}>
            <Tool keyName="R" label={t('preview.turn')} onPress={() => setTurn((now) => turnBy(now, 1))}><kbd aria-hidden="true">R</kbd></Tool>
            <span className="s t2" aria-hidden="true">{t('preview.turnWord')}</span>
          </span>
        </span>
      </div>
      <DocumentView
        id={paper.id} load={load} mediaType={paper.kind === 'document' ? paper.document.mediaType : 'application/pdf'} label={name}
        page={page} rotation={turn} zoom={zoom} onCount={setCount}
      />
    </section>
  )
}

function Tool({ keyName, label, onPress, children }: { keyName: string; label: string; onPress: () => void; children: ReactNode }): ReactNode {
  useShortcut(keyName, label, onPress)
  return (
    <button type="button" className="tool" aria-label={label} title={label} aria-keyshortcuts={keyName === '+' ? 'Plus' : keyName} onClick={onPress}>{children}</button>
  )
}
