import { IconArrowFork, IconBook2, IconCash, IconCertificate, IconCircle, IconClock, IconMinus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProcedureHit } from '@contract/calls-office'
import type { Procedure } from '@contract/procedures'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Button, Loading, Note } from '../parts'
import { Questions } from './questions'
import { useDraft } from './use-draft'
import { VerdictNote } from './verdict'

type Props = Readonly<{ code: string; settled: boolean; hit: ProcedureHit | undefined; onChoose: (code: string) => void; onAnswered: (question: string | undefined, verdict: string | undefined) => void; onDone: () => void }>

/** One procedure in full: may it be done here, what is still to be asked, what the citizen needs, how long and how much. */
export function ProcedureAnswer({ code, settled, hit, onChoose, onAnswered, onDone }: Props): ReactNode {
  const { t } = useTranslation('intake')
  const { content, state } = useDraft()
  const chosen = settled && content.procedure?.code === code
  const { data: procedure } = useQuery({ queryKey: keys.procedure(code, ''), queryFn: () => api.procedures.get({ code }) })
  const { data: found } = useQuery({ queryKey: keys.procedures({ code }), queryFn: () => api.procedures.search({ query: code, limit: 1 }), enabled: hit === undefined })
  const line = hit ?? found?.items.find((item) => item.code === code)
  if (!procedure || !line) return <Loading />
  const verdict = chosen ? (state.view.verdict ?? line.verdict) : line.verdict
  const { otherProcedure } = verdict
  return (
    <section className="card fill" aria-label={procedure.name}>
      <div className="answer-head">
        <div className="row" style={{ alignItems: 'flex-start' }}><h1 className="grow">{procedure.name}</h1><span className="num t2 w6 code">{code}</span></div>
        <div className="row m t2 wrap" style={{ gap: '2px 16px' }}>
          {line.timeText !== null && <span><IconClock className="i xs" aria-hidden /> {line.timeText}</span>}
          <span><IconCash className="i xs" aria-hidden /> {line.feeText}</span>
          <span><IconCertificate className="i xs" aria-hidden /> {procedure.result.name}</span>
        </div>
      </div>
      <div className="scroll grow col answer-body" tabIndex={-1}>
        <VerdictNote verdict={verdict}>
          {content.applicant.fullName !== '' && <p className="m t2">{[content.applicant.fullName, content.applicant.address].filter((part) => part !== '').join(' · ')}</p>}
        </VerdictNote>
        {otherProcedure !== null && (
          <Note tint="info" icon={IconArrowFork}><div className="row wrap"><span className="grow">{t('procedure.other', { code: otherProcedure })}</span><Button small onPress={() => onChoose(otherProcedure)}>{t('procedure.switch', { code: otherProcedure })}</Button></div></Note>
        )}
        {chosen && <Questions procedure={procedure} onAnswered={onAnswered} />}
        {!chosen && procedure.eligibility.length > 0 && <p className="m t2">{t('procedure.questionsAfter', { count: procedure.eligibility.length })}</p>}
        <Needs procedure={procedure} />
      </div>
      <div className="bar inner">
        <span className="s t2 grow"><IconBook2 className="i xs" aria-hidden /> {[...procedure.legalBasis.slice(0, 2), t('procedure.catalogue', { version: procedure.version })].join(' · ')}</span>
        {chosen
          ? <Button kind="primary" keys="Ctrl+Enter" onPress={onDone}>{t('procedure.toPapers')}</Button>
          : <Button kind="primary" keys="Ctrl+Enter" onPress={() => onChoose(code)}>{t('procedure.choose')}</Button>}
      </div>
    </section>
  )
}

function Needs({ procedure }: { procedure: Procedure }): ReactNode {
  const { t } = useTranslation('intake')
  return (
    <div>
      <h3 style={{ marginBottom: 4 }}>{t('procedure.needs')}</h3>
      <ul className="needs">
        {procedure.components.map((component) => {
          const always = component.required.when === 'always'
          const Icon = always ? IconCircle : IconMinus
          return (
            <li key={component.code} className={`row ${always ? '' : 't2'}`} title={component.required.when === 'conditional' ? component.required.condition : undefined}>
              <Icon className="i xs" aria-hidden /><span className="ell grow">{component.name} <span className="s t2">· {component.required.when === 'conditional' ? component.required.condition : t(`kind.${component.kind}`)}</span></span>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
