import { IconMapPin, IconPencil, IconTicket } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Title } from '../hall'
import type { Answer } from './client'
import type { Letter } from './steps'

function AnswerCard({ answer, letter, onTake }: { answer: Answer; letter: Letter | null; onTake: (letter: Letter) => void }): ReactNode {
  const { t } = useTranslation('kiosk')
  const { name, goTo, bring, fee, time } = answer
  const facts = [...(fee === null ? [] : [t('answers.fee', { fee })]), ...(time === null ? [] : [t('answers.time', { time })])]
  return (
    <li className="card answer">
      <div className="facts">
        <h2>{name}</h2>
        {bring.length > 0 && <p>{t('answers.bring', { papers: bring.join(', ') })}</p>}
        {facts.length > 0 && <p className="t2">{facts.join(' · ')}</p>}
        {goTo !== null && <p className="place"><IconMapPin className="i lg" aria-hidden />{t('answers.goTo', { place: goTo })}</p>}
        {goTo === null && letter === null && <p className="t2">{t('answers.officer')}</p>}
      </div>
      {letter !== null && <button type="button" className="big" onClick={() => onTake(letter)}><IconTicket className="i lg" aria-hidden />{t('answers.take')}</button>}
    </li>
  )
}

type Props = Readonly<{
  words: string
  answers: readonly Answer[]
  /** Kinds that numbers are given for now. */
  letters: readonly Letter[]
  onTake: (letter: Letter) => void
  onAgain: () => void
}>

/** What fits the citizen's words: a number for it, or where else to go. */
export function Answers({ words, answers, letters, onTake, onAgain }: Props): ReactNode {
  const { t } = useTranslation('kiosk')
  const letterOf = ({ letter, goTo }: Answer): Letter | null => (goTo === null && letter !== null && letters.includes(letter) ? letter : null)
  return (
    <main className="kiosk answers" data-step="answers">
      <div className="top">
        <div><Title>{answers.length === 0 ? t('answers.none') : t('answers.title')}</Title><p className="t2 under">{t('answers.words', { words })}</p></div>
        <button type="button" className="big second" onClick={onAgain}><IconPencil className="i lg" aria-hidden />{t('answers.again')}</button>
      </div>
      {answers.length === 0
        ? <p className="lead">{t('answers.noneText')}</p>
        : <ul className="answer-list scroll">{answers.map((answer) => <AnswerCard key={answer.name} answer={answer} letter={letterOf(answer)} onTake={onTake} />)}</ul>}
    </main>
  )
}
