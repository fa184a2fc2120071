import { fold } from '@contract/fold'
import type { Clause, ThemeWord } from './theme-words'

type Words = Readonly<{ written: ReadonlySet<string>; folded: ReadonlySet<string> }>

function wordList(text: string): Words {
  const all = text.trim().split(/\s+/u)
  return { written: new Set(all), folded: new Set(all.map(fold)) }
}

/** As it is written; a word typed without marks may be any of them. */
const isOne = ({ text, marks, folded }: ThemeWord, words: Words): boolean => words.written.has(text.toLowerCase()) || (marks === '' && words.folded.has(folded))

/** Words that say nothing by themselves. */
const STOP = wordList(`và với của cho là thì mà ở tại từ đến tới đi rồi này kia đó đây nữa cũng rất quá lắm có không chưa đã đang sẽ được bị phải nên hay
  hoặc nhưng các một mỗi mọi những nhiều ít còn khi lúc nếu vì do bởi thế vậy sao gì nào ai mình chúng tôi ta họ nó xin nhé nha ạ ơi vâng dạ lên xuống ra vào về lại thôi chỉ cái
  lần người việc ngày giờ hôm như cần trong ngoài trên dưới trước sau cùng theo thêm luôn vẫn đều`)

/** How people are addressed: a name may follow. */
const ADDRESS = wordList('anh chị ông bà cô chú bác em cháu cậu thầy dì dượng tên sđt số')
const SURNAMES = wordList('nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý trương đinh đoàn trịnh mai cao lâm lương tạ hà tô châu quách thái')

const isCapital = ({ text }: ThemeWord): boolean => /^\p{Lu}/u.test(text)

/** Words that somebody wrote as a name: with a capital in the middle of what is otherwise small. */
export function nameWords(texts: readonly (readonly Clause[])[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const clauses of texts) {
    for (const clause of clauses) {
      const shouted = clause.every(isCapital) && clause.length > 3
      if (!shouted) clause.forEach((word, index) => { if (index > 0 && isCapital(word)) names.add(word.folded) })
    }
  }
  return names
}

/** May be shown: no digit, no name, no surname with what follows, nothing behind an address. */
function isFree(clause: Clause, at: number, names: ReadonlySet<string>): boolean {
  const word = clause[at]
  if (word === undefined || word.folded.length < 2 || /\p{N}/u.test(word.folded) || isOne(word, STOP)) return false
  if (names.has(word.folded) || isOne(word, SURNAMES) || isOne(word, ADDRESS)) return false
  const [before, beforeThat] = [clause[at - 1], clause[at - 2]]
  const afterName = before !== undefined && (isOne(before, ADDRESS) || isOne(before, SURNAMES))
  return !afterName && !(beforeThat !== undefined && (isOne(beforeThat, SURNAMES) || isOne(beforeThat, ADDRESS)))
}

/** Pairs of neighbouring words of a text that no theme has taken, each once: key without marks → as it was written. */
export function pairsOf(clauses: readonly Clause[], taken: readonly ReadonlySet<number>[], names: ReadonlySet<string>): Map<string, string> {
  const pairs = new Map<string, string>()
  clauses.forEach((clause, index) => {
    for (let at = 0; at + 1 < clause.length; at++) {
      const [first, second] = [clause[at], clause[at + 1]]
      if (first === undefined || second === undefined || taken[index]?.has(at) === true || taken[index]?.has(at + 1) === true) continue
      if (isFree(clause, at, names) && isFree(clause, at + 1, names)) pairs.set(`${first.folded} ${second.folded}`, `${first.text} ${second.text}`.toLowerCase())
    }
  })
  return pairs
}
