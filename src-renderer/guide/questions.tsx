import { IconArrowFork, IconCircleCheck, IconCircleDot } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { GuideAnswer, GuideQuestion } from '@contract/guide'
import { KeyCaps } from '../parts'

type Choice = Readonly<{ id: string; label: string }>
export type Given = Readonly<{ id: string; question: string; answer: string; takeBack: () => void }>
export type Open = Readonly<{ id: string; question: string; answers: readonly Choice[] }>

const digitOf = (event: KeyboardEvent): number | null => (/^[1-9]$/u.test(event.key) && !event.ctrlKey && !event.altKey && !event.metaKey ? Number(event.key) - 1 : null)

/** A digit answers the question that the focus stands in. */
function pressFor(answers: readonly Choice[], onAnswer: (id: string) => void) {
  return (event: KeyboardEvent): void => {
    const digit = digitOf(event)
    const chosen = digit === null ? undefined : answers[digit]
    if (!chosen) return
    event.preventDefault()
    onAnswer(chosen.id)
  }
}

/** The fork of the road: which errand it really is. When the words decide already it waits behind a button. */
export function ForkQuestion({ fork, clear, onAnswer }: Readonly<{ fork: GuideQuestion; clear: boolean; onAnswer: (id: string) => void }>): ReactNode {
  const { t } = useTranslation('guide')
  const [wanted, setWanted] = useState(false)
  if (clear && !fork.needed && !wanted) {
    return <p className="m t2"><IconArrowFork className="i xs" aria-hidden /> {t('maybeOther')} <button type="button" className="lnk" name="guide.fork" onClick={() => setWanted(true)}>{fork.question}</button></p>
  }
  return (
    <section className="fork" aria-label={fork.question} onKeyDown={pressFor(fork.answers, onAnswer)}>
      <h2><IconArrowFork className="i" aria-hidden /> {fork.question}</h2>
      <div className="ways">
        {fork.answers.map(({ id, label }, index) => (
          <button key={id} type="button" className="btn way" name={index === 0 ? 'guide.fork' : undefined} aria-keyshortcuts={String(index + 1)} onClick={() => onAnswer(id)}>
            <KeyCaps keys={String(index + 1)} /><span>{label}</span>
          </button>
        ))}
      </div>
    </section>
  )
}

/** The forks that were answered, as the first lines of what was asked. */
export const givenForks = (answered: GuideAnswer['answered'], takeBack: (id: string) => void): Given[] => answered.map((one) => ({ ...one, takeBack: () => takeBack(one.id) }))

/** What was answered and what the procedure itself still asks. */
export function Questions({ given, open, onAnswer }: Readonly<{ given: readonly Given[]; open: readonly Open[]; onAnswer: (question: string, answer: string) => void }>): ReactNode {
  const { t } = useTranslation('guide')
  if (given.length + open.length === 0) return null
  return (
    <div>
      <h3 style={{ marginBottom: 6 }}>{t('sure')}</h3>
      <ul className="gquestions">
        {given.map(({ id, question, answer, takeBack }) => (
          <li key={id} className="row">
            <IconCircleCheck className="i c-ok" aria-hidden /><div className="grow"><p className="s t2">{question}</p><p><b>{answer}</b> <span className="src">{t('citizenSays')}</span></p></div>
            <button type="button" className="btn ghost sm" onClick={takeBack} aria-label={t('changeAnswer', { question })}>{t('change')}</button>
          </li>
        ))}
        {open.map(({ id, question, answers }, index) => (
          <li key={id} className={index === 0 ? 'now' : ''}>
            <div className="row wrap" role="group" aria-label={question} onKeyDown={pressFor(answers, (answer) => onAnswer(id, answer))}>
              <IconCircleDot className="i" aria-hidden /><span className={`grow ${index === 0 ? 'w6' : ''}`} style={{ minWidth: 220 }}>{question}</span>
              <span className="row wrap" style={{ gap: 6 }}>
                {answers.map((answer, at) => (
                  <button key={answer.id} type="button" className="btn sm" name={at === 0 && index === 0 ? 'guide.question' : undefined} onClick={() => onAnswer(id, answer.id)} aria-keyshortcuts={String(at + 1)}>
                    {answer.label} <KeyCaps keys={String(at + 1)} />
                  </button>
                ))}
              </span>
            </div>
          </li>
        ))}
      </ul>
    </div>
  )
}
