import { IconArrowFork, IconBook2, IconBulb, IconCash, IconCertificate, IconClock, IconMapPinOff, IconPrinter, IconStar } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDate } from '@contract/format'
import type { GuideAdvice, GuideAnswer, GuideHit, GuideReason } from '@contract/guide'
import { Mark } from '../catalogue/marks'
import { VerdictNote } from '../intake/verdict'
import { useMay } from '../app/session'
import { Button, Note } from '../parts'
import { Bring } from './bring'
import { ForkQuestion, type Given, givenForks, type Open, Questions } from './questions'
import { type Choice, type Guidance, useAdvice, useHaving } from './use-guide'

type Acts = Readonly<{ onPrint: (code: string) => void; onBegin: (choice: Choice) => void; printing: boolean; beginning: boolean }>
type ProcedureHit = Extract<GuideHit, { kind: 'procedure' }>

/** One answer of the guide in full. */
export function Answer({ guidance, answer, hit, ...acts }: Acts & Readonly<{ guidance: Guidance; answer: GuideAnswer; hit: GuideHit }>): ReactNode {
  const [fork] = answer.questions
  // The fork comes first: what a procedure asks that may be the wrong one is noise.
  const atFork = fork !== undefined && (fork.needed || !answer.clear)
  const asked = fork ? <ForkQuestion key={fork.id} fork={fork} clear={answer.clear} onAnswer={(id) => guidance.answerFork(fork.id, id)} /> : null
  const given = givenForks(answer.answered, guidance.takeBack)
  return hit.kind === 'procedure'
    ? <ProcedureAnswer key={hit.target} hit={hit} guidance={guidance} fork={asked} atFork={atFork} given={given} {...acts} />
    : <OfficeAnswer hit={hit} fork={asked} given={given} />
}

function ProcedureAnswer({ hit, guidance, fork, atFork, given, onPrint, onBegin, printing, beginning }: Acts & Readonly<{ hit: ProcedureHit; guidance: Guidance; fork: ReactNode; atFork: boolean; given: readonly Given[] }>): ReactNode {
  const { t } = useTranslation('guide')
  const mayReceive = useMay('receive')
  const [answers, setAnswers] = useState<Readonly<Record<string, string>>>({})
  const choice: Choice = { code: hit.target, forks: guidance.forks, answers, draftId: guidance.draftId }
  const advice = useAdvice(choice)
  const having = useHaving(hit.target, guidance.draftId)
  const { open, asked } = useAsked(advice, answers, setAnswers)
  const verdict = advice?.verdict ?? hit.verdict
  const { otherProcedure } = verdict
  const takes = verdict.kind === 'here' || verdict.kind === 'anywhere' || verdict.kind === 'ask'
  return (
    <section className="card fill" aria-label={hit.name}>
      <div className="ganswer-head">
        <div className="row" style={{ alignItems: 'flex-start' }}><h1 className="grow">{hit.name}</h1><span className="num t2 w6 code">{hit.target}</span></div>
        <div className="row m t2 wrap" style={{ gap: '2px 16px' }}>
          <span><IconClock className="i xs" aria-hidden /> {hit.time?.text ?? t('timeByHand')} <Mark mark={hit.marks.time} /></span>
          <span><IconCash className="i xs" aria-hidden /> {hit.fee.text}{!hit.fee.known && ` (${t('feeUnknown')})`} <Mark mark={hit.marks.fee} /></span>
          <span><IconCertificate className="i xs" aria-hidden /> {hit.result}</span>
          {hit.essential && <span><IconStar className="i xs c-acc" aria-hidden /> {t('essential')}</span>}
        </div>
      </div>
      <div className="scroll grow col ganswer-body" tabIndex={-1}>
        {fork}
        {(verdict.kind !== 'ask' || (open.length === 0 && !atFork)) && <VerdictNote verdict={verdict} />}
        {otherProcedure !== null && (
          <Note tint="info" icon={IconArrowFork}><div className="row wrap"><span className="grow">{t('other', { code: otherProcedure })}</span><Button small onPress={() => guidance.type(otherProcedure)}>{t('switch', { code: otherProcedure })}</Button></div></Note>
        )}
        <Questions given={[...given, ...asked]} open={atFork ? [] : open} onAnswer={(question, id) => setAnswers({ ...answers, [question]: id })} />
        <Bring papers={hit.bring} having={having} mark={hit.marks.components} />
        {hit.time?.extension != null && <p className="m t2"><IconClock className="i xs" aria-hidden /> {hit.time.extension}</p>}
        {hit.legalBasis.length > 0 && <p className="s t2"><IconBook2 className="i xs" aria-hidden /> {t('legal', { list: hit.legalBasis.join(' · ') })}</p>}
        <Why reasons={hit.reasons} />
      </div>
      <div className="bar ginner">
        <span className="s t2 grow">{t('catalogueOf', { version: formatDate(hit.version.slice(0, 10)) })}</span>
        <Button icon={IconPrinter} keys="Ctrl+P" onPress={() => onPrint(hit.target)} waitsFor={printing ? t('printing') : undefined}>{t('print')}</Button>
        {takes && mayReceive && <Button kind="primary" keys="Ctrl+Enter" onPress={() => onBegin(choice)} waitsFor={beginning ? t('beginning') : undefined}>{t(guidance.draftId === null ? 'begin' : 'take')}</Button>}
      </div>
    </section>
  )
}

type Answers = Readonly<Record<string, string>>

/** What the procedure itself still asks, and what the citizen said to it. What the forks told is told there. */
function useAsked(advice: GuideAdvice | undefined, answers: Answers, setAnswers: (next: Answers) => void): { open: Open[]; asked: Given[] } {
  const { t } = useTranslation('intake')
  const label = (id: string, known: string | null): string => known ?? t(`place.${id}`)
  return {
    open: (advice?.questions ?? []).map((question) => ({ ...question, answers: question.answers.map((answer) => ({ id: answer.id, label: label(answer.id, answer.label) })) })),
    asked: (advice?.answered ?? []).filter(({ id }) => answers[id] !== undefined).map(({ id, question, answerId, answer }) => ({
      id, question, answer: label(answerId, answer), takeBack: () => setAnswers(Object.fromEntries(Object.entries(answers).filter(([other]) => other !== id))),
    })),
  }
}

function OfficeAnswer({ hit, fork, given }: Readonly<{ hit: Extract<GuideHit, { kind: 'office' }>; fork: ReactNode; given: readonly Given[] }>): ReactNode {
  const { t } = useTranslation('guide')
  return (
    <section className="card fill" aria-label={hit.name}>
      <div className="ganswer-head"><h1>{hit.name}</h1></div>
      <div className="scroll grow col ganswer-body" tabIndex={-1}>
        {fork}
        <Note tint="warn" icon={IconMapPinOff} role="status">
          <p className="gverdict">{t('goElsewhere', { name: hit.place.kind === 'elsewhere' ? hit.place.name : '' })} <Mark mark={hit.mark} /></p>
          {hit.place.kind === 'elsewhere' && <p className="w6">{hit.place.goTo}</p>}
          <p className="m t2">{t('notHere')}</p>
        </Note>
        <Questions given={given} open={[]} onAnswer={() => undefined} />
        <Why reasons={hit.reasons} />
      </div>
    </section>
  )
}

/** Why the guide thinks so, so that the officer can judge it. */
function Why({ reasons }: { reasons: readonly GuideReason[] }): ReactNode {
  const { t } = useTranslation('guide')
  const about = reasons.flatMap((reason) => (reason.kind === 'synonym' ? [reason.label] : []))
  const words = reasons.flatMap((reason) => {
    switch (reason.kind) {
      case 'code': return [t('why.code', { code: reason.code })]
      case 'words': return [t('why.words', { words: reason.words.join(', ') })]
      case 'answer': return [t('why.answer', { text: reason.text })]
      case 'situation':
      case 'intent': return [reason.text]
      case 'synonym': return []
    }
  })
  if (about.length > 0) words.splice(-1, 0, t('why.synonym', { label: about.join(', ') }))
  if (words.length === 0) return null
  return <p className="s t2"><IconBulb className="i xs" aria-hidden /> {t('why.title')} {words.join(' · ')}</p>
}
