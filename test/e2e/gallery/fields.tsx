import { type ReactNode, useState } from 'react'
import { Card, Check, Segmented, SelectField, TextField } from '../../../src-renderer/parts'

const SEX = [{ value: 'male', label: 'Nam' }, { value: 'female', label: 'Nữ' }] as const

/** Fields with hint, source and fault. */
export function FieldsView(): ReactNode {
  const [name, setName] = useState('Đặng Thị Ngọc Ánh')
  const [phone, setPhone] = useState('0903 517')
  const [sex, setSex] = useState<'male' | 'female'>('female')
  const [ticked, setTicked] = useState(true)
  return (
    <main className="work pan">
      <div className="main">
        <Card title="Người nộp">
          <div className="col" style={{ gap: 14, maxWidth: 520 }}>
            <TextField label="Họ và tên" name="fullName" value={name} onChange={setName} source="qr" hint="Viết như trên thẻ" />
            <TextField label="Điện thoại" name="phone" value={phone} onChange={setPhone} source="typed" fault="Số điện thoại cần 10 chữ số" />
            <Segmented label="Giới tính" value={sex} options={SEX} onChange={setSex} />
            <SelectField label="Giới tính" value={sex} options={SEX} onChange={setSex} />
            <TextField label="Ghi chú" lines={3} value="" onChange={() => undefined} placeholder="Điều người thụ lý cần biết" />
            <Check label="Đã so ảnh với người trước quầy" checked={ticked} onChange={setTicked} />
          </div>
        </Card>
      </div>
    </main>
  )
}
