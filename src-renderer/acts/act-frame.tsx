import { IconAlertTriangle } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Act, Second } from '@contract/handling'
import { queryClient } from '../app/queries'
import { Button, focusField, FormDialog, Note } from '../parts'
import { Refused } from '../dossiers/refused'
import { ActPreview } from './act-preview'
import { Issued } from './issued'
import { readSecond, SecondFields } from './second'
import type { ActDialogProps, Done } from './subject'
import './acts.css'

type Props = ActDialogProps & Readonly<{
  kind: Act['kind']
  /** What is to be done, as far as it is complete; null while something is missing. */
  act: Act | null
  /** Name of the first field that is missing something. */
  missing: string | null
  onAsked: () => void
  /** A form comes of it, which is shown beside the fields. */
  withForm: boolean
  /** Cannot be taken back: the key is pressed twice. */
  final?: boolean
  needsSecond?: boolean
  warning?: string | undefined
  children: ReactNode
}>

/** One act: its fields on the left, the form that comes of it on the right, and after it the form to print. */
export function ActFrame(props: Props): ReactNode {
  const { t } = useTranslation('acts')
  const { kind, onClose, onDone, withForm } = props
  const [done, setDone] = useState<Done | null>(null)
  const end = (): void => { if (done === null) onClose(); else onDone(done) }
  return (
    <FormDialog open title={t(`${kind}.title`)} onClose={end} wide={withForm && done === null ? 1120 : 640}>
      {done?.form ? <Issued form={done.form} code={done.dossier.code} onClose={end} /> : <Fields {...props} onDone={(made) => { if (made.form === null) onDone(made); else setDone(made) }} />}
    </FormDialog>
  )
}

function Fields({ subject, kind, act, missing, onAsked, withForm, final = false, needsSecond = false, warning, children, onClose, onDone }: Props): ReactNode {
  const { t } = useTranslation('acts')
  const form = useRef<HTMLFormElement>(null)
  const [armed, setArmed] = useState<string | null>(null)
  const [secondMissing, setSecondMissing] = useState(false)
  const meant = JSON.stringify(act)
  const send = useMutation({
    mutationFn: ({ act: chosen, second }: { act: Act; second: Second | null }) => subject.send(chosen, second),
    onSuccess: (made) => {
      void queryClient.invalidateQueries({ queryKey: ['dossier'] })
      onDone(made)
    },
    gcTime: 0,
  })
  const go = (): void => {
    onAsked()
    if (act === null) { if (missing !== null) focusField(missing); return }
    const second = needsSecond ? readSecond(form.current) : null
    setSecondMissing(needsSecond && second === null)
    if (needsSecond && second === null) return focusField('second.loginName')
    if (final && armed !== meant) return setArmed(meant)
    send.mutate({ act, second })
  }
  const sure = armed === meant && final
  return (
    <form ref={form} className={`act ${withForm ? 'beside' : ''}`} onSubmit={(event) => { event.preventDefault(); go() }}>
      <div className="col act-fields">
        <p className="m">{t(`${kind}.effect`)}</p>
        {warning !== undefined && <Note tint="warn" icon={IconAlertTriangle}>{warning}</Note>}
        {children}
        {needsSecond && <SecondFields missing={secondMissing} />}
        {sure && <Note tint="warn" icon={IconAlertTriangle} role="alert"><b>{t('second.armed')}</b> {t('second.armedHelp')}</Note>}
        {send.error !== null && <Refused error={send.error} onSeen={onClose} />}
      </div>
      {withForm && <ActPreview subject={subject} act={act} />}
      <div className="row act-foot">
        <Button onPress={onClose} caps="Escape">{t('back', { ns: 'common' })}</Button>
        <Button kind={final ? 'danger' : 'primary'} keys="Ctrl+Enter" waitsFor={send.isPending ? t('saving') : undefined} onPress={go}>{sure ? t('sure', { act: t(`${kind}.act`) }) : t(`${kind}.act`)}</Button>
      </div>
    </form>
  )
}
