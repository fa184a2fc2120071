import { type ReactNode, useState } from 'react'
import { Card, type Column, DossierBadge, Table } from '../../../src-renderer/parts'

type Row = Readonly<{ code: string; name: string }>

const ROWS: readonly Row[] = Array.from({ length: 5000 }, (_, index) => ({ code: `H29.900-261118-${String(index + 1).padStart(4, '0')}`, name: `Người nộp ${String(index + 1)}` }))

const COLUMNS: readonly Column<Row>[] = [
  { key: 'code', title: 'Mã hồ sơ', width: 200, cell: (row) => <span className="code num">{row.code}</span> },
  { key: 'who', title: 'Người nộp', cell: (row) => <div className="ell"><b>{row.name}</b> <span className="t2">· Cấp Giấy xác nhận tình trạng hôn nhân</span></div> },
  { key: 'mark', title: 'Trạng thái', width: 176, cell: () => <DossierBadge state={4} /> },
]

/** A list long enough to be drawn in parts. */
export function ListView(): ReactNode {
  const [selected, setSelected] = useState<string | null>(null)
  const [opened, setOpened] = useState<string>()
  return (
    <main className="work">
      <div className="main">
        <h1>{opened ?? 'Hồ sơ'}</h1>
        <Card title="Hồ sơ" fill flush><Table label="Hồ sơ" rows={ROWS} columns={COLUMNS} idOf={(row) => row.code} selected={selected} onSelect={(row) => setSelected(row.code)} onOpen={(row) => setOpened(row.code)} /></Card>
      </div>
    </main>
  )
}
