import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api, type Problem, problemOf } from '../app/api'
import { focusField, ProblemNote } from '../parts'
import { SecretField } from './secret-field'

type Faults = Readonly<{ current?: string; next?: string; again?: string }>

/** State of "current, new, once more". `save` answers whether it was kept; what stopped it stands at its field. */
export function useSecretForm(known = '') {
  const { t } = useTranslation('sign-in')
  const [current, setCurrent] = useState(known)
  const [next, setNext] = useState('')
  const [again, setAgain] = useState('')
  const [faults, setFaults] = useState<Faults>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const [busy, setBusy] = useState(false)

  const find = (): Faults => ({
    ...(current === '' && { current: t('needSecret') }),
    ...(next === '' && { next: t('needThis') }),
    ...(next !== '' && next !== again && { again: t('notSame') }),
  })
  const save = async (): Promise<boolean> => {
    const found = find()
    setFaults(found)
    setProblem(null)
    const first = Object.keys(found)[0]
    if (first !== undefined) {
      focusField(`${first}Secret`)
      return false
    }
    setBusy(true)
    try {
      await api.staff.changeSecret({ current, next })
      setCurrent('')
      setNext('')
      setAgain('')
      return true
    } catch (error) {
      const refused = problemOf(error)
      if (refused.code !== 'TK-006') {
        setProblem(refused)
        return false
      }
      setFaults({ next: t(`weakness.${String(refused.params['weakness'])}`) })
      focusField('nextSecret')
      return false
    } finally {
      setBusy(false)
    }
  }
  return { current, setCurrent, next, setNext, again, setAgain, faults, problem, busy, save }
}

/** The three fields, with what a good secret is. */
export function SecretForm({ form }: { form: ReturnType<typeof useSecretForm> }): ReactNode {
  const { t } = useTranslation('sign-in')
  return (
    <>
      {form.problem && <ProblemNote problem={form.problem} />}
      <SecretField label={t('currentSecret')} name="currentSecret" value={form.current} onChange={form.setCurrent} fault={form.faults.current} autoFocus={form.current === ''} />
      <SecretField label={t('newSecret')} name="nextSecret" value={form.next} onChange={form.setNext} hint={t('newSecretHint')} fault={form.faults.next} autoComplete="new-password" autoFocus={form.current !== ''} />
      <SecretField label={t('again')} name="againSecret" value={form.again} onChange={form.setAgain} fault={form.faults.again} autoComplete="new-password" />
    </>
  )
}
