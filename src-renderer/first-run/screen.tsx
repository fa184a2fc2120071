import './first-run.css'
import { IconCheck, IconCircle, IconCircleDot } from '@tabler/icons-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useGate } from '../app/session'
import { Button, focusField, ProblemNote, TextField } from '../parts'
import { DoorFrame } from '../sign-in/door-frame'
import { SecretField } from '../sign-in/secret-field'
import { CounterFields, WardFields } from '../settings/ward-fields'
import { RecoveryKey } from './recovery-key'
import { STEPS, type Step, useFirstRun } from './state'

/** Called before the data are made, so that the door stays on this screen until the recovery key is safe, and when it is. */
export type FirstRunProps = Readonly<{ onBegin: () => void; onDone: () => void }>

/** Ward, counter, first administrator, recovery key. Nothing is written before the third step; nothing typed is lost on an error. */
export function FirstRunScreen({ onBegin, onDone }: FirstRunProps): ReactNode {
  const { t } = useTranslation('first-run')
  const { data: gate } = useGate()
  const run = useFirstRun(onBegin)
  const { step, faults } = run
  useEffect(() => {
    const first = Object.keys(faults)[0]
    if (first !== undefined) focusField(step === 'administrator' ? `administrator.${first}` : `${step}.${first}`)
  }, [faults, step])
  const remark = (
    <div className="col" style={{ gap: 12, marginTop: 24 }}>
      <p className="l w6">{t('title')}</p>
      <p className="dim">{t(`about.${step}`)}</p>
    </div>
  )
  return (
    <DoorFrame gate={gate} remark={remark} wide>
      <StepBar step={step} onGo={run.go} />
      <h1>{t(`step.${step}`)}</h1>
      {run.problem && <ProblemNote problem={run.problem} />}
      {run.recoveryKey !== null
        ? <RecoveryKey recoveryKey={run.recoveryKey} onDone={onDone} />
        : (
          <form className="col" style={{ gap: 16 }} onSubmit={(event) => { event.preventDefault(); run.next() }}>
            {step === 'ward' && <WardFields key="ward" draft={run.ward} faults={faults} onChange={run.setWard} autoFocus />}
            {step === 'counter' && <CounterFields key="counter" draft={run.counter} faults={faults} onChange={run.setCounter} autoFocus />}
            {step === 'administrator' && <AdministratorFields run={run} />}
            <div className="row" style={{ justifyContent: 'flex-end', gap: 12 }}>
              {step !== 'ward' && <Button onPress={run.back} keys="Escape" waitsFor={run.busy ? t('working') : undefined}>{t('back')}</Button>}
              <Button kind="primary" onPress={run.next} keys="Ctrl+Enter" waitsFor={run.busy ? t('working') : undefined}>{t(step === 'administrator' ? 'create' : 'next')}</Button>
              <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
            </div>
          </form>
        )}
    </DoorFrame>
  )
}

function AdministratorFields({ run }: { run: ReturnType<typeof useFirstRun> }): ReactNode {
  const { t } = useTranslation('first-run')
  const { administrator, faults } = run
  const change = (part: Partial<typeof administrator>): void => run.setAdministrator({ ...administrator, ...part })
  return (
    <div className="form-grid">
      <TextField name="administrator.fullName" label={t('fullName')} fault={faults['fullName']} value={administrator.fullName} onChange={(fullName) => change({ fullName })} maxLength={200} autoFocus />
      <TextField name="administrator.title" label={t('jobTitle')} hint={t('jobTitleHint')} fault={faults['title']} value={administrator.title} onChange={(title) => change({ title })} maxLength={200} />
      <TextField name="administrator.loginName" label={t('loginName')} hint={t('loginNameHint')} fault={faults['loginName']} value={administrator.loginName} onChange={(loginName) => change({ loginName })} maxLength={60} autoComplete="username" />
      <span />
      <SecretField name="administrator.secret" label={t('secret')} hint={t('secretHint')} fault={faults['secret']} value={administrator.secret} onChange={(secret) => change({ secret })} autoComplete="new-password" />
      <SecretField name="administrator.again" label={t('again')} fault={faults['again']} value={administrator.again} onChange={(again) => change({ again })} autoComplete="new-password" />
    </div>
  )
}

/** Where one is; a step already done may be opened again until the data are made. */
function StepBar({ step, onGo }: { step: Step; onGo: (step: Step) => void }): ReactNode {
  const { t } = useTranslation('first-run')
  const at = STEPS.indexOf(step)
  return (
    <nav className="steps card" aria-label={t('steps')}>
      {STEPS.map((name, index) => {
        const Icon = index < at ? IconCheck : index === at ? IconCircleDot : IconCircle
        return (
          <button key={name} type="button" className={index < at ? 'done' : index === at ? 'now' : ''} aria-current={index === at ? 'step' : undefined} onClick={() => onGo(name)}>
            <Icon className="i" aria-hidden />{t(`step.${name}`)}
          </button>
        )
      })}
    </nav>
  )
}
