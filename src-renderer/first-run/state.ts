import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { CounterSettings, WardSettings } from '@contract/settings'
import { NewLoginName } from '@contract/staff'
import { api, type Problem, problemOf } from '../app/api'
import { type Faults, faultsOf } from '../settings/faults'
import { counterOf, EMPTY_COUNTER, EMPTY_WARD, wardOf } from '../settings/ward-fields'

export const STEPS = ['ward', 'counter', 'administrator', 'key'] as const
export type Step = (typeof STEPS)[number]

const Administrator = z.object({ loginName: NewLoginName, fullName: z.string().trim().min(1).max(200), title: z.string().trim().max(200), secret: z.string().min(8).max(200) })
const EMPTY_ADMINISTRATOR = { loginName: '', fullName: '', title: '', secret: '', again: '' }

/** What each step has so far, what is wrong with it, and the move from one to the next. */
export function useFirstRun(onBegin: () => void) {
  const { t } = useTranslation(['first-run', 'settings'])
  const [step, setStep] = useState<Step>('ward')
  const [ward, setWard] = useState(EMPTY_WARD)
  const [counter, setCounter] = useState(EMPTY_COUNTER)
  const [administrator, setAdministrator] = useState(EMPTY_ADMINISTRATOR)
  const [faults, setFaults] = useState<Faults>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [recoveryKey, setRecoveryKey] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const faultsIn = (which: Step): Faults => {
    if (which === 'ward') return faultsOf(WardSettings, wardOf(ward), (field) => t(`fault.ward.${field}`, { ns: 'settings' }))
    if (which === 'counter') return faultsOf(CounterSettings, counterOf(counter), (field) => t(`fault.counter.${field.split('.')[0] ?? ''}`, { ns: 'settings' }))
    return {
      ...faultsOf(Administrator, administrator, (field) => t(`fault.${field}`, { ns: 'first-run' })),
      ...(administrator.secret !== administrator.again && { again: t('fault.again', { ns: 'first-run' }) }),
    }
  }
  const show = (which: Step): void => {
    setFaults({})
    setProblem(null)
    setStep(which)
  }
  const refuse = (error: unknown): void => {
    const found = problemOf(error)
    if (!['TK-006', 'TK-016'].includes(found.code)) setProblem(found)
    if (found.code === 'TK-006') setFaults({ secret: t(`weakness.${String(found.params['weakness'])}`, { ns: 'sign-in' }) })
    if (found.code === 'TK-016') setFaults({ loginName: t('fault.loginName', { ns: 'first-run' }) })
  }
  const create = async (): Promise<void> => {
    const { again: _again, ...account } = administrator
    setBusy(true)
    onBegin()
    try {
      const made = await api.staff.setUp({ ward: WardSettings.parse(wardOf(ward)), counter: CounterSettings.parse(counterOf(counter)), administrator: account })
      setRecoveryKey(made.recoveryKey)
      show('key')
    } catch (error) {
      refuse(error)
    } finally {
      setBusy(false)
    }
  }
  const go = (wanted: Step): void => {
    if (busy || recoveryKey !== null || wanted === 'key') return
    // Forward only past steps that are complete; the first that is not is shown with what it lacks.
    const before = STEPS.slice(0, STEPS.indexOf(wanted))
    const stuck = before.find((name) => Object.keys(faultsIn(name)).length > 0)
    show(stuck ?? wanted)
    if (stuck !== undefined) setFaults(faultsIn(stuck))
  }
  const next = (): void => {
    if (busy) return
    const found = faultsIn(step)
    setFaults(found)
    setProblem(null)
    if (Object.keys(found).length > 0) return
    if (step === 'ward') show('counter')
    else if (step === 'counter') show('administrator')
    else void create()
  }
  const back = (): void => show(step === 'administrator' ? 'counter' : 'ward')
  return { step, ward, setWard, counter, setCounter, administrator, setAdministrator, faults, problem, recoveryKey, busy, go, next, back }
}
