import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { DossierView } from '@contract/dossier'
import { formatDate, formatFullMoment, formatIdNumber, formatPhone } from '@contract/format'
import type { ShownPerson } from '@contract/person'
import { currentLanguage } from '../app/i18n'
import { Facts, SyncBadge } from '../parts'
import { useClock } from './clock'
import { IdentityChecks } from './identity-checks'
import { nearMoment } from './moments'

type Row = readonly [string, ReactNode]

/** Who, fee, appointment, delivery, submissions. Numbers are masked unless `view` was asked for in clear. */
export function DossierFacts({ view }: { view: DossierView }): ReactNode {
  const { t } = useTranslation('dossier')
  const language = currentLanguage()
  const { applicant, owner, organisation, capacity, delivery, dueAt, note, state } = view
  return (
    <div className="facts-list" role="group" aria-label={t('facts.applicant')} tabIndex={0}>
      <p className="name">{applicant.fullName}</p>
      <PersonRows person={applicant} />
      {owner !== null && <><h3>{t(`capacity.${capacity}`)}</h3><p className="w6">{owner.fullName}</p><PersonRows person={owner} /></>}
      {organisation !== null && <><h3>{t('capacity.organisation')}</h3><Facts rows={[[t('facts.organisation'), organisation.name], [t('facts.taxCode'), organisation.taxCode]]} /></>}
      <IdentityChecks dossierId={view.id} />
      <h3>{t('facts.appointment')}</h3>
      <p className="w6">{dueAt === null ? t('facts.noAppointment') : formatFullMoment(new Date(dueAt), language)}</p>
      {(state === 5 || state === 6) && <p className="s c-warn w6">{t('facts.paused')}</p>}
      <p className="s t2">{delivery.method === 'post' ? t('facts.post', { address: delivery.address }) : t('facts.atCounter')}</p>
      {view.fee.total === 0 && <><h3>{t('facts.fee')}</h3><p className="w6">{t('facts.free')}{view.fee.exemption !== null && <span className="s t2"> · {view.fee.exemption.name}</span>}</p></>}
      <h3>{t('facts.submissions')}</h3>
      <Submissions view={view} />
      {note !== '' && <><h3>{t('facts.note')}</h3><p className="m">{note}</p></>}
    </div>
  )
}

function PersonRows({ person }: { person: ShownPerson }): ReactNode {
  const { t } = useTranslation('dossier')
  const { idNumber, birthDate, sex, phone, email, address } = person
  const rows: readonly (Row | null)[] = [
    idNumber === undefined ? null : [t('facts.idNumber'), <span key="id" className="num">{formatIdNumber(idNumber)}</span>],
    birthDate === undefined ? null : [t('facts.birth'), <span key="birth" className="num">{formatDate(birthDate)}{sex !== undefined && ` · ${t(`sex.${sex}`, { ns: 'common' })}`}</span>],
    phone === undefined ? null : [t('facts.phone'), <span key="phone" className="num">{formatPhone(phone)}</span>],
    email === undefined ? null : [t('facts.email'), email],
    address === undefined ? null : [t('facts.address'), address],
  ]
  return <Facts width={88} rows={rows.filter((row) => row !== null)} />
}

/** The newest versions; all of them are in the history and in the outbox. */
const SHOWN = 2

function Submissions({ view: { submissions } }: { view: DossierView }): ReactNode {
  const { t } = useTranslation('dossier')
  const now = useClock()
  const newest = Math.max(0, ...submissions.map(({ version }) => version))
  return (
    <ul className="col" style={{ gap: 4 }}>
      {submissions.slice(-SHOWN).reverse().map(({ id, version, state, receiptNumber, receivedAt }) => (
        <li key={id} className="m">
          <span className="row wrap" style={{ gap: 6 }}><span className="w5">{t('facts.version', { version })}</span><SyncBadge state={state} by={state === 'superseded' ? newest : null} /></span>
          {receiptNumber !== null && <span className="s t2 num">{t('facts.receipt', { number: receiptNumber })}{receivedAt !== null && ` · ${nearMoment(receivedAt, now, t('today', { ns: 'common' }), currentLanguage())}`}</span>}
        </li>
      ))}
      {submissions.length > SHOWN && <li className="s t2">{t('facts.earlier', { count: submissions.length - SHOWN })}</li>}
    </ul>
  )
}
