import { IconArrowRight, IconMapPinOff, IconSearch } from '@tabler/icons-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProcedureHit } from '@contract/calls-office'
import type { GuideAnswer, GuideAnswers, GuideHit, GuideQuestion } from '@contract/guide'
import type { Procedure } from '@contract/procedures'
import { core } from './client'
import { type Problem, problemOf, ProblemNote } from './problem'
import { ProcedureView } from './procedure-view'
import { useErrand } from './use-errand'

/** Typing pauses this long before the words are read. */
const ASK_AFTER_MS = 220
const MOST = 8

type Found = Readonly<{ words: string; answer: GuideAnswer; named: readonly ProcedureHit[] }>

/** From the citizen's words to the procedure; once it is chosen, what it needs and what has to be asked. */
export function Matter(): ReactNode {
  const { errand, content } = useErrand()
  const [finding, setFinding] = useState(content.procedure === null)
  const choose = useCallback((procedure: Procedure): void => {
    errand.edit('procedure', (now) => (now.procedure?.code === procedure.code
      ? now : { ...now, procedure: { code: procedure.code, version: procedure.version }, answers: {}, papers: {} }))
    setFinding(false)
  }, [errand])
  if (finding || content.procedure === null) return <Find onChoose={choose} />
  return <ProcedureView key={content.procedure.code} code={content.procedure.code} version={content.procedure.version} onChoose={choose} onFind={() => setFinding(true)} />
}

function useFound(words: string, answers: GuideAnswers, failed: (error: unknown) => void): Found | null {
  const [found, setFound] = useState<Found | null>(null)
  useEffect(() => {
    const asked = words.trim()
    if (asked.length < 2) return undefined
    let over = false
    const timer = setTimeout(() => {
      const both = Promise.all([core.ask({ words: asked, answers }), core.search({ query: asked, limit: 12 })])
      both.then(([answer, named]) => { if (!over) setFound({ words: asked, answer, named }) }, failed)
    }, ASK_AFTER_MS)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [words, answers, failed])
  return words.trim().length < 2 ? null : found
}

function Find({ onChoose }: { onChoose: (procedure: Procedure) => void }): ReactNode {
  const { t } = useTranslation('helper')
  const [words, setWords] = useState('')
  const [answers, setAnswers] = useState<GuideAnswers>({})
  const [problem, setProblem] = useState<Problem | null>(null)
  const failed = useCallback((error: unknown) => setProblem(problemOf(error)), [])
  const found = useFound(words, answers, failed)
  const pick = (code: string): void => void core.procedure({ code }).then(onChoose, failed)
  const guided = new Set(found?.answer.hits.map(({ target }) => target))
  const named = found?.named.filter(({ code }) => !guided.has(code)) ?? []
  const question = found?.answer.questions[0]
  const unclear = question?.needed === true || found?.answer.clear === false
  const answerFork = (answer: string): void => { if (question) setAnswers((now) => ({ ...now, [question.id]: answer })) }
  return (
    <div className="find">
      <ProblemNote problem={problem} />
      <div className="fld">
        <label htmlFor="matter-words">{t('matter.words')}</label>
        <div className="search"><IconSearch className="i" aria-hidden />
          <input id="matter-words" name="words" className="inp" value={words} placeholder={t('matter.example')} autoComplete="off" spellCheck={false} maxLength={300} autoFocus
            onChange={(event) => { setWords(event.target.value); setAnswers({}) }} /></div>
      </div>
      {question && unclear && <Fork question={question} onAnswer={answerFork} />}
      <p className="sr" role="status">{found ? t('matter.found', { count: found.answer.hits.length + named.length }) : ''}</p>
      {found && found.answer.hits.length + named.length === 0 && <p className="empty">{t('matter.none', { words: found.words })}</p>}
      <ul className="lines">
        {found?.answer.hits.map((hit) => <li key={hit.target}><GuideLine hit={hit} onPick={pick} /></li>)}
        {named.slice(0, Math.max(0, MOST - guided.size)).map((hit) => (
          <li key={hit.code}><HitLine code={hit.code} name={hit.name} facts={[hit.timeText, hit.feeText]} onPick={pick} /></li>
        ))}
      </ul>
      {question && !unclear && <Fork question={question} onAnswer={answerFork} />}
      {words.trim().length < 2 && <p className="t2">{t('matter.help')}</p>}
    </div>
  )
}

/** Near matters are told apart by one question; passed over where the words already decide. */
function Fork({ question, onAnswer }: { question: GuideQuestion; onAnswer: (answer: string) => void }): ReactNode {
  return (
    <div className="asked" role="group" aria-label={question.question}>
      <p><b>{question.question}</b></p>
      <div className="wraps">{question.answers.map((answer) => <button key={answer.id} type="button" className="act small" onClick={() => onAnswer(answer.id)}>{answer.label}</button>)}</div>
    </div>
  )
}

function HitLine({ code, name, facts, onPick }: { code: string; name: string; facts: readonly (string | null)[]; onPick: (code: string) => void }): ReactNode {
  return (
    <button type="button" className="line" onClick={() => onPick(code)}>
      <span className="grow"><b>{name}</b><span className="t2">{facts.filter((fact) => fact !== null && fact !== '').join(' · ')}</span></span>
      <IconArrowRight className="i" aria-hidden />
    </button>
  )
}

function GuideLine({ hit, onPick }: { hit: GuideHit; onPick: (code: string) => void }): ReactNode {
  if (hit.kind === 'procedure') return <HitLine code={hit.target} name={hit.name} facts={[hit.time?.text ?? null, hit.fee.text]} onPick={onPick} />
  return (
    <div className="line elsewhere">
      <IconMapPinOff className="i" aria-hidden />
      <span className="grow"><b>{hit.name}</b>{hit.place.kind === 'elsewhere' && <><span className="t2">{hit.place.name}</span><span>{hit.place.goTo}</span></>}</span>
    </div>
  )
}
