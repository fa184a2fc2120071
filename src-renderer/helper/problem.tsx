import { IconAlertTriangle } from '@tabler/icons-react'
import { ORPCError } from '@orpc/client'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type ErrorCode, type ErrorParams, isErrorCode } from '@contract/errors'

export type Problem = Readonly<{ code: ErrorCode; params: ErrorParams }>

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null

/** Any failure of a call as a code with the values of its sentence. */
export function problemOf(error: unknown): Problem {
  if (!(error instanceof ORPCError)) return { code: 'LOI-000', params: {} }
  const code = String(error.code)
  if (!isErrorCode(code)) return { code: code === 'BAD_REQUEST' ? 'TK-013' : 'LOI-000', params: {} }
  const data: unknown = error.data
  const params = isRecord(data) && isRecord(data['params']) ? data['params'] : {}
  const kept = Object.entries(params).filter((entry): entry is [string, string | number] => typeof entry[1] === 'string' || typeof entry[1] === 'number')
  return { code, params: Object.fromEntries(kept) }
}

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
