import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { call } from '@orpc/server'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { nativeBinding, temporaryFolder } from '../storage/support'
import { person } from '../intake/support'
import { filledContent, practice, router } from './support'

const SECRETS = ['Khương Uyển Nhi', 'Khuong Uyen Nhi', 'khương uyển nhi', 'khuong uyen nhi', '079192004617', '0903517284', 'đường Hoa Quỳnh Vàng', 'chu-ky-rieng.pdf', 'NỘI DUNG GIẤY RIÊNG', 'thuc-hanh-duyen', 'ghi chú chỉ để thử']

const encoded = (text: string): Buffer[] => {
  const little = Buffer.from(text, 'utf16le')
  return [text, text.normalize('NFD')].flatMap((form) => [Buffer.from(form, 'utf8'), Buffer.from(JSON.stringify(form).slice(1, -1).replace(/[^\0-\x7f]/gu, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`))])
    .concat([little, Buffer.from(little).swap16()])
}

/** Which of the texts are found in the bytes of any file of a folder, or in a file's name. */
function found(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  const contents = files.flatMap((file) => [readFileSync(file), Buffer.from(file)])
  return SECRETS.filter((text) => encoded(text).some((needle) => contents.some((content) => content.includes(needle))))
}

test('No plain text of a dossier lies in the data folder, neither while it is open nor after, nor in a back-up, and no sqlite3 opens it', async () => {
  const { folder, context, office, counter } = await practice('duyen')
  const view = await call(router.intake.start, undefined, context)
  const bytes = Buffer.from(`%PDF-1.7\n${'NỘI DUNG GIẤY RIÊNG '.repeat(20_000)}\n%%EOF`)
  const { uploadId } = await call(router.documents.begin, { draftId: view.id, component: 'to-khai', name: 'chu-ky-rieng.pdf', size: bytes.length }, context)
  await call(router.documents.append, { uploadId, offset: 0, bytes: new Blob([bytes]) }, context)
  const during = found(folder)
  await call(router.documents.finish, { uploadId }, context)
  const applicant = person({ fullName: 'Khương Uyển Nhi', address: '5 đường Hoa Quỳnh Vàng, phường Tân Mỹ Hưng, Thành phố Hồ Chí Minh' })
  const content = filledContent(view, office().catalogue.get('1.004873'), { applicant, note: 'ghi chú chỉ để thử' })
  const saved = await call(router.intake.save, { draftId: view.id, revision: view.revision, content }, context)
  const dossier = await call(router.intake.commit, { draftId: view.id, revision: saved.revision }, context)
  await call(router.identity.known, { query: 'khuong uyen' }, context)
  await call(router.paper.receipt, { dossierId: dossier.id }, context)
  await office().store.backup('manual')
  const open = found(folder)
  await counter.close()
  expect([during, open, found(folder)]).toEqual([[], [], []])
  expect(() => execFileSync('sqlite3', [join(folder, 'motcua.db'), 'SELECT count(*) FROM dossier'], { stdio: 'pipe' })).toThrow()
  expect(() => new Database(join(folder, 'motcua.db'), { readonly: true, ...(nativeBinding !== undefined && { nativeBinding }) }).prepare('SELECT count(*) FROM sqlite_schema').get()).toThrow('not a database')
})

test('The search for plain text finds it in every form that it looks for', () => {
  const folder = temporaryFolder()
  for (const [index, text] of SECRETS.entries()) writeFileSync(join(folder, String(index)), Buffer.concat([Buffer.from([1]), encoded(text)[index % 6] ?? Buffer.alloc(0)]))
  expect(found(folder)).toEqual(SECRETS)
})
