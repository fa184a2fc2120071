import { IconCalendarDue, IconCloudUp, IconInfoCircle, IconListCheck, IconSpeakerphone, IconUsers } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { Badge, Button, Card, type Column, DossierBadge, DueMark, Facts, Note, SyncBadge, Table } from '../../../src-renderer/parts'

type Row = Readonly<{ code: string; name: string; procedure: string; due: string; mark: ReactNode }>

const ROWS: readonly Row[] = [
  { code: 'H29.900-261118-0007', name: 'Nguyễn Thị Uyển Nhi', procedure: 'Trợ cấp hưu trí xã hội', due: 'T6 20/11 16:00', mark: <DueMark minutesLeft={-196} /> },
  { code: 'H29.900-261118-0021', name: 'Huỳnh Tấn Lộc', procedure: 'Cấp Giấy xác nhận tình trạng hôn nhân', due: 'hôm nay 10:30', mark: <DueMark minutesLeft={44} /> },
  { code: 'H29.900-261119-0018', name: 'Trần Hữu Phước', procedure: 'Đăng ký thành lập hộ kinh doanh', due: 'hôm nay 15:05', mark: <DossierBadge state={9} /> },
  { code: 'H29.900-261118-0033', name: 'Phan Thị Bích Trâm', procedure: 'Thay đổi, cải chính hộ tịch', due: 'hôm nay 16:20', mark: <DossierBadge state={4} /> },
  { code: '15-20261120-0031187', name: 'Ngô Đức Thiện', procedure: 'Đăng ký nhận cha, mẹ, con', due: 'T4 25/11 09:10', mark: <DossierBadge state={10} /> },
]

const COLUMNS: readonly Column<Row>[] = [
  { key: 'code', title: 'Mã hồ sơ', width: 200, cell: (row) => <span className="code num">{row.code}</span> },
  { key: 'who', title: 'Người nộp', cell: (row) => <div className="ell"><b>{row.name}</b> <span className="t2">· {row.procedure}</span></div> },
  { key: 'due', title: 'Hẹn trả', width: 130, right: true, cell: (row) => row.due },
  { key: 'mark', title: 'Trạng thái', width: 176, cell: (row) => row.mark },
]

/** Lists, badges, buttons and key facts, as on mock b. */
export function PartsView(): ReactNode {
  const [selected, setSelected] = useState<string>(ROWS[0]?.code ?? '')
  return (
    <main className="work pan">
      <div className="main">
        <div className="row" style={{ gap: 'var(--mc-gap)' }}>
          {[['Đang chờ gọi', '7', 'TB 6 phút'], ['Đã tiếp nhận hôm nay', '31', 'quầy này 12'], ['Đến hạn hôm nay', '5', '2 đã có kết quả'], ['Quá hạn', '1', 'phải có Mẫu 04']].map(([label, value, rest]) => (
            <div key={label} className="card grow" style={{ padding: '9px 14px 8px' }}>
              <div className="row s t2 w5"><IconUsers className="i xs" aria-hidden />{label}</div>
              <div className="row" style={{ alignItems: 'baseline', gap: 10 }}><span className="kpi num">{value}</span><span className="s t2 ell">{rest}</span></div>
            </div>
          ))}
        </div>
        <Card title="Hạn trả" icon={IconCalendarDue} aside={<><Button small keys="Shift+F4" onPress={() => undefined}>Gọi lại</Button><Button kind="primary" small icon={IconSpeakerphone} keys="F4" onPress={() => undefined}>Gọi B043</Button></>} fill flush>
          <Table label="Hạn trả" rows={ROWS} columns={COLUMNS} idOf={(row) => row.code} selected={selected} onSelect={(row) => setSelected(row.code)} />
        </Card>
        <Card title="Trạng thái" fill>
          <div className="row wrap">
            {([1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const).map((state) => <DossierBadge key={state} state={state} />)}
            <DossierBadge state="draft" />
          </div>
          <div className="row wrap" style={{ marginTop: 10 }}>
            <SyncBadge state="ready" /><SyncBadge state="sending" done={2} total={3} /><SyncBadge state="waiting" /><SyncBadge state="received" /><SyncBadge state="attention" /><SyncBadge state="superseded" by={2} />
            <Badge tint="sim">Chip mô phỏng</Badge>
          </div>
        </Card>
        <div className="bar">
          <span className="s t2">Nháp đã lưu 09:46:12</span>
          <div className="end row"><Button keys="Ctrl+B" onPress={() => undefined}>Mẫu 02</Button><Button kind="danger" onPress={() => undefined}>Từ chối</Button><Button onPress={() => undefined}>Tạm giữ</Button><Button kind="primary" keys="Ctrl+Enter" onPress={() => undefined}>Cấp số và in</Button></div>
        </div>
      </div>
      <aside className="aside">
        <Card title="Chờ tôi làm" icon={IconListCheck} flush>
          {[['Thành phố trả lại 1 hồ sơ', 'Thiếu số định danh của chồng'], ['2 bản nháp dở', 'B039 · cập nhật 09:31']].map(([title, hint]) => (
            <button key={title} type="button" className="item"><span className="grow"><span className="w6" style={{ display: 'block' }}>{title}</span><span className="s t2">{hint}</span></span></button>
          ))}
        </Card>
        <Card title="Gửi đi" icon={IconCloudUp}><Facts rows={[['Thường trú', '27/4 đường Bàu Tràm, phường Tân Mỹ Hưng, TP. Hồ Chí Minh'], ['Điện thoại', '0903 517 284']]} /></Card>
        <Card title="Cần nhớ" icon={IconInfoCircle} fill>
          <div className="col" style={{ gap: 8 }}>
            <Note tint="warn" icon={IconInfoCircle}>Mai 24/11 nghỉ lễ. Ngày hẹn đã tự bỏ qua.</Note>
            <Button kind="primary" waitsFor="Chờ lãnh đạo ký" onPress={() => undefined}>Gửi</Button>
          </div>
        </Card>
      </aside>
    </main>
  )
}
