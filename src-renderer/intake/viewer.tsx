import { IconRotateClockwise, IconZoomIn, IconZoomOut } from '@tabler/icons-react'
import { Modal } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentInfo } from '@contract/draft'
import { formatSize } from '@contract/format'
import { currentLanguage } from '../app/i18n'
import { Button, DocumentView, zoomBy } from '../parts'
import { sourceOf } from './page-view'

/** A page beside nothing else is read best a little narrower than the window. */
const FIRST_ZOOM = 0.64

type Props = Readonly<{ document: DocumentInfo | null; onClose: () => void; onTurn: (document: DocumentInfo) => void; onMove: (step: number) => void }>

/** A document large: + and − zoom, R turns it (and keeps it so), PgUp and PgDn turn the pages, ← and → change the document. */
export function Viewer({ document, onClose, onTurn, onMove }: Props): ReactNode {
  return (
    <Modal.Root opened={document !== null} onClose={onClose} fullScreen lockScroll={false} padding={0} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={document?.name}><Modal.Body>{document && <Open key={document.id} document={document} onClose={onClose} onTurn={onTurn} onMove={onMove} />}</Modal.Body></Modal.Content>
    </Modal.Root>
  )
}

function Open({ document, onClose, onTurn, onMove }: Props & { document: DocumentInfo }): ReactNode {
  const { t } = useTranslation('intake')
  const [zoom, setZoom] = useState(FIRST_ZOOM)
  const [page, setPage] = useState(1)
  const [pages, setPages] = useState(document.pages ?? 1)
  const step = (by: number): void => setPage((now) => Math.max(1, Math.min(pages, now + by)))
  return (
    <div className="viewer">
      <div className="bar">
        <b className="ell grow">{document.name}</b>
        <span className="m t2 num">{t('papers.pageOf', { page, pages })} · {formatSize(document.size, currentLanguage())}</span>
        {pages > 1 && <><Button small keys="PageUp" caps={null} onPress={() => step(-1)}>{t('papers.previousPage')}</Button><Button small keys="PageDown" caps={null} onPress={() => step(1)}>{t('papers.nextPage')}</Button></>}
        <Button small icon={IconZoomOut} keys="-" onPress={() => setZoom((now) => zoomBy(now, -1))}>{t('papers.smaller')}</Button>
        <Button small icon={IconZoomIn} keys="=" caps="+" onPress={() => setZoom((now) => zoomBy(now, 1))}>{t('papers.larger')}</Button>
        <Button small icon={IconRotateClockwise} keys="R" onPress={() => onTurn(document)}>{t('papers.turn')}</Button>
        <Button small keys="ArrowLeft" onPress={() => onMove(-1)}>{t('papers.previousDocument')}</Button>
        <Button small keys="ArrowRight" onPress={() => onMove(1)}>{t('papers.nextDocument')}</Button>
        <Button small caps="Escape" onPress={onClose} autoFocus>{t('papers.closeViewer')}</Button>
      </div>
      <DocumentView {...sourceOf(document)} label={document.name} page={page} rotation={document.rotation} zoom={zoom} onCount={setPages} />
    </div>
  )
}
