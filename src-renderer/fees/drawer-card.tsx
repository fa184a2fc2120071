import { IconCash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatMoney } from '@contract/format'
import { api } from '../app/api'
import { keys } from '../app/queries'
import { Button, Card } from '../parts'

/** What the drawer should hold by now, and the way to its count. */
export function DrawerCard(): ReactNode {
  const { t } = useTranslation('fees')
  const navigate = useNavigate()
  const { data: shift } = useQuery({ queryKey: keys.shift, queryFn: () => api.fees.shift() })
  return (
    <Card title={t('drawer.title')} icon={IconCash} aside={<Button small keys="F9" onPress={() => void navigate({ to: '/cash' })}>{t('count.open')}</Button>}>
      {shift && <p className="row m"><span className="grow t2">{t('drawer.cash')}</span><span className="num w6">{formatMoney(shift.expected)}</span></p>}
    </Card>
  )
}
