import { type ReactNode, useState } from 'react'
import { Button, Card, FaultSummary, ProblemNote } from '../../../src-renderer/parts'

/** What went wrong, across the work area and in the narrow panel (mock j1). */
export function ProblemView(): ReactNode {
  const [faults] = useState([{ field: 'idNumber', words: 'Chưa có số căn cước' }, { field: 'phone', words: 'Số điện thoại cần 10 chữ số' }])
  return (
    <main className="work pan">
      <div className="main">
        <ProblemNote problem={{ code: 'LUU-013', params: {} }}>
          <Button kind="primary" keys="Ctrl+Enter" onPress={() => undefined}>Chuyển sang Quầy 2</Button>
          <Button keys="R" onPress={() => undefined}>Thử lưu lại</Button>
        </ProblemNote>
        <Card title="Phần đã giữ được" fill><FaultSummary title="Còn 2 chỗ cần xem lại" faults={faults} /></Card>
      </div>
      <aside className="aside"><ProblemNote focus={false} problem={{ code: 'TP-422', params: {} }} /></aside>
    </main>
  )
}
