import { useLocation, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useMay, useSession } from '../app/session'
import { useShortcut } from '../app/shortcuts'
import { useScan } from '../app/use-scan'
import { useCounterState } from '../chip/use-counter'
import { useStartDraft } from '../intake/use-start-draft'

/** A card scanned or pasted on any screen, or with F7 the one on the reader, opens an intake with it. The intake screens take their own; a locked counter takes none. */
export function ScanAnywhere(): ReactNode {
  const { pathname } = useLocation()
  const { data: session } = useSession()
  const mayReceive = useMay('receive')
  const listens = mayReceive && session?.locked === false && !pathname.startsWith('/intake')
  return listens ? <Listener /> : null
}

function Listener(): ReactNode {
  const navigate = useNavigate()
  const { t } = useTranslation('frame')
  const { start } = useStartDraft()
  const card = useCounterState((state) => state.card)
  useScan((text) => void navigate({ to: '/intake', search: { card: text } }))
  useShortcut('F7', t('chipIntake'), card === 'present' ? start : undefined)
  return null
}
