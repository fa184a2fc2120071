import { IconPlug, IconPlugX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { TokensView } from '@contract/signing'
import { api } from '../app/api'
import { keys, queryClient } from '../app/queries'
import { Badge, Button, Card, FailureNote } from '../parts'

/** Practice mode: one token of each kind that a counter meets, to be plugged in and pulled out; nothing outside of it. */
export function SimulatedCard({ offered }: { offered: TokensView['offered'] }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const plug = useMutation({ mutationFn: (wish: Readonly<{ token: string; plugged: boolean }>) => api.tokens.plug(wish), onSuccess: (view) => queryClient.setQueryData(keys.tokens, view) })
  if (offered.length === 0) return null
  return (
    <Card title={t('simulatedTokens')} icon={IconPlug} aside={<Badge tint="sim">{t('simulated')}</Badge>}>
      <div className="col" style={{ gap: 8 }}>
        <ul className="offered">
          {offered.map(({ id, label, serial, plugged, note, pin }) => (
            <li key={id} className="row">
              <div className="grow"><div className={`m ell ${plugged ? 'w6' : ''}`} title={serial}>{label}</div><div className="s t2 num">…{serial.slice(-4)} · {t(`offered.${note}`)} · {pin === null ? t('offeredPinChanged') : t('offeredPin', { pin })}</div></div>
              <Button small icon={plugged ? IconPlugX : IconPlug} label={t(plugged ? 'pullOf' : 'plugOf', { label })} onPress={() => plug.mutate({ token: id, plugged: !plugged })}>{t(plugged ? 'pull' : 'plugIn')}</Button>
            </li>
          ))}
        </ul>
        <FailureNote error={plug.error} />
        <p className="s t2">{t('offeredHelp')}</p>
      </div>
    </Card>
  )
}
