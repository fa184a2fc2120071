import { IconSignature } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SignTarget } from '@contract/signing'
import { queryClient } from '../app/queries'
import { Button, FailureNote } from '../parts'
import { SignDialog } from './sign-dialog'
import './signing.css'

/** A paper of the office, signed by the officer's or supervisor's own key. `make` keeps it as it is now; `primary` where signing is what the screen is for. */
export function OfficeSign({ make, label, keys, primary = false }: { make: () => Promise<Readonly<{ target: SignTarget }>>; label?: string; keys?: string; primary?: boolean }): ReactNode {
  const { t } = useTranslation('signing-desk')
  const [target, setTarget] = useState<SignTarget | null>(null)
  const begin = useMutation({ mutationFn: make, onSuccess: (made) => setTarget(made.target) })
  return (
    <>
      <Button {...(primary ? { kind: 'primary' } : { small: true })} icon={IconSignature} {...(keys !== undefined && { keys })} waitsFor={begin.isPending ? t('making') : undefined} onPress={() => begin.mutate()}>{label ?? t('signPapers')}</Button>
      <FailureNote error={begin.error} />
      {target && <SignDialog targets={[target]} first="own" onClose={() => setTarget(null)} onSigned={() => void queryClient.invalidateQueries({ queryKey: ['signing'] })} />}
    </>
  )
}
