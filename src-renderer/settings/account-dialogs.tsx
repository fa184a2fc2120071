import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { type Account, NewLoginName, Role } from '@contract/staff'
import { api } from '../app/api'
import { queryClient } from '../app/queries'
import { Button, Check, FailureNote, focusField, FormDialog, Note, SelectField, TextField, useAnnounce } from '../parts'
import { type Faults, faultsOf } from './faults'

const Fields = z.object({ fullName: z.string().trim().min(1).max(200), title: z.string().trim().max(200) })
const NewFields = Fields.extend({ loginName: NewLoginName, secret: z.string().min(8).max(200) })

type Draft = Readonly<{ loginName: string; fullName: string; title: string; role: Role; secret: string; disabled: boolean }>
const EMPTY: Draft = { loginName: '', fullName: '', title: '', role: 'officer', secret: '', disabled: false }

/** A new account, or name, title, role and barring of one there is. */
export function AccountDialog({ account, onClose }: { account: Account | null; onClose: (id?: string) => void }): ReactNode {
  const { t } = useTranslation('settings')
  const { say } = useAnnounce()
  const [draft, setDraft] = useState<Draft>(account === null ? EMPTY : { ...EMPTY, ...account })
  const [faults, setFaults] = useState<Faults>({})
  const { busy, error, run } = useSending()
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const save = (): void => {
    const found = faultsOf(account === null ? NewFields : Fields, draft, (field) => t(`fault.account.${field}`))
    setFaults(found)
    const first = Object.keys(found)[0]
    if (first !== undefined) return focusField(`account.${first}`)
    const { loginName, fullName, title, role, secret, disabled } = draft
    run(async () => {
      const kept = account === null
        ? await api.staff.create({ loginName, fullName, title, role, secret })
        : await api.staff.update({ id: account.id, fullName, title, role, disabled })
      await queryClient.invalidateQueries({ queryKey: ['session'] })
      say(t('accountSaved', { name: kept.fullName }))
      onClose(kept.id)
    })
  }
  return (
    <FormDialog open title={account === null ? t('addAccount') : t('changeAccount', { name: account.fullName })} onClose={() => onClose()}>
      <form className="col" style={{ gap: 12 }} onSubmit={(event) => { event.preventDefault(); save() }}>
        <FailureNote error={error} />
        <TextField name="account.fullName" label={t('fullName')} fault={faults['fullName']} value={draft.fullName} onChange={(fullName) => change({ fullName })} maxLength={200} autoFocus />
        <TextField name="account.title" label={t('jobTitle')} hint={t('jobTitleHint')} fault={faults['title']} value={draft.title} onChange={(title) => change({ title })} maxLength={200} />
        {account === null && <TextField name="account.loginName" label={t('loginName')} hint={t('loginNameHint')} fault={faults['loginName']} value={draft.loginName} onChange={(loginName) => change({ loginName })} maxLength={60} />}
        <SelectField name="account.role" label={t('role')} hint={t(`roleMeans.${draft.role}`)} value={draft.role} onChange={(role) => change({ role })} options={Role.options.map((value) => ({ value, label: t(`role.${value}`, { ns: 'common' }) }))} />
        {account === null && <TextField name="account.secret" label={t('firstSecret')} hint={t('firstSecretHint')} fault={faults['secret']} value={draft.secret} onChange={(secret) => change({ secret })} maxLength={200} />}
        {account !== null && <Check name="account.disabled" label={t('disable')} checked={draft.disabled} onChange={(disabled) => change({ disabled })} />}
        <Buttons act={t('save', { ns: 'common' })} busy={busy} onClose={() => onClose()} />
      </form>
    </FormDialog>
  )
}

/** A new first secret for somebody who has forgotten theirs. */
export function ResetDialog({ account, onClose }: { account: Account; onClose: () => void }): ReactNode {
  const { t } = useTranslation('settings')
  const { say } = useAnnounce()
  const [secret, setSecret] = useState('')
  const [fault, setFault] = useState<string>()
  const { busy, error, run } = useSending()
  const save = (): void => {
    const found = [...secret].length < 8 ? t('fault.account.secret') : undefined
    setFault(found)
    if (found !== undefined) return focusField('reset.secret')
    run(async () => {
      await api.staff.resetSecret({ id: account.id, secret })
      await queryClient.invalidateQueries({ queryKey: ['session'] })
      say(t('secretReset', { name: account.fullName }))
      onClose()
    })
  }
  return (
    <FormDialog open title={t('resetSecret', { name: account.fullName })} onClose={onClose}>
      <form className="col" style={{ gap: 12 }} onSubmit={(event) => { event.preventDefault(); save() }}>
        <Note tint="warn">{t('resetWords')}</Note>
        <FailureNote error={error} />
        <TextField name="reset.secret" label={t('firstSecret')} hint={t('firstSecretHint')} fault={fault} value={secret} onChange={setSecret} maxLength={200} autoFocus />
        <Buttons act={t('resetAct')} busy={busy} onClose={onClose} />
      </form>
    </FormDialog>
  )
}

function Buttons({ act, busy, onClose }: { act: string; busy: boolean; onClose: () => void }): ReactNode {
  const { t } = useTranslation('settings')
  return (
    <div className="row" style={{ justifyContent: 'flex-end' }}>
      <Button onPress={onClose} caps="Escape">{t('cancel', { ns: 'common' })}</Button>
      <Button kind="primary" submit onPress={() => undefined} caps="Enter" waitsFor={busy ? t('saving') : undefined}>{act}</Button>
    </div>
  )
}

function useSending(): { busy: boolean; error: unknown; run: (work: () => Promise<void>) => void } {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const run = (work: () => Promise<void>): void => {
    if (busy) return
    setBusy(true)
    setError(null)
    work().catch(setError).finally(() => setBusy(false))
  }
  return { busy, error, run }
}
