import { IconRotateClockwise, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentInfo } from '@contract/draft'
import { formatSize } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { Button } from '../parts'
import { Page } from './page-view'
import { thumbnail } from './picture'

const ZOOMS = [0.5, 0.75, 1, 1.5, 2, 3] as const
/** Width of a page at zoom 1, in pixels. */
const BASE = 820

type Props = Readonly<{ document: DocumentInfo | null; onClose: () => void; onTurn: (document: DocumentInfo) => void; onMove: (step: number) => void }>

/** A document large: + and − zoom, R turns it (and keeps it so), PgUp and PgDn turn the pages, ← and → change the document. */
export function Viewer({ document, onClose, onTurn, onMove }: Props): ReactNode {
  return (
    <Modal opened={document !== null} onClose={onClose} fullScreen withCloseButton={false} padding={0} transitionProps={{ duration: 0 }} aria-label={document?.name ?? ''}>
      {document && <Open key={document.id} document={document} onClose={onClose} onTurn={onTurn} onMove={onMove} />}
    </Modal>
  )
}

function Open({ document, onClose, onTurn, onMove }: Props & { document: DocumentInfo }): ReactNode {
  const { t } = useTranslation('intake')
  const [zoom, setZoom] = useState(2)
  const [page, setPage] = useState(1)
  const { data } = useQuery({ queryKey: ['thumb', document.sha256], queryFn: () => thumbnail(document), staleTime: Infinity })
  const pages = data?.pages ?? document.pages ?? 1
  const scale = ZOOMS[zoom] ?? 1
  const step = (by: number): void => setPage((now) => Math.max(1, Math.min(pages, now + by)))
  return (
    <div className="viewer">
      <div className="bar">
        <b className="ell grow">{document.name}</b>
        <span className="m t2 num">{t('papers.pageOf', { page, pages })} · {formatSize(document.size, currentLanguage())} · {Math.round(scale * 100)} %</span>
        {pages > 1 && <><Button small keys="PageUp" onPress={() => step(-1)}>{t('papers.previousPage')}</Button><Button small keys="PageDown" onPress={() => step(1)}>{t('papers.nextPage')}</Button></>}
        <Button small icon={IconZoomOut} keys="-" onPress={() => setZoom((now) => Math.max(0, now - 1))} label={t('papers.smaller')}>{''}</Button>
        <Button small icon={IconZoomIn} keys="=" caps="+" onPress={() => setZoom((now) => Math.min(ZOOMS.length - 1, now + 1))} label={t('papers.larger')}>{''}</Button>
        <Button small icon={IconRotateClockwise} keys="R" onPress={() => onTurn(document)}>{t('papers.turn')}</Button>
        <Button small keys="ArrowLeft" caps="none" onPress={() => onMove(-1)} label={t('papers.previousDocument')}>←</Button>
        <Button small keys="ArrowRight" caps="none" onPress={() => onMove(1)} label={t('papers.nextDocument')}>→</Button>
        <Button kind="primary" keys="Escape" onPress={onClose} autoFocus>{t('papers.closeViewer')}</Button>
      </div>
      <div className="scroll grow desk" tabIndex={0}><Page document={document} page={page} width={Math.round(BASE * scale)} rotation={document.rotation} /></div>
    </div>
  )
}
