import { setTimeout as sleep } from 'node:timers/promises'
import { addDossier, addVersion, type Made, openDesk, startSync } from './support'

/** A counter that takes in and sends without end; every dossier is told after its commit. The parent kills it at any moment. */
async function main(folder: string): Promise<void> {
  const desk = openDesk(folder)
  const { sync } = startSync(desk, { timing: { unauthorisedMs: 50 } })
  sync.start()
  const made: Made[] = []
  const tell = ({ submissionId }: Made): boolean => process.stdout.write(`${submissionId}\n`)
  for (let count = 0; ; count++) {
    const earlier = count % 4 === 3 ? made[Math.floor(Math.random() * made.length)] : undefined
    const next = earlier ? await addVersion(desk, earlier) : await addDossier(desk, { sizes: [20_000, 700], provisional: count % 5 === 0 })
    if (!earlier) made.push(next)
    tell(next)
    sync.wake()
    await sleep(15)
  }
}

void main(process.argv[2] ?? '')
