import '@mantine/core/styles/UnstyledButton.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ShortcutLayer } from '../app/shortcuts'
import { Button } from './button'

type Props = Readonly<{
  open: boolean
  title: string
  children?: ReactNode
  /** Verb and object; the safe answer beside it has the focus. */
  act: string
  dangerous?: boolean
  onAct: () => void
  onClose: () => void
  safe?: string
}>

/** One question before something that cannot be taken back. Escape is the safe answer; the focus returns where it was. */
export function ConfirmDialog({ open, title, children, act, dangerous = false, onAct, onClose, safe }: Props): ReactNode {
  const { t } = useTranslation('common')
  return (
    <Modal opened={open} onClose={onClose} title={title} centered lockScroll={false} withCloseButton={false} transitionProps={{ duration: 0 }} size="md" overlayProps={{ backgroundOpacity: 0.45 }} styles={{ title: { fontWeight: 650, fontSize: 18 } }}>
      <ShortcutLayer>
        <div className="col" style={{ gap: 16 }}>
          {children !== undefined && <div>{children}</div>}
          <div className="row" style={{ justifyContent: 'flex-end' }}>
            <Button onPress={onClose} autoFocus caps="Escape">{safe ?? t('back')}</Button>
            <Button kind={dangerous ? 'danger' : 'primary'} onPress={onAct}>{act}</Button>
          </div>
        </div>
      </ShortcutLayer>
    </Modal>
  )
}

/** A panel over the work for a few fields (a reason, a secret). */
export function FormDialog({ open, title, children, onClose }: { open: boolean; title: string; children: ReactNode; onClose: () => void }): ReactNode {
  return (
    <Modal opened={open} onClose={onClose} title={title} centered lockScroll={false} transitionProps={{ duration: 0 }} size="lg" overlayProps={{ backgroundOpacity: 0.45 }} styles={{ title: { fontWeight: 650, fontSize: 18 } }} closeButtonProps={{ 'aria-label': 'Esc' }}>
      <ShortcutLayer>{children}</ShortcutLayer>
    </Modal>
  )
}
