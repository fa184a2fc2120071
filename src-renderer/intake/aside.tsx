import { IconAlertTriangle, IconCheck, IconHistory, IconInfoCircle } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { toCivil } from '@contract/civil-time'
import type { DisplayWish } from '@contract/display'
import type { Capacity, Warning } from '@contract/draft'
import { formatDate } from '@contract/format'
import type { DraftId } from '@contract/ids'
import { api } from '../app/api'
import '../chip/chip.css'
import { Face } from '../chip/face'
import { ChipFound } from '../chip/found'
import { ReadingProgress } from '../chip/progress'
import { ChipTrouble } from '../chip/trouble'
import type { IntakeChip } from '../chip/use-intake-chip'
import { Card, Facts, SourceTag } from '../parts'
import { Proposals } from '../papers/proposals'
import { ShowCard } from '../show/show-card'
import { useConfirmation, useDisplay, useDisplayActs } from '../show/use-display'
import { AssistedCard } from './assisted'
import { ScanEnded } from './scan-in-sight'
import type { Step } from './steps'
import { dayOf } from './money-cards'
import { ageOn, tidyFact } from './tidy'
import { useDraft } from './use-draft'

const DraftSigningCard = lazy(() => import('../signing/draft-card').then((card) => ({ default: card.DraftSigningCard })))

/** Always in sight: who it is, what they brought before, what is doubtful. */
export function IntakeAside({ cardWarnings, chip, step, onGo }: { cardWarnings: readonly Warning[]; chip: IntakeChip; step: Step; onGo: (step: Step) => void }): ReactNode {
  const { store } = useDraft()
  return (
    <aside className="aside">
      <PersonCard chip={chip}>
        <ReadingProgress />
        {step !== 'person' && <ChipTrouble chip={chip} onOpen={() => onGo('person')} />}
      </PersonCard>
      <OwnerCard chip={chip} />
      <AssistedCard draftId={store.id} />
      <ScanEnded />
      {step === 'papers' && <Proposals draftId={store.id} />}
      {(step === 'papers' || step === 'review') && <SigningCard />}
      <EarlierCard />
      <DoubtsCard cardWarnings={cardWarnings} />
      <DisplayCard step={step} />
    </aside>
  )
}

/** What F8 pushes: the page that belongs to the step in hand. */
function wishOf(step: Step, draftId: DraftId): DisplayWish {
  if (step === 'person') return { kind: 'consent', sheet: PERSONAL_DATA, draftId }
  return step === 'fee' ? { kind: 'pay', draftId } : { kind: 'check', draftId }
}

/** The sheet about the processing of personal data (`resources/consents`). */
const PERSONAL_DATA = 'du-lieu-ca-nhan'

/** What the citizen of this errand sees and has confirmed. */
function DisplayCard({ step }: { step: Step }): ReactNode {
  const { store, state, edit } = useDraft()
  const display = useDisplay()
  const confirmation = useConfirmation(store.id, state.view.revision)
  const acts = useDisplayActs(store.flush)
  const paid = (): void => {
    edit((now) => ({ ...now, fee: { ...now.fee, payment: 'transfer' } }))
    acts.paid()
  }
  return display === undefined ? null : <ShowCard display={display} acts={acts} wish={wishOf(step, store.id)} confirmation={confirmation} onPaid={paid} />
}

/** The citizen's own signature in this errand; its parts are fetched when they are wanted. */
function SigningCard(): ReactNode {
  const { store, content: { applicant }, taken } = useDraft()
  const { fullName, idNumber, birthDate, sex } = applicant
  const person = { fullName, idNumber, birthDate: /^\d{4}-\d{2}-\d{2}$/.test(birthDate) ? formatDate(birthDate) : birthDate, sex: sex === 'male' || sex === 'female' ? sex : '' as const, province: '' }
  return <Suspense fallback={null}><DraftSigningCard draftId={store.id} person={person} documents={taken.documents} first={store.flush} changed={store.refresh} /></Suspense>
}

/** True once the card of the person for whom somebody else stands at the counter was read. */
const ownerCardShown = (chip: IntakeChip, capacity: Capacity): boolean =>
  (capacity === 'child' || capacity === 'authorised') && ((chip.result?.who === 'owner' && !chip.stranger) || chip.checks.some(({ who }) => who === 'owner'))

/** The person for whom somebody else stands at the counter, once their card was read. */
function OwnerCard({ chip }: { chip: IntakeChip }): ReactNode {
  const { t } = useTranslation('intake')
  const { content: { owner, capacity } } = useDraft()
  if (!ownerCardShown(chip, capacity)) return null
  return (
    <Card label={t(`person.owner.${capacity}`)}>
      <div className="col" style={{ gap: 9 }}>
        <div className="person-head">
          {chip.result?.who === 'owner' && <Face result={chip.result} />}
          <div className="grow"><p className="s t2">{t(`person.owner.${capacity}`)}</p><p className="name">{owner.fullName}</p><p className="num idline">{tidyFact('idNumber', owner.idNumber)}</p></div>
        </div>
        <ChipFound chip={chip} who="owner" />
      </div>
    </Card>
  )
}

function PersonCard({ chip, children }: { chip: IntakeChip; children: ReactNode }): ReactNode {
  const { t } = useTranslation('intake')
  const { content: { applicant, capacity, owner, organisation } } = useDraft()
  const none = <span className="t3" style={{ fontWeight: 400 }}>{t('none', { ns: 'common' })}</span>
  const age = ageOn(applicant.birthDate, toCivil(new Date()).date)
  const facts = [applicant.birthDate, age === null ? '' : t('aside.age', { count: age }), applicant.sex === null ? '' : t(`sex.${applicant.sex}`, { ns: 'common' })].filter((part) => part !== '')
  const { sources } = applicant
  // Beside the face the badges say that these come from the chip.
  const tag = (fact: 'fullName' | 'idNumber'): ReactNode => (sources[fact] === 'chip' ? null : <SourceTag source={sources[fact]} />)
  const shown = (fact: 'address' | 'phone' | 'email'): ReactNode => (applicant[fact] === '' ? none : <>{tidyFact(fact, applicant[fact])} <SourceTag source={sources[fact]} /></>)
  const behalf = capacity === 'organisation' ? organisation.name : capacity === 'self' ? '' : owner.fullName
  // With a second person's card beside it there is room for what is known only.
  const brief = ownerCardShown(chip, capacity)
  const contacts = (['phone', 'email'] as const).filter((fact) => !brief || applicant[fact] !== '').map((fact) => [t(`fact.${fact}`), shown(fact)] as const)
  return (
    <Card label={t('aside.person')}>
      <div className="col" style={{ gap: 9 }}>
        <div className="person-head">
          {chip.result?.who === 'applicant' && !chip.stranger && <Face result={chip.result} />}
          <div className="grow">
            <p className="name">{applicant.fullName === '' ? <span className="t3">{t('aside.nobody')}</span> : applicant.fullName} {tag('fullName')}</p>
            <p className="num idline">{applicant.idNumber === '' ? <span className="t3">{t('aside.noNumber')}</span> : tidyFact('idNumber', applicant.idNumber)} {tag('idNumber')}</p>
            <p className="m t2">{facts.join(' · ')}</p>
          </div>
        </div>
        {children}
        <ChipFound chip={chip} who="applicant" />
        <Facts width={86} rows={[
          [t('fact.address'), shown('address')], ...contacts,
          [t('person.capacity'), behalf === '' ? t(`capacity.${capacity}`) : `${t(`capacity.${capacity}`)}: ${behalf}`],
        ]} />
      </div>
    </Card>
  )
}

function EarlierCard(): ReactNode {
  const { t } = useTranslation('intake')
  const { content: { applicant, procedure }, state: { view } } = useDraft()
  const number = applicant.idNumber.replace(/\D/gu, '')
  const asked = number.length === 12 || number.length === 9
  const { data } = useQuery({ queryKey: ['known', number], queryFn: () => api.identity.known({ query: number, limit: 6 }), enabled: asked, staleTime: 60_000 })
  const dossiers = data?.find(({ person }) => person.idNumber === number)?.dossiers ?? []
  const doubles = view.duplicates
  // Nothing to list and nothing to warn of: one line says so.
  if (asked && data && dossiers.length === 0 && doubles.length === 0 && procedure === null) return <Card title={t('aside.earlier')} icon={IconHistory} aside={<span className="s t2">{t('aside.noEarlier')}</span>}>{null}</Card>
  return (
    <Card title={t('aside.earlier')} icon={IconHistory} aside={<span className="s t2">{asked ? dossiers.length : ''}</span>}>
      <div className="col" style={{ gap: 7 }}>
        {doubles.map((double) => <p key={double.dossierId} className="m w6 c-warn"><IconAlertTriangle className="i xs" aria-hidden /> {t('aside.double', { code: double.code, date: dayOf(double.receivedAt) })}</p>)}
        {dossiers.slice(0, 4).map((dossier) => <div key={dossier.id} className="row m"><span className="w5 ell grow" title={dossier.procedureName}>{dossier.procedureName}</span><span className="num t2">{dayOf(dossier.receivedAt)}</span></div>)}
        {!asked && <p className="s t2">{t('aside.earlierLater')}</p>}
        {asked && data && dossiers.length === 0 && <p className="s t2">{t('aside.noEarlier')}</p>}
        {asked && procedure !== null && doubles.length === 0 && <p className="s w5 c-ok"><IconCheck className="i xs" aria-hidden /> {t('aside.noDouble')}</p>}
      </div>
    </Card>
  )
}

function DoubtsCard({ cardWarnings }: { cardWarnings: readonly Warning[] }): ReactNode {
  const { t } = useTranslation('intake')
  const { state: { view } } = useDraft()
  const doubts = [...view.warnings, ...cardWarnings]
  if (doubts.length === 0) return null
  return (
    <Card title={t('aside.doubts')} icon={IconInfoCircle} aside={<span className="s t2">{doubts.length}</span>}>
      <ul className="col" style={{ gap: 7 }}>
        {doubts.map((doubt) => <li key={`${doubt.field} ${doubt.code}`} className="m row" style={{ alignItems: 'flex-start' }}><IconAlertTriangle className="i xs c-warn" aria-hidden style={{ marginTop: 3 }} /><span>{t(`warning.${doubt.code}`, doubt.params)}</span></li>)}
      </ul>
      <p className="s t2" style={{ marginTop: 7 }}>{t('aside.doubtsHelp')}</p>
    </Card>
  )
}

