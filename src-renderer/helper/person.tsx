import { IconId } from '@tabler/icons-react'
import { type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Capacity, type Gap } from '@contract/draft'
import type { DraftPerson, Sex } from '@contract/person'
import { listenForCodes } from '../codes/listen'
import { fillFromCard, leaveFact, typeFact, type Who } from '../intake/content'
import type { TextFact } from '../intake/tidy'
import { core } from './client'
import { Choice, TextField } from './field'
import { type Problem, problemOf, ProblemNote } from './problem'
import { useErrand } from './use-errand'

const FACTS: readonly (readonly [fact: TextFact | 'sex', mode?: 'numeric' | 'tel' | 'email'])[] = [['fullName'], ['idNumber', 'numeric'], ['birthDate'], ['sex'], ['phone', 'tel'], ['email', 'email'], ['address']]

/** Who files, and for whom. A card that is scanned fills the person whose field has the focus. */
export function PersonStep(): ReactNode {
  const { t } = useTranslation('intake')
  const { errand, content } = useErrand()
  const { capacity, organisation } = content
  const card = useCard()
  const set = (part: Partial<typeof organisation>): void => errand.edit('organisation', (now) => ({ ...now, organisation: { ...now.organisation, ...part } }))
  return (
    <div className="person">
      <ProblemNote problem={card.problem} />
      <p className="t2 row"><IconId className="i" aria-hidden /><span role="status">{card.read === null ? t('person.scanHint') : t('person.cardSaid', { name: card.read })}</span></p>
      {card.offered !== null && <OfferedAddress {...card.offered} onDone={card.settle} />}
      <Person who="applicant" />
      <Choice label={t('person.capacity')} value={capacity} options={Capacity.options.map((value) => ({ value, label: t(`capacity.${value}`) }))} onChange={(value) => errand.edit('capacity', (now) => ({ ...now, capacity: value }))} />
      {capacity === 'organisation' && (
        <div className="grid">
          <TextField name="organisation.name" label={t('person.organisation')} value={organisation.name} maxLength={400} onChange={(name) => set({ name })} />
          <TextField name="organisation.taxCode" label={t('person.taxCode')} value={organisation.taxCode} maxLength={40} inputMode="numeric" onChange={(taxCode) => set({ taxCode })} />
        </div>
      )}
      {(capacity === 'child' || capacity === 'authorised') && <section aria-label={t(`person.owner.${capacity}`)}><h2>{t(`person.owner.${capacity}`)}</h2><Person who="owner" /></section>}
    </div>
  )
}

function Person({ who }: { who: Who }): ReactNode {
  const { t } = useTranslation(['intake', 'common'])
  const { errand, content, state } = useErrand()
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const person = content[who]
  const edit = (what: string, change: (person: DraftPerson) => DraftPerson): void => errand.edit(`${who}.${what}`, (now) => {
    const before: DraftPerson = now[who]
    const after = change(before)
    return after === before ? now : { ...now, [who]: after }
  })
  const leave = (fact: TextFact): void => {
    setLeft((now) => new Set(now).add(fact))
    edit(fact, (now) => leaveFact(now, fact))
  }
  // A fault is told once the field was left, and only of what is written there.
  const faultAt = (fact: TextFact): string | undefined => {
    const gap = state.view.gaps.find(({ field }) => field === `${who}.${fact}`)
    return gap && left.has(fact) && (fact === 'fullName' || person[fact] !== '') ? wordsOf(gap, t) : undefined
  }
  return (
    <div className="grid">
      {FACTS.map(([fact, mode]) => (fact === 'sex'
        ? <Choice<Sex> key={fact} label={t('fact.sex')} value={person.sex} options={(['male', 'female'] as const).map((value) => ({ value, label: t(`sex.${value}`, { ns: 'common' }) }))} onChange={(sex) => edit('sex', (now) => ({ ...now, sex, sources: { ...now.sources, sex: 'helper' } }))} />
        : <TextField
            key={fact} name={`${who}.${fact}`} label={t(`fact.${fact}`)} value={person[fact]} fault={faultAt(fact)} mark={person.sources[fact] === 'qr' ? t('source.qr', { ns: 'common' }) : undefined}
            {...(mode && { inputMode: mode })} {...(fact === 'birthDate' && { placeholder: t('person.dateForm') })} wide={fact === 'address'}
            onChange={(text) => edit(fact, (now) => typeFact(now, fact, text))} onLeave={() => leave(fact)}
          />))}
    </div>
  )
}

/** A gap in words, the owner's in their own. */
export function wordsOf({ field, code, params }: Gap, t: (key: string, values: Record<string, string>) => string): string {
  const own = field.startsWith('owner.') && code !== 'owner-missing' ? `${code}_owner` : code
  return t(`gap.${own}`, { ns: 'intake', ...params })
}

type Offered = Readonly<{ who: Who; address: string }>

/** Takes cards that are scanned or pasted anywhere in the step. */
function useCard() {
  const { errand } = useErrand()
  const [read, setRead] = useState<string | null>(null)
  const [offered, setOffered] = useState<Offered | null>(null)
  const [problem, setProblem] = useState<Problem | null>(null)
  const take = useCallback((text: string): void => {
    const who: Who = document.activeElement instanceof HTMLElement && document.activeElement.getAttribute('name')?.startsWith('owner.') === true ? 'owner' : 'applicant'
    core.readCard({ text }).then(({ person }) => {
      const { person: filled, offeredAddress } = fillFromCard(errand.get().content[who], person)
      errand.edit('card', (now) => ({ ...now, [who]: filled }))
      setOffered(offeredAddress === null ? null : { who, address: offeredAddress })
      setRead(filled.fullName)
      setProblem(null)
    }, (error: unknown) => setProblem(problemOf(error)))
  }, [errand])
  useEffect(() => listenForCodes(window, {
    wanted: (kind) => kind === 'card',
    deliver: (code) => { if (code.kind === 'card') take(code.text) },
    pasted: (text) => {
      const isCard = /^\d{12}\|/u.test(text.trim())
      if (isCard) take(text.trim())
      return isCard
    },
  }), [take])
  return { read, offered, problem, settle: () => setOffered(null) }
}

function OfferedAddress({ who, address, onDone }: Offered & { onDone: () => void }): ReactNode {
  const { t } = useTranslation('intake')
  const { errand } = useErrand()
  const use = (): void => {
    errand.edit('card-address', (now) => ({ ...now, [who]: { ...now[who], address, sources: { ...now[who].sources, address: 'qr' as const } } }))
    onDone()
  }
  return (
    <div className="note" role="status"><span className="grow">{t('person.cardAddress')} <b>{address}</b></span>
      <span className="wraps"><button type="button" className="act small" onClick={use}>{t('person.useCardAddress')}</button><button type="button" className="act small" onClick={onDone}>{t('person.keepAddress')}</button></span></div>
  )
}
