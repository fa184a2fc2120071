import type { ResultReturn } from '@contract/results'

const WHO: Readonly<Record<ResultReturn['how'], string>> = {
  owner: 'Trả kết quả cho', authorised: 'Trả kết quả cho người được ủy quyền:', post: 'Gửi kết quả qua bưu chính cho',
}

/** What the timeline and the city read of a hand-over: who, never a number of a person. */
export function noteOf({ how, name, tracking, authority, note }: Readonly<{ how: ResultReturn['how']; name: string; tracking: string | null; authority: string | null; note: string }>): string {
  const more = [tracking === null ? '' : `số vận đơn ${tracking}`, authority === null ? '' : `theo ${authority}`].filter((part) => part !== '')
  const first = `${[`${WHO[how]} ${name}`, ...more].join(', ')}.`
  return note === '' ? first : `${first} ${note}`
}
