import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { readShippedCatalogue } from '../src-main/core/resources'
import type { Catalogue, Procedure } from '../src-preload/contract/procedures'
import { seeded } from '../test/seeded'
import type { Benchmark } from './lib/benchmark'
import { startCore } from './lib/core-thread'
import { inFolder, resourcesFolder } from './lib/places'
import { openWard } from './lib/ward'

/** As many as a ward of a large city receives. */
const PROCEDURES = 300
const WARM_UP = 40
const LIMIT_MS = 50

const questions = (): string[] => z.array(z.object({ ask: z.string() })).parse(JSON.parse(readFileSync('test/guide/questions.json', 'utf8'))).map(({ ask }) => ask)

const OPENINGS = ['Cấp', 'Cấp lại', 'Cấp đổi', 'Gia hạn', 'Đăng ký', 'Thay đổi', 'Chấm dứt', 'Xác nhận', 'Công nhận', 'Hỗ trợ']
const SUBJECTS = [
  'giấy phép bán lẻ rượu', 'giấy chứng nhận cơ sở đủ điều kiện an toàn thực phẩm', 'hoạt động nhóm trẻ độc lập', 'thẻ thư viện cộng đồng', 'khai thác nước dưới đất', 'sử dụng tạm thời hè phố', 'lễ hội truyền thống',
  'hoạt động tín ngưỡng', 'chế độ thương binh', 'thân nhân liệt sĩ', 'người hoạt động kháng chiến', 'chăn nuôi quy mô nhỏ', 'tàu cá', 'giống cây trồng', 'đê điều', 'câu lạc bộ thể thao', 'hộ làm muối', 'tổ hợp tác', 'nhà ở xã hội',
  'quỹ khuyến học', 'gia đình văn hóa', 'thi đua khen thưởng', 'tiếp cận thông tin', 'khiếu nại lần đầu', 'tố cáo tại phường',
]

/** The shipped procedures, and invented ones beside them that speak of other things with as many words. */
function largeCatalogue(): Catalogue {
  const shipped = readShippedCatalogue(resourcesFolder)
  const random = seeded(300)
  const some = <T>(list: readonly T[]): T[] => list.filter(() => random() < 0.4)
  const words = shipped.procedures.flatMap(({ keywords }) => keywords)
  const invented = OPENINGS.flatMap((opening) => SUBJECTS.map((subject) => `${opening} ${subject}`)).slice(0, PROCEDURES - shipped.procedures.length).map((name, index): Procedure => {
    const like = shipped.procedures[index % shipped.procedures.length]
    if (!like) throw new Error('an empty catalogue')
    const { shortName: _own, ...rest } = like
    return { ...rest, code: `9.${String(100_000 + index)}`, name, keywords: [...some(name.split(' ')).slice(0, 4), ...some(words).slice(index % 40, (index % 40) + 6)], eligibility: [], version: '2026-11-22' }
  })
  return { ...shipped, version: '2026-11-22', procedures: [...shipped.procedures, ...invented] }
}

async function importInto(folder: string): Promise<void> {
  const ward = await openWard(folder)
  try {
    const bytes = Buffer.from(JSON.stringify(largeCatalogue()), 'utf8')
    const report = await ward.office.catalogue.import('system', { bytes, name: 'danh-muc.json', dryRun: false })
    if (report.problems.length > 0 || ward.office.catalogue.inForce().length !== PROCEDURES) throw new Error(`the catalogue was not taken in: ${JSON.stringify(report.problems[0])}`)
  } finally {
    await ward.close()
  }
}

/** The guide over 300 procedures through the contract: every question of the measured set, and the first that has to build it. */
export const guideBenchmark: Benchmark = {
  name: 'guide',
  run: (progress) => inFolder(async (folder) => {
    await importInto(folder)
    const core = await startCore(folder)
    try {
      const asked = questions()
      const ask = async (words: string): Promise<number> => {
        const begun = performance.now()
        await core.api.guide.ask({ words })
        return performance.now() - begun
      }
      const first = await ask(asked[0] ?? '')
      for (const words of asked.slice(0, WARM_UP)) await ask(words)
      const subject: number[] = []
      for (const words of asked) {
        subject.push(await ask(words))
        progress(subject.length)
      }
      return [
        { name: 'guide (300 procedures)', unit: 'ms', subject, floor: null, target: { of: 'p95', atMost: LIMIT_MS } },
        { name: 'guide (first answer)', unit: 'ms', subject: [first], floor: null, target: { of: 'median', atMost: 2_000 } },
      ]
    } finally {
      await core.close()
    }
  }),
}
