import { IconAlertTriangle, IconId, IconNfc, IconUserCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatTime } from '@contract/format'
import type { ResultDesk } from '@contract/results'
import { Badge, Card, KeyCaps, Note, ProblemNote, Segmented, TextField } from '../parts'
import { type Checked, type Form, type Gap, gapsOf, type How, withHow } from './form'
import type { CardInHand } from './use-card'

type Props = Readonly<{ form: Form; desk: ResultDesk; card: CardInHand; asked: boolean; onForm: (form: Form) => void }>

const WAYS: readonly How[] = ['owner', 'authorised', 'post']

/** Who takes it: one of the dossier's people, somebody with a paper of authority, or the post. */
export function CollectorCard(props: Props): ReactNode {
  const { t } = useTranslation('results')
  const { form, desk, asked, onForm } = props
  const gaps = asked ? gapsOf(form, desk) : []
  const fault = (gap: Gap): string | undefined => (gaps.includes(gap) ? t(`gap.${gap}`) : undefined)
  return (
    <Card title={t('who')} icon={IconUserCheck} fill>
      <div className="col" style={{ gap: 12 }}>
        <Segmented label={t('who')} value={form.how} onChange={(how) => onForm(withHow(form, how))} options={WAYS.map((value) => ({ value, label: t(`how.${value}`) }))} />
        {form.how === 'post' ? <Parcel form={form} desk={desk} onForm={onForm} fault={fault} /> : <Person {...props} fault={fault} />}
        <TextField label={t('note')} name="note" value={form.note} lines={2} maxLength={1000} onChange={(note) => onForm({ ...form, note })} fault={fault('note')} hint={form.how === 'post' && desk.delivery.method === 'counter' ? t('noteWhy') : undefined} />
      </div>
    </Card>
  )
}

type Part = Readonly<{ form: Form; desk: ResultDesk; onForm: (form: Form) => void; fault: (gap: Gap) => string | undefined }>

function Person({ form, desk, card, onForm, fault }: Part & { card: CardInHand }): ReactNode {
  const { t } = useTranslation('results')
  const set = (change: Partial<Form>): void => onForm({ ...form, ...change })
  return (
    <>
      {form.how === 'owner' ? <Roles form={form} desk={desk} onForm={onForm} /> : (
        <>
          <div className="form-grid">
            <TextField label={t('field.name')} name="name" required value={form.name} maxLength={200} onChange={(name) => set({ name, ...unread(form) })} fault={fault('name')} />
            <TextField label={t('field.idNumber')} name="idNumber" inputMode="numeric" value={form.idNumber} maxLength={40} onChange={(idNumber) => set({ idNumber, ...unread(form) })} />
          </div>
          <TextField label={t('field.authority')} name="authority" required value={form.authority} maxLength={500} hint={t('field.authorityHint')} onChange={(authority) => set({ authority })} fault={fault('authority')} />
        </>
      )}
      <Checks form={form} card={card} onForm={onForm} fault={fault('checked')} />
    </>
  )
}

/** A chip that was read proves whom it names, and nobody whose name is typed over it. */
const unread = ({ reading }: Form): Partial<Form> => (reading === null ? {} : { reading: null, checked: null })

function Roles({ form, desk: { people }, onForm }: Omit<Part, 'fault'>): ReactNode {
  const { t } = useTranslation('results')
  return (
    <fieldset className="plain">
      <legend className="lbl">{t('field.person')}</legend>
      {people.map(({ role, name, maskedId }) => (
        <label key={role} className="choice">
          <input type="radio" name="role" checked={form.role === role} onChange={() => onForm({ ...form, role, checked: null, reading: null })} />
          <span><b>{name}</b> <span className="t2">· {t(`fact.${role}`)}{maskedId !== null && <span className="num"> · {maskedId}</span>}</span></span>
        </label>
      ))}
    </fieldset>
  )
}

function Checks({ form, card, onForm, fault }: Readonly<{ form: Form; card: CardInHand; onForm: (form: Form) => void; fault: string | undefined }>): ReactNode {
  const { t } = useTranslation('results')
  const ways: readonly Checked[] = form.how === 'owner' ? ['card', 'receipt', 'known'] : ['card', 'known']
  return (
    <fieldset className="plain" aria-describedby="checked-how">
      <legend className="lbl">{t('field.checked')}</legend>
      {form.reading !== null && card.reading !== null && (
        <label className="choice"><input type="radio" name="checked" checked={form.checked === 'chip'} readOnly /><span className="row wrap" style={{ gap: 6 }}>{t('checked.chip')}<Badge tint="ok" icon={IconNfc}>{t('card.readAt', { time: formatTime(new Date(card.reading.at)) })}</Badge></span></label>
      )}
      {ways.map((way) => (
        <label key={way} className="choice"><input type="radio" name="checked" checked={form.checked === way} onChange={() => onForm({ ...form, checked: way, reading: null })} />{t(`checked.${way}`)}</label>
      ))}
      {fault !== undefined ? <p className="fault"><IconAlertTriangle className="i" aria-hidden />{fault}</p>
        : <p className="hint row wrap" id="checked-how" role="status" style={{ gap: 6 }}><IconId className="i xs" aria-hidden />{card.working ? t('card.working') : t('card.help')}<KeyCaps keys="F7" /></p>}
      {card.doubtful && <Note tint="bad" icon={IconAlertTriangle} role="alert">{t('card.doubtful')}</Note>}
      {card.problem !== null && <ProblemNote problem={card.problem} focus={false} />}
    </fieldset>
  )
}

function Parcel({ form, desk, onForm, fault }: Part): ReactNode {
  const { t } = useTranslation('results')
  return (
    <>
      {desk.delivery.method === 'counter' && <Note tint="warn" icon={IconAlertTriangle}>{t('postNotWished')}</Note>}
      {desk.delivery.method === 'post' && <p className="m">{t('byPost')}: <b>{desk.delivery.address}</b></p>}
      <TextField label={t('field.addressee')} name="addressee" required value={form.addressee} maxLength={200} onChange={(addressee) => onForm({ ...form, addressee })} fault={fault('addressee')} />
      <TextField label={t('field.tracking')} name="tracking" value={form.tracking} maxLength={60} hint={t('field.trackingHint')} onChange={(tracking) => onForm({ ...form, tracking })} />
    </>
  )
}
