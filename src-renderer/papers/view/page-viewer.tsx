import './view.css'
import { Modal } from '@mantine/core'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ShortcutLayer } from '../../app/shortcuts'
import { Opened } from './opened'
import type { PageViewerProps } from './viewer-acts'

/** A page large, as it goes into the PDF or as it came: looked at, turned, made anew, cut out by hand, taken again or off. */
export function PageViewer(props: PageViewerProps): ReactNode {
  const { t } = useTranslation('pageview')
  const { pages, pageId, onClose, componentName } = props
  const page = pages.find(({ id }) => id === pageId)
  const gone = pageId !== null && !page
  useEffect(() => {
    if (gone) onClose()
  }, [gone, onClose])
  return (
    <Modal.Root opened={page !== undefined} onClose={onClose} fullScreen closeOnEscape={false} lockScroll={false} padding={0} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('title', { name: componentName })}>
        <Modal.Body>{page && <ShortcutLayer><Opened {...props} page={page} /></ShortcutLayer>}</Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}
