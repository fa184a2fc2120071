import { IconArrowDown, IconCamera, IconX } from '@tabler/icons-react'
import { Modal } from '@mantine/core'
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { classifyScan } from '@contract/codes'
import type { DraftId, PageId } from '@contract/ids'
import { keys, queryClient } from '../app/queries'
import { useSession } from '../app/session'
import { ShortcutLayer, useShortcut } from '../app/shortcuts'
import { useRouteCode } from '../codes/router'
import { Badge, Button, ConfirmDialog, ProblemNote, useAnnounce } from '../parts'
import { CodeFound, type FoundCode } from './code-found'
import { DeviceChoice } from './device-choice'
import { TakenPages, useComponentPages } from './pages'
import { createShots } from './shots'
import { useEye } from './use-eye'
import { useCameraStream } from './use-stream'
import { CameraView, CameraWord } from './view'
import './camera.css'

export type CameraPanelProps = Readonly<{
  draftId: DraftId
  component: string
  /** What the component is called on the screen. */
  componentName: string
  onClose: () => void
  /** The component after this one; Ctrl+↓ goes there. */
  next?: Readonly<{ name: string; go: () => void }> | undefined
}>

/**
 * The document camera over the whole window: the live picture, what was taken, and the keys for both. Under the lock it sees nothing
 * and shows nothing; pictures that are still to be stored are kept.
 */
export function CameraPanel(props: CameraPanelProps): ReactNode {
  const { t } = useTranslation('camera')
  const locked = useSession().data?.locked === true
  return (
    <Modal.Root opened onClose={props.onClose} closeOnEscape={false} closeOnClickOutside={false} trapFocus={!locked} fullScreen lockScroll={false} padding={0} transitionProps={{ duration: 0 }}>
      <Modal.Content aria-label={t('title', { name: props.componentName })} style={locked ? { display: 'none' } : undefined}>
        <Modal.Body><ShortcutLayer><Panel {...props} locked={locked} /></ShortcutLayer></Modal.Body>
      </Modal.Content>
    </Modal.Root>
  )
}

/** Space and Enter belong to the control that has the focus, where there is one, and else to the camera. */
function keepForControl(event: KeyboardEvent): void {
  if (event.key === ' ' || event.key === 'Enter') event.stopPropagation()
}

function Panel({ draftId, component, componentName, onClose, next, locked }: CameraPanelProps & Readonly<{ locked: boolean }>): ReactNode {
  const { t } = useTranslation('camera')
  const { say } = useAnnounce()
  const video = useRef<HTMLVideoElement>(null)
  const [auto, setAuto] = useState(true)
  const [retaking, setRetaking] = useState<PageId | null>(null)
  const [leaving, setLeaving] = useState(false)
  const [found, setFound] = useState<Readonly<{ code: FoundCode; text: string }> | null>(null)
  const route = useRouteCode()
  const shots = useMemo(() => createShots(draftId), [draftId])
  const coming = useSyncExternalStore(shots.subscribe, shots.get)
  const pages = useComponentPages(draftId, component)
  const camera = useCameraStream(!locked)
  const watching = useEye(video, camera.stream, {
    onPage: ({ jpeg }) => {
      shots.add(component, jpeg, retaking, () => void queryClient.invalidateQueries({ queryKey: keys.pages(draftId) }))
      setRetaking(null)
      say(t('tookOne'))
    },
    onCode: (text) => {
      const code = classifyScan(text)
      if (code.kind === 'card' || code.kind === 'dossier') setFound({ code, text })
      else route(text, 'camera')
    },
  })
  const { eye, size } = watching

  const last = pages.at(-1)
  const retake = (): void => {
    if (!last) return
    setRetaking(retaking === last.id ? null : last.id)
    eye.rearm()
  }
  const switchAuto = (): void => {
    eye.setAuto(!auto)
    setAuto(!auto)
  }
  const useFound = (): void => {
    if (found) route(found.text, 'camera')
    setFound(null)
  }
  const goOn = (): void => {
    setRetaking(null)
    eye.rearm()
    next?.go()
  }
  // What is being stored is waited for; what was refused is asked about first.
  const sending = coming.some(({ state }) => state === 'sending')
  const refused = coming.some(({ state }) => state === 'refused')
  const done = leaving && coming.length === 0
  useEffect(() => {
    if (done) onClose()
  }, [done, onClose])
  const take = (): void => void eye.take()
  const ready = camera.stream !== null && size !== null
  useShortcut('Escape', t('close'), () => setLeaving(true))
  useShortcut('Enter', t('take'), ready ? take : undefined)
  useShortcut('Ctrl+Enter', t('take'), ready ? take : undefined)
  return (
    <div className="cam">
      <header className="bar" onKeyDown={keepForControl}>
        <h1 className="cam-title ell">{componentName}</h1>
        {retaking !== null && <Badge tint="info" icon={IconCamera}>{t('retaking', { number: pages.length })}</Badge>}
        <span className="grow" />
        <DeviceChoice camera={camera} size={size} />
        <Button small keys="A" pressed={auto} onPress={switchAuto}>{auto ? t('autoOn') : t('autoOff')}</Button>
        <Button small icon={IconX} caps="Escape" onPress={() => setLeaving(true)}>{leaving && sending ? t('closing') : t('close')}</Button>
      </header>
      {camera.problem
        ? <main className="cam-problem"><ProblemNote problem={camera.problem}><Button small keys="Enter" onPress={camera.retry}>{t('again')}</Button></ProblemNote></main>
        : <main className="cam-main"><CameraView video={video} state={watching.state} /></main>}
      <TakenPages pages={pages} coming={coming} shots={shots} retaking={retaking} onRetake={last && ready ? retake : undefined}>
        {found && <CodeFound code={found.code} onUse={useFound} onDismiss={() => setFound(null)} />}
      </TakenPages>
      <footer className="bar">
        <div className="grow">{!camera.problem && <CameraWord state={watching.state} auto={auto} unsaved={refused} />}</div>
        {next && <Button icon={IconArrowDown} keys="Ctrl+ArrowDown" onPress={goOn}>{t('next', { name: next.name })}</Button>}
        <Button kind="primary" icon={IconCamera} keys="Space" onPress={take} waitsFor={ready ? undefined : t('noPicture')} autoFocus>{t('take')}</Button>
      </footer>
      <ConfirmDialog open={leaving && refused && !sending} title={t('leave.title')} act={t('leave.act')} dangerous onAct={onClose} onClose={() => setLeaving(false)} safe={t('leave.stay')}>{t('leave.words')}</ConfirmDialog>
    </div>
  )
}
