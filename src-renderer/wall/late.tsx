import { IconClockExclamation } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Wall, WallDossier } from '@contract/figures'
import { useMay } from '../app/session'
import { Card, DueMark } from '../parts'

/** Those that are late and those that will be, by code and procedure: no names on a screen that others pass. */
export function Late({ wall: { late, soon } }: { wall: Wall }): ReactNode {
  const { t } = useTranslation('wall')
  const rows = [...late, ...soon].slice(0, 8)
  return (
    <Card title={t('lateTitle')} icon={IconClockExclamation} flush>
      {rows.length === 0 ? <p className="m t2" style={{ padding: '10px 14px' }}>{t('noneLate')}</p> : <ul className="late">{rows.map((row) => <Row key={row.id} row={row} />)}</ul>}
    </Card>
  )
}

function Row({ row: { id, code, procedureName, minutesLeft } }: { row: WallDossier }): ReactNode {
  const mayOpen = useMay('receive')
  const words = <><span className="num w6">{code}</span><span className="s t2 ell" title={procedureName}>{procedureName}</span></>
  return (
    <li>
      {mayOpen ? <Link to="/dossiers/$dossierId" params={{ dossierId: id }} className="grow">{words}</Link> : <span className="grow">{words}</span>}
      <DueMark minutesLeft={minutesLeft} />
    </li>
  )
}
