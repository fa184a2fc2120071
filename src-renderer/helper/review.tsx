import { IconAlertTriangle, IconPencil } from '@tabler/icons-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gap } from '@contract/draft'
import type { DraftPerson } from '@contract/person'
import type { Procedure } from '@contract/procedures'
import { core } from './client'
import { TextField } from './field'
import { wordsOf } from './person'
import { type Step, stepOf } from './steps'
import { useErrand } from './use-errand'

type Props = Readonly<{ onGo: (step: Step) => void; onHandOver: (note: string) => void; busy: boolean }>

/** Everything once more, read to the citizen, with what the officer will still have to ask. */
export function Review({ onGo, onHandOver, busy }: Props): ReactNode {
  const { t } = useTranslation('helper')
  const { content, state } = useErrand()
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const [procedure, setProcedure] = useState<Procedure | null>(null)
  const { procedure: chosen, applicant, owner, capacity, organisation, papers, delivery } = content
  useEffect(() => {
    if (chosen) core.procedure(chosen).then(setProcedure, () => undefined)
  }, [chosen])
  const nameless = applicant.fullName.trim() === ''
  const submit = (): void => {
    setTried(true)
    if (!nameless && !busy) onHandOver(note.trim())
  }
  const said = procedure?.components.filter(({ code }) => papers[code] !== undefined) ?? []
  const lacking = said.filter(({ code }) => papers[code] === 'lacks')
  return (
    <form id="hand-over" className="review" onSubmit={(event) => { event.preventDefault(); submit() }}>
      {tried && nameless && <div className="note bad" role="alert"><IconAlertTriangle className="i" aria-hidden /><span className="grow">{t('review.nameless')}</span><button type="button" className="act small" onClick={() => onGo('person')}>{t('review.mend')}</button></div>}
      <Gaps gaps={state.view.gaps} onGo={onGo} />
      <Part title={t('step.matter')} onEdit={() => onGo('matter')}><p>{procedure && chosen ? <b>{procedure.name}</b> : <span className="t2">{t('home.noProcedure')}</span>}</p></Part>
      <Part title={t('step.person')} onEdit={() => onGo('person')}>
        <PersonFacts person={applicant} />
        {capacity === 'organisation' && <p><b>{organisation.name}</b> <span className="num">{organisation.taxCode}</span></p>}
        {(capacity === 'child' || capacity === 'authorised') && <><p className="t2">{t(`person.owner.${capacity}`, { ns: 'intake' })}</p><PersonFacts person={owner} /></>}
      </Part>
      <Part title={t('step.papers')} onEdit={() => onGo('papers')}>
        <p>{t('review.papers', { count: said.length - lacking.length })}</p>
        {lacking.length > 0 && <p>{t('review.lacking', { names: lacking.map(({ name }) => name).join('; ') })}</p>}
        <p className="t2">{t('papers.delivery')}: {t(`papers.method.${delivery.method}`)}{delivery.method === 'post' && `, ${delivery.address}`}</p>
      </Part>
      <TextField name="note" label={t('review.note')} value={note} onChange={setNote} lines={2} maxLength={1000} />
    </form>
  )
}

function Gaps({ gaps, onGo }: { gaps: readonly Gap[]; onGo: (step: Step) => void }): ReactNode {
  const { t } = useTranslation('helper')
  if (gaps.length === 0) return null
  return (
    <div className="note warn">
      <IconAlertTriangle className="i" aria-hidden />
      <div className="grow"><p><b>{t('review.gaps', { count: gaps.length })}</b></p>
        <ul className="gaps">{gaps.map((gap) => <li key={`${gap.field} ${gap.code}`}><button type="button" className="lnk" onClick={() => onGo(stepOf(gap))}>{wordsOf(gap, t)}</button></li>)}</ul></div>
    </div>
  )
}

function Part({ title, onEdit, children }: { title: string; onEdit: () => void; children: ReactNode }): ReactNode {
  const { t } = useTranslation('helper')
  return (
    <section className="part card" aria-label={title}>
      <div className="grow"><h2>{title}</h2>{children}</div>
      <button type="button" className="act small" onClick={onEdit} aria-label={t('review.edit', { step: title })}><IconPencil className="i" aria-hidden />{t('review.change')}</button>
    </section>
  )
}

function PersonFacts({ person }: { person: DraftPerson }): ReactNode {
  const { t } = useTranslation(['intake', 'common'])
  const facts = [person.idNumber, person.birthDate, person.sex === null ? '' : t(`sex.${person.sex}`, { ns: 'common' }), person.phone, person.email].filter((fact) => fact !== '')
  return <div><p><b>{person.fullName === '' ? t('aside.nobody') : person.fullName}</b></p><p className="num-line">{facts.join(' · ')}</p><p>{person.address}</p></div>
}
