import { IconAlertTriangle } from '@tabler/icons-react'
import { type ReactNode, useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorParams } from '@contract/errors'
import { type Problem, problemOf } from '../app/api'

type Props = Readonly<{ problem: Problem; children?: ReactNode; focus?: boolean }>

/**
 * The values of a sentence, in the reader's language where `errors.json` has words for them under `param.<name>.<value>`;
 * a list joined by commas is put into words one by one. Anything else stays as it came.
 */
function inWords(params: ErrorParams, find: (key: string) => string | undefined): Record<string, string | number> {
  const word = (name: string, value: string): string => find(`param.${name}.${value}`) ?? value
  const entries = Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? value.split(',').map((part) => word(name, part)).join(', ') : value] as const)
  return { reference: '–', ...Object.fromEntries(entries) }
}

/** What happened, what it means for the errand, what to do, the code: in this order. Takes the focus, so that it is read at once. */
export function ProblemNote({ problem, children, focus = true }: Props): ReactNode {
  const { t, i18n } = useTranslation('errors')
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (focus) box.current?.focus()
  }, [focus, problem])
  const words = inWords(problem.params, (key) => (i18n.exists(key, { ns: 'errors' }) ? t(key) : undefined))
  return (
    <div className="problem" role="alert" tabIndex={-1} ref={box}>
      <div className="in">
        <IconAlertTriangle className="i c-bad" aria-hidden />
        <div className="grow">
          <p className="what">{t(`${problem.code}.what`, words)}</p>
          <div className="why">
            <p className="cap">{t('problem.effect', { ns: 'common' })}</p>
            <p className="says">{t(`${problem.code}.effect`, words)}</p>
            <p className="cap">{t('problem.next', { ns: 'common' })}</p>
            <p className="says">{t(`${problem.code}.next`, words)}</p>
          </div>
          <div className="acts">{children}<p className="s t2">{t('code', { ns: 'common', code: problem.code })}</p></div>
        </div>
      </div>
    </div>
  )
}

/** The same for whatever a call threw; nothing while there is no error. */
export function FailureNote({ error, children }: { error: unknown; children?: ReactNode }): ReactNode {
  // The same error keeps the same problem: drawn again, it does not take the focus again.
  const problem = useMemo(() => problemOf(error), [error])
  if (error === null || error === undefined) return null
  return <ProblemNote problem={problem}>{children}</ProblemNote>
}

export type Fault = Readonly<{ field: string; words: string }>

type SummaryProps = Readonly<{ faults: readonly Fault[]; title: string; onGo?: (field: string) => void; attempt?: number }>

/**
 * Everything that stops the primary action, on top of the screen; each line leads to its field (found by its `name`). Takes the focus
 * when the faults are others, or with `attempt` only when that number changes: lines that are mended may then go one by one.
 */
export function FaultSummary({ faults, title, onGo, attempt }: SummaryProps): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const { t } = useTranslation('common')
  const prefix = `${t('faultTitle')} `
  const any = faults.length > 0
  const asked = attempt ?? faults
  useEffect(() => {
    box.current?.focus()
  }, [asked])
  useEffect(() => {
    if (!any) return
    document.title = prefix + document.title
    return () => {
      document.title = document.title.replace(prefix, '')
    }
  }, [any, prefix])
  if (!any) return null
  return (
    <div className="problem" role="alert" tabIndex={-1} ref={box}>
      <div className="in">
        <IconAlertTriangle className="i c-bad" aria-hidden />
        <div className="grow">
          <p className="what">{title}</p>
          <ul>
            {faults.map(({ field, words }) => (
              <li key={field + words}><button type="button" className="lnk" onClick={() => (onGo ?? focusField)(field)}>{words}</button></li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}

/** Puts the focus into the field of that name and brings it into view. */
export function focusField(name: string): void {
  const field = document.querySelector<HTMLElement>(`[name="${CSS.escape(name)}"], [data-field="${CSS.escape(name)}"]`)
  field?.scrollIntoView({ block: 'center' })
  field?.focus()
}
