import { IconBan, IconCircleCheck, IconKey, IconPencil, IconPlus, IconUsers } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { TFunction } from 'i18next'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type Account, Role } from '@contract/staff'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { useMay, useSession } from '../app/session'
import { Badge, Button, type Column, FailureNote, Loading, Table } from '../parts'
import { AccountDialog, ResetDialog } from './account-dialogs'
import { Section } from './section'

type Open = Readonly<{ kind: 'new' } | { kind: 'change' | 'reset'; account: Account }>

/** Accounts: who works here and in which role. */
export function StaffSection(): ReactNode {
  const { t } = useTranslation('settings')
  const { data: session } = useSession()
  const mayAdminister = useMay('administer')
  const { data, error } = useQuery({ queryKey: keys.accounts, queryFn: () => api.staff.list() })
  const columns = columnsOf(t)
  const [chosen, setChosen] = useState<string | null>(null)
  const [open, setOpen] = useState<Open | null>(null)
  const account = data?.find(({ id }) => id === chosen) ?? data?.[0]
  // A supervisor resets officers; an administrator everybody. One's own secret is changed, not reset.
  const mayReset = account !== undefined && account.id !== session?.account.id && (mayAdminister || account.role === 'officer' || account.role === 'helper')
  return (
    <Section title={t('section.staff')} icon={IconUsers} aside={mayAdminister ? <Button small icon={IconPlus} keys="Alt+N" onPress={() => setOpen({ kind: 'new' })}>{t('addAccount')}</Button> : undefined}>
      <FailureNote error={error} />
      {!data && !error && <Loading />}
      {data && (
        <div style={{ border: '1px solid var(--mc-line)', borderRadius: 6, overflow: 'hidden' }}>
          <Table label={t('section.staff')} rows={data} columns={columns} idOf={({ id }) => id} selected={account?.id} onSelect={({ id }) => setChosen(id)} onOpen={(row) => { if (mayAdminister) setOpen({ kind: 'change', account: row }) }} />
        </div>
      )}
      {account && (
        <div className="row wrap">
          {mayAdminister && <Button icon={IconPencil} caps="Enter" onPress={() => setOpen({ kind: 'change', account })}>{t('changeAccount', { name: account.fullName })}</Button>}
          {mayReset && <Button icon={IconKey} keys="Alt+R" onPress={() => setOpen({ kind: 'reset', account })}>{t('resetSecret', { name: account.fullName })}</Button>}
          {!mayAdminister && <span className="m t2">{t('staffRight')}</span>}
        </div>
      )}
      <h3>{t('rolesTitle')}</h3>
      <dl className="kv prose" style={{ gridTemplateColumns: '170px 1fr' }}>
        {Role.options.map((role) => <div key={role} style={{ display: 'contents' }}><dt>{t(`role.${role}`, { ns: 'common' })}</dt><dd className="m" style={{ fontWeight: 400 }}>{t(`roleMeans.${role}`)}</dd></div>)}
      </dl>
      {open?.kind === 'reset' && <ResetDialog account={open.account} onClose={() => setOpen(null)} />}
      {open !== null && open.kind !== 'reset' && <AccountDialog account={open.kind === 'change' ? open.account : null} onClose={(id) => { setOpen(null); if (id !== undefined) setChosen(id) }} />}
    </Section>
  )
}

function columnsOf(t: TFunction<'settings'>): readonly Column<Account>[] {
  return [
    { key: 'name', title: t('fullName'), cell: ({ fullName, title }) => <><b>{fullName}</b>{title !== '' && <span className="t2"> · {title}</span>}</> },
    { key: 'login', title: t('loginName'), width: 150, cell: ({ loginName }) => loginName },
    { key: 'role', title: t('role'), width: 170, cell: ({ role }) => t(`role.${role}`, { ns: 'common' }) },
    {
      key: 'state', title: t('accountState'), width: 170,
      cell: ({ disabled, mustChangeSecret }) => disabled ? <Badge tint="idle" icon={IconBan}>{t('disabled')}</Badge> : mustChangeSecret ? <Badge tint="warn" icon={IconKey}>{t('mustChange')}</Badge> : <Badge tint="ok" icon={IconCircleCheck}>{t('working')}</Badge>,
    },
  ]
}
