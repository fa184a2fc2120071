import { setTimeout as sleep } from 'node:timers/promises'
import { feedbackOf, photo, takeFeedback } from './feedback-support'
import { openDesk, startSync } from './support'

/** A counter that takes complaints in and sends without end; each is told after its commit. The parent kills it at any moment. */
async function main(folder: string): Promise<void> {
  const desk = openDesk(folder)
  const { sync } = startSync(desk, { timing: { unauthorisedMs: 50 } })
  const feedback = feedbackOf(desk, sync.wake)
  sync.start()
  for (let count = 0; ; count++) {
    const { id } = await takeFeedback(feedback, count % 3 === 0 ? [photo(20_000, count), photo(900, count + 1)] : [])
    process.stdout.write(`${id}\n`)
    // Some are taken back at once, while their letter may be anywhere.
    if (count % 5 === 4) feedback.complaints.withdraw(feedback.officer, { id, words: 'thôi' })
    await sleep(15)
  }
}

void main(process.argv[2] ?? '')
