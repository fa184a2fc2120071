import { useLocation, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMay, useSession } from '../app/session'
import { useScan } from '../app/use-scan'

/** A card scanned or pasted on any screen opens an intake with it. The intake screens take their own; a locked counter takes none. */
export function ScanAnywhere(): ReactNode {
  const { pathname } = useLocation()
  const { data: session } = useSession()
  const mayReceive = useMay('receive')
  const listens = mayReceive && session?.locked === false && !pathname.startsWith('/intake')
  return listens ? <Listener /> : null
}

function Listener(): ReactNode {
  const navigate = useNavigate()
  useScan((card) => void navigate({ to: '/intake', search: { card } }))
  return null
}
