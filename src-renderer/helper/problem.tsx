import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type Problem, problemOf } from '../app/problem-of'

export { type Problem, problemOf }

/** What happened, what it means, what to do, the code. Takes the focus, so that it is read at once. */
export function ProblemNote({ problem }: { problem: Problem | null }): ReactNode {
  const { t, i18n } = useTranslation('errors')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [problem])
  if (problem === null) return null
  const word = (name: string, value: string | number): string | number => (i18n.exists(`param.${name}.${value}`, { ns: 'errors' }) ? t(`param.${name}.${value}`) : value)
  const words = { reference: '–', ...Object.fromEntries(Object.entries(problem.params).map(([name, value]) => [name, word(name, value)])) }
  return (
    <div className="note bad" role="alert" tabIndex={-1} ref={box}>
      <IconAlertTriangle className="i" aria-hidden />
      <div>
        <p><b>{t(`${problem.code}.what`, words)}</b></p>
        <p>{t(`${problem.code}.effect`, words)} {t(`${problem.code}.next`, words)} <span className="t2">{t('code', { ns: 'common', code: problem.code })}</span></p>
      </div>
    </div>
  )
}
