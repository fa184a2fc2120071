import type { ReactNode } from 'react'
import { Button, Card, Empty, Loading, Progress } from '../../../src-renderer/parts'

/** Nothing found, opening, on its way (mock j2). */
export function EmptyView(): ReactNode {
  return (
    <main className="work">
      <div className="main">
        <h1>Tìm “dang huu nghia 1958”</h1>
        <Card fill>
          <Empty title="Chưa có hồ sơ nào của người này" actions={<><Button keys="F2" onPress={() => undefined}>Tiếp nhận mới</Button><Button keys="F3" onPress={() => undefined}>Sửa từ tìm</Button></>}>
            Không thấy “Đặng Hữu Nghĩa”, “Đăng Hữu Nghĩa” hay cách viết gần giống, năm sinh 1958.
          </Empty>
        </Card>
        <Card><Progress words="Đang gửi 2/3 · 3,1 / 4,6 MB thành phố đã nhận" done={3.1} total={4.6} /></Card>
        <Card><Loading /></Card>
      </div>
    </main>
  )
}
