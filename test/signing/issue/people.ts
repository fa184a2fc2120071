import type { Store } from '../../../src-main/storage'
import type { Actor } from '../../../src-main/signing/issue/ports'

export const OFFICER: Actor = { id: '01939b6e-0000-7000-8000-000000000001', name: 'Đỗ Thị Mỹ Duyên' }
export const SECOND: Actor = { id: '01939b6e-0000-7000-8000-000000000002', name: 'Lê Văn Hai' }
export const subject = { fullName: 'Đặng Thị Ngọc Ánh', idNumber: '079192004617', birthDate: '1992-03-14', sex: 'female' as const, province: 'Thành phố Hồ Chí Minh' }
export const PHONE = '0903517284'

/** Two officers without accounts that cost time. */
export function seedAccounts(store: Store): void {
  store.write((tx) => {
    for (const [index, { id, name }] of [OFFICER, SECOND].entries()) {
      tx.run(
        `INSERT INTO account (id, login_name, login_folded, full_name, title, role, secret_hash, secret_id, created_at, created_by)
         VALUES (?, ?, ?, ?, 'Cán bộ', 'officer', '{}', ?, '2026-11-20T00:00:00.000Z', 'system') ON CONFLICT DO NOTHING`, [id, `o${String(index)}`, `o${String(index)}`, name, String(index).repeat(32)])
    }
  })
}
