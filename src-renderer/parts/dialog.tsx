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
import { ShortcutLayer, useShortcut } from '../app/shortcuts'
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

/** Escape of the dialog alone: closed by the library it would be gone before the keys of the screen are asked, and they would take it, too. */
function CloseKey({ onClose }: { onClose: () => void }): ReactNode {
  useShortcut('Escape', '', onClose)
  return null
}

/** One question before something that cannot be taken back. Escape is the safe answer; the focus returns where it was. */
export function ConfirmDialog({ open, title, children, act, dangerous = false, onAct, onClose, safe }: Props): ReactNode {
  const { t } = useTranslation('common')
  return (
    <Modal opened={open} onClose={onClose} title={title} centered closeOnEscape={false} lockScroll={false} withCloseButton={false} transitionProps={{ duration: 0 }} size="md" overlayProps={{ backgroundOpacity: 0.45 }} styles={{ title: { fontWeight: 650, fontSize: 18 } }}>
      <ShortcutLayer>
        <CloseKey onClose={onClose} />
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

/** A panel over the work for a few fields (a reason, a secret); `wide` for what is looked at side by side; a number is its width in CSS pixels. */
export function FormDialog({ open, title, children, onClose, wide = false }: { open: boolean; title: string; children: ReactNode; onClose: () => void; wide?: boolean | number }): ReactNode {
  return (
    <Modal opened={open} onClose={onClose} title={title} centered closeOnEscape={false} lockScroll={false} transitionProps={{ duration: 0 }} size={typeof wide === 'number' ? wide : wide ? 900 : 'lg'} overlayProps={{ backgroundOpacity: 0.45 }} styles={{ title: { fontWeight: 650, fontSize: 18 } }} closeButtonProps={{ 'aria-label': 'Esc' }}>
      <ShortcutLayer><CloseKey onClose={onClose} />{children}</ShortcutLayer>
    </Modal>
  )
}
