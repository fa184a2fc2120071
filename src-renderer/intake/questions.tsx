import { IconCircleCheck, IconCircleDot } from '@tabler/icons-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { OpenQuestion } from '@contract/draft'
import { PLACE_QUESTION, type Procedure } from '@contract/procedures'
import { KeyCaps } from '../parts'
import { useDraft } from './use-draft'

type Props = Readonly<{ procedure: Procedure; onAnswered: (question: string | undefined, verdict: string | undefined) => void }>

/** What has to be asked before anything is scanned. The number of an answer, or a click, gives it; a given one can be changed. */
export function Questions({ procedure, onAnswered }: Props): ReactNode {
  const { t } = useTranslation('intake')
  const { content, state, edit, store } = useDraft()
  const given = Object.entries(content.answers)
  const open = state.view.questions.filter(({ id }) => content.answers[id] === undefined)
  if (given.length + open.length === 0) return null
  const answer = async (question: string, id: string): Promise<void> => {
    edit((now) => ({ ...now, answers: { ...now.answers, [question]: id } }))
    const { view } = await store.flush()
    onAnswered(view.questions[0]?.id, view.verdict?.kind)
  }
  const takeBack = async (question: string): Promise<void> => {
    edit((now) => ({ ...now, answers: Object.fromEntries(Object.entries(now.answers).filter(([id]) => id !== question)) }))
    await store.flush()
    onAnswered(question, 'ask')
  }
  return (
    <div>
      <h3 style={{ marginBottom: 6 }}>{t('procedure.questions')}</h3>
      <ul className="questions">
        {given.map(([question, id]) => {
          const words = wordsOf(procedure, question, id)
          return (
            <li key={question} className="row">
              <IconCircleCheck className="i c-ok" aria-hidden /><span className="grow">{words.question ?? t('place.question')}</span>
              <b>{words.answer ?? t(`place.${id}`)}</b> <span className="src">{t('procedure.citizenSays')}</span>
              <button type="button" className="btn ghost sm" onClick={() => void takeBack(question)} aria-label={t('procedure.changeAnswer', { question: words.question ?? t('place.question') })}>{t('procedure.change')}</button>
            </li>
          )
        })}
        {open.map((question, index) => <Asked key={question.id} question={question} first={index === 0} onAnswer={(id) => void answer(question.id, id)} />)}
      </ul>
    </div>
  )
}

function wordsOf(procedure: Procedure, question: string, answer: string): { question: string | undefined; answer: string | undefined } {
  const { jurisdiction } = procedure
  if (question === PLACE_QUESTION) return { question: 'question' in jurisdiction ? jurisdiction.question : undefined, answer: undefined }
  const found = procedure.eligibility.find(({ id }) => id === question)
  return { question: found?.question, answer: found?.answers.find(({ id }) => id === answer)?.label }
}

function Asked({ question, first, onAnswer }: { question: OpenQuestion; first: boolean; onAnswer: (id: string) => void }): ReactNode {
  const { t } = useTranslation('intake')
  const press = (event: KeyboardEvent): void => {
    const chosen = /^[1-9]$/u.test(event.key) && !event.ctrlKey && !event.altKey ? question.answers[Number(event.key) - 1] : undefined
    if (!chosen) return
    event.preventDefault()
    onAnswer(chosen.id)
  }
  return (
    <li className={first ? 'now' : ''}><div className="row wrap" role="group" aria-label={question.question} onKeyDown={press}>
      <IconCircleDot className="i" aria-hidden /><span className={`grow ${first ? 'w6' : ''}`} style={{ minWidth: 220 }}>{question.question}</span>
      <span className="row wrap" style={{ gap: 6 }}>
        {question.answers.map((answer, index) => (
          <button key={answer.id} type="button" className="btn sm" name={index === 0 ? `answers.${question.id}` : undefined} onClick={() => onAnswer(answer.id)} aria-keyshortcuts={String(index + 1)}>
            {answer.label ?? t(`place.${answer.id}`)} <KeyCaps keys={String(index + 1)} />
          </button>
        ))}
      </span>
    </div></li>
  )
}
