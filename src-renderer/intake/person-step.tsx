import { IconCpu, IconScan, IconUser } from '@tabler/icons-react'
import { type KeyboardEvent, type ReactNode, useCallback, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { looksLikeCard } from '@contract/codes'
import type { Capacity, Warning } from '@contract/draft'
import { type Difference, standing } from '../chip/compare'
import { SamplesDialog } from '../chip/samples'
import { useReaders } from '../chip/use-counter'
import type { IntakeChip } from '../chip/use-intake-chip'
import { Advice, ChipWork } from '../chip/work'
import { Button, FailureNote, Note, Segmented, SelectField, TextField, useAnnounce } from '../parts'
import { damageAt, openDoubts } from './card-doubts'
import type { Who } from './content'
import { KnownField } from './known-field'
import { usePerson } from './person-facts'
import type { TextFact } from './tidy'
import type { CardReading } from './use-card'
import { useDraft } from './use-draft'

/** A text in the scan box that looks like a whole card is read after this pause, in milliseconds. */
const SCAN_ENDS_MS = 250
const CAPACITIES: readonly Capacity[] = ['self', 'child', 'authorised', 'organisation']

/** Who stands at the counter: the card, or typing; and in whose name. Enter goes from field to field. */
export function PersonStep({ card, chip, onDone }: { card: CardReading; chip: IntakeChip; onDone: () => void }): ReactNode {
  const { t } = useTranslation('intake')
  const { content, edit } = useDraft()
  const { say } = useAnnounce()
  const next = (event: KeyboardEvent<HTMLElement>): void => {
    const { target } = event
    if (event.key !== 'Enter' || event.ctrlKey || event.altKey || !(target instanceof HTMLInputElement || target instanceof HTMLSelectElement)) return
    event.preventDefault()
    const fields = [...event.currentTarget.querySelectorAll<HTMLElement>('input, select, textarea, [role="radio"][tabindex="0"]')]
    const following = fields[fields.indexOf(target) + 1]
    if (following) following.focus()
    else onDone()
  }
  const addNote = (text: string): void => {
    edit((now) => ({ ...now, note: now.note.includes(text) ? now.note : [now.note, text].filter((part) => part !== '').join('\n') }))
    say(t('person.noted'))
  }
  const doubts = openDoubts(card.warnings, content)
  const differencesOf = (who: Who): readonly Difference[] => (chip.result?.who === who ? chip.differences : [])
  return (
    <section className="card fill" aria-label={t('person.title')} onKeyDown={next}>
      <div className="hd">
        <IconUser className="i" aria-hidden /><h2>{t('person.title')}</h2>
        <ScanBox card={card} chipRead={chip.result !== null} />
        <Button small onPress={onDone} caps="Alt+T">{t('person.next')}</Button>
      </div>
      <div className="bd scroll grow col" style={{ gap: 8 }}>
        <ChipWork chip={chip} />
        <Advice chip={chip} onNote={addNote} />
        {card.error !== null && <FailureNote error={card.error}><Button small onPress={card.dismiss}>{t('person.typeInstead')}</Button></FailureNote>}
        <PersonFields who="applicant" differences={differencesOf('applicant')} doubts={doubts} />
        {card.offered !== null && (
          <Note tint="info">
            <div className="row wrap"><span className="grow m">{t('person.cardAddress')} <b>{card.offered}</b></span><Button small onPress={card.takeAddress}>{t('person.useCardAddress')}</Button><Button small kind="ghost" onPress={card.keepAddress}>{t('person.keepAddress')}</Button></div>
          </Note>
        )}
        <div className="row wrap" style={{ gap: 12 }}>
          <span className="m w6">{t('person.capacity')}</span>
          <Segmented label={t('person.capacity')} value={content.capacity} options={CAPACITIES.map((value) => ({ value, label: t(`capacity.${value}`) }))} onChange={(capacity) => edit((now) => ({ ...now, capacity }))} />
        </div>
        {content.capacity === 'organisation' && <Organisation />}
        {(content.capacity === 'child' || content.capacity === 'authorised') && (
          <fieldset className="owner"><legend className="m w6">{t(`person.owner.${content.capacity}`)}</legend><PersonFields who="owner" differences={differencesOf('owner')} doubts={doubts} /></fieldset>
        )}
      </div>
    </section>
  )
}

/** Takes a card's QR text by scan, paste or typing. Scans anywhere else on the screen work, too. */
function ScanBox({ card, chipRead }: { card: CardReading; chipRead: boolean }): ReactNode {
  const { t } = useTranslation('intake')
  const [text, setText] = useState('')
  const { read: readCard } = card
  const { data: readers } = useReaders()
  const [choosing, setChoosing] = useState(false)
  const read = useCallback((whole: string): void => {
    setText('')
    if (whole.trim() !== '') readCard(whole)
  }, [readCard])
  useEffect(() => {
    if (!looksLikeCard(text)) return undefined
    const timer = setTimeout(() => read(text), SCAN_ENDS_MS)
    return () => clearTimeout(timer)
  }, [text, read])
  return (
    <div className="row scanbox grow">
      <IconScan className="i" aria-hidden />
      <input
        name="scan" className="inp" aria-label={t('person.scan')} value={text} placeholder={t('person.scanHint')} autoComplete="off" spellCheck={false}
        onChange={(event) => setText(event.target.value)} onKeyDown={(event) => { if (event.key === 'Enter' && text !== '') { event.preventDefault(); event.stopPropagation(); read(text) } }}
      />
      {card.readAt !== null && !chipRead && <span className="bdg ok" role="status">{t('person.cardRead', { time: card.readAt })}</span>}
      {readers !== undefined && readers.virtualCards.length > 0 && <Button small icon={IconCpu} keys="Alt+V" onPress={() => setChoosing(true)}>{t('person.samples')}</Button>}
      <SamplesDialog open={choosing} onScan={read} onClose={() => setChoosing(false)} />
    </div>
  )
}

function PersonFields({ who, differences, doubts }: { who: Who; differences: readonly Difference[]; doubts: readonly Warning[] }): ReactNode {
  const { t } = useTranslation('intake')
  const { state } = useDraft()
  const { person, type, leave, setSex, take } = usePerson(who)
  const hintOf = (fact: string): string | undefined => {
    const warning = damageAt(doubts, `${who}.${fact}`) ?? state.view.warnings.find(({ field }) => field === `${who}.${fact}`)
    return warning ? t(`warning.${warning.code}`, warning.params) : undefined
  }
  const markOf = (fact: string): string | undefined => (differences.some((each) => each.fact === fact && standing(person, each) === 'before') ? t('person.chipDiffers') : damageAt(doubts, `${who}.${fact}`) ? t('person.lookAgain') : undefined)
  const shared = (fact: TextFact) => ({
    label: t(`fact.${fact}`), name: `${who}.${fact}`, value: person[fact], source: person.sources[fact], hint: hintOf(fact), mark: markOf(fact),
    onChange: (text: string) => type(fact, text), onLeave: () => leave(fact),
  })
  const sex = person.sex ?? ''
  return (
    <div className="fields">
      <div className="f3"><KnownField {...shared('fullName')} onTake={take} required /></div>
      <div className="f3"><KnownField {...shared('idNumber')} onTake={take} inputMode="numeric" /></div>
      <div className={who === 'applicant' ? 'f2' : 'f1'}><TextField {...shared('birthDate')} inputMode="numeric" placeholder={t('person.dateForm')} /></div>
      <div className={who === 'applicant' ? 'f2' : 'f1'}>
        <SelectField
          label={t('fact.sex')} name={`${who}.sex`} value={sex} source={person.sources['sex']} hint={hintOf('sex')} mark={markOf('sex')} onChange={(value) => setSex(value === '' ? null : value)}
          options={[{ value: '', label: '–' }, { value: 'male', label: t('sex.male', { ns: 'common' }) }, { value: 'female', label: t('sex.female', { ns: 'common' }) }]}
        />
      </div>
      {who === 'applicant' && <div className="f2"><KnownField {...shared('phone')} onTake={take} inputMode="tel" /></div>}
      <div className="f4"><TextField {...shared('address')} /></div>
      {who === 'applicant' && <div className="f2"><TextField {...shared('email')} inputMode="email" /></div>}
    </div>
  )
}

function Organisation(): ReactNode {
  const { t } = useTranslation('intake')
  const { content, edit } = useDraft()
  const { organisation } = content
  const set = (part: Partial<typeof organisation>): void => edit((now) => ({ ...now, organisation: { ...now.organisation, ...part } }))
  return (
    <div className="fields">
      <div className="f4"><TextField label={t('person.organisation')} name="organisation.name" value={organisation.name} onChange={(name) => set({ name })} onLeave={() => set({ name: organisation.name.replace(/\s+/gu, ' ').trim() })} /></div>
      <div className="f2"><TextField label={t('person.taxCode')} name="organisation.taxCode" value={organisation.taxCode} inputMode="numeric" onChange={(taxCode) => set({ taxCode })} onLeave={() => set({ taxCode: organisation.taxCode.trim() })} /></div>
    </div>
  )
}
