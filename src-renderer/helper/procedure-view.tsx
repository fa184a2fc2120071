import { IconArrowFork, IconCash, IconCertificate, IconCircle, IconCircleCheck, IconClock, IconMapPinCheck, IconMapPinOff, IconMapPinQuestion, IconMinus, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenQuestion, Verdict } from '@contract/draft'
import { formatMoney } from '@contract/format'
import { PLACE_QUESTION, type Procedure } from '@contract/procedures'
import { core } from './client'
import { type Problem, problemOf, ProblemNote } from './problem'
import { useErrand } from './use-errand'

type Props = Readonly<{ code: string; version: string; onChoose: (procedure: Procedure) => void; onFind: () => void }>

/** May it be done here, what is still to be asked, what to bring, how long and how much. */
export function ProcedureView({ code, version, onChoose, onFind }: Props): ReactNode {
  const { t } = useTranslation('helper')
  const { state } = useErrand()
  const [procedure, setProcedure] = useState<Procedure | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => void core.procedure({ code, version }).then(setProcedure, (error: unknown) => setProblem(problemOf(error))), [code, version])
  if (!procedure) return problem ? <ProblemNote problem={problem} /> : <p className="t2" role="status">{t('loading', { ns: 'common' })}</p>
  const { verdict, fee } = state.view
  const settled = state.view.content.procedure?.code === code
  const other = settled ? (verdict?.otherProcedure ?? null) : null
  const turn = (to: string): void => void core.procedure({ code: to }).then(onChoose, (error: unknown) => setProblem(problemOf(error)))
  return (
    <div className="procedure">
      <div className="procedure-head">
        <h2>{procedure.name}</h2>
        <button type="button" className="act small" onClick={onFind}><IconSearch className="i" aria-hidden />{t('matter.other')}</button>
      </div>
      <ProblemNote problem={problem} />
      {settled && verdict && verdict.kind !== 'ask' && <VerdictNote verdict={verdict} />}
      {other !== null && (
        <div className="note"><IconArrowFork className="i" aria-hidden /><span className="grow">{t('procedure.other', { ns: 'intake', code: other })}</span>
          <button type="button" className="act small" onClick={() => turn(other)}>{t('procedure.switch', { ns: 'intake', code: other })}</button></div>
      )}
      {settled && <Questions procedure={procedure} />}
      <ul className="facts">
        {procedure.time && <li><IconClock className="i" aria-hidden />{timeOf(procedure, t)}</li>}
        {settled && fee && <li><IconCash className="i" aria-hidden />{fee.needsAmount ? t('matter.councilFee') : fee.total === 0 ? t('fee.free', { ns: 'intake' }) : t('matter.fee', { amount: formatMoney(fee.total) })}</li>}
        <li><IconCertificate className="i" aria-hidden />{procedure.result.name}</li>
      </ul>
      <h3>{t('procedure.needs', { ns: 'intake' })}</h3>
      <ul className="needs">
        {procedure.components.map((paper) => (
          <li key={paper.code}>{paper.required.when === 'always' ? <IconCircle className="i" aria-hidden /> : <IconMinus className="i" aria-hidden />}
            <span>{paper.name} <span className="t2">· {paper.required.when === 'conditional' ? paper.required.condition : t(`kind.${paper.kind}`, { ns: 'intake' })}</span></span></li>
        ))}
      </ul>
    </div>
  )
}

function timeOf({ time }: Procedure, t: (key: string, values: { count: number }) => string): string {
  return time === undefined ? '' : t(`matter.time.${time.unit}`, { count: time.amount })
}

const MARKS: Readonly<Record<Verdict['kind'], readonly [typeof IconClock, string]>> = {
  here: [IconMapPinCheck, ''], anywhere: [IconMapPinCheck, ''], elsewhere: [IconMapPinOff, 'warn'], 'not-eligible': [IconMapPinOff, 'warn'], ask: [IconMapPinQuestion, ''],
}

function VerdictNote({ verdict }: { verdict: Verdict }): ReactNode {
  const { t } = useTranslation('intake')
  const [Icon, tint] = MARKS[verdict.kind]
  const reasons = verdict.reasons.filter((reason) => reason !== 'reason.questions-open').map((reason) => (reason.startsWith('reason.') ? t(reason) : reason))
  return (
    <div className={`note ${tint}`} role="status">
      <Icon className="i" aria-hidden />
      <div><p><b>{t(`verdictTitle.${verdict.kind}`)}</b></p>{reasons.length > 0 && <p>{reasons.join(' ')}</p>}{verdict.goTo !== null && <p><b>{verdict.goTo}</b></p>}</div>
    </div>
  )
}

/** What has to be asked before anybody goes to the counter; a given answer can be changed. */
function Questions({ procedure }: { procedure: Procedure }): ReactNode {
  const { t } = useTranslation('intake')
  const { errand, content, state } = useErrand()
  const open = state.view.questions.filter(({ id }) => content.answers[id] === undefined)
  const given = Object.entries(content.answers)
  if (given.length + open.length === 0) return null
  const answer = (question: string, id: string): void => {
    errand.edit(`answer.${question}`, (now) => ({ ...now, answers: { ...now.answers, [question]: id } }))
    void errand.flush()
  }
  const takeBack = (question: string): void => {
    errand.edit(`answer.${question}`, (now) => ({ ...now, answers: Object.fromEntries(Object.entries(now.answers).filter(([id]) => id !== question)) }))
    void errand.flush()
  }
  return (
    <section className="questions" aria-label={t('procedure.questions')}>
      {given.map(([question, id]) => {
        const words = wordsOf(procedure, question, id)
        const asked = words.question ?? t('place.question')
        return (
          <div key={question} className="given"><IconCircleCheck className="i ok" aria-hidden /><span className="grow">{asked} <b>{words.answer ?? t(`place.${id}`)}</b></span>
            <button type="button" className="act small" onClick={() => takeBack(question)} aria-label={t('procedure.changeAnswer', { question: asked })}>{t('procedure.change')}</button></div>
        )
      })}
      {open.slice(0, 1).map((question) => <Asked key={question.id} question={question} onAnswer={(id) => answer(question.id, id)} />)}
    </section>
  )
}

function Asked({ question, onAnswer }: { question: OpenQuestion; onAnswer: (id: string) => void }): ReactNode {
  const { t } = useTranslation('intake')
  return (
    <div className="asked" role="group" aria-label={question.question}>
      <p><b>{question.question}</b></p>
      <div className="wraps">{question.answers.map(({ id, label }) => <button key={id} type="button" className="act small" onClick={() => onAnswer(id)}>{label ?? t(`place.${id}`)}</button>)}</div>
    </div>
  )
}

function wordsOf(procedure: Procedure, question: string, answer: string): { question: string | undefined; answer: string | undefined } {
  const { jurisdiction } = procedure
  if (question === PLACE_QUESTION) return { question: 'question' in jurisdiction ? jurisdiction.question : undefined, answer: undefined }
  const found = procedure.eligibility.find(({ id }) => id === question)
  return { question: found?.question, answer: found?.answers.find(({ id }) => id === answer)?.label }
}
