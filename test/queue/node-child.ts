import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import { openStore, silent } from '../../src-main/storage'
import { createQueue, createStoreLog, Order } from '../../src-main/queue'
import { moment, SECRET } from './support'

/** One counter's node in a process of its own. Orders come as lines, what it hears goes out as lines. */
async function main(index: number, callPort: number, folder: string, migrationsFolder: string): Promise<void> {
  const skew = (index - 2) * 3_600_000
  const wall = (): number => Date.now() + skew
  const store = openStore({ folder, key: Buffer.alloc(32, 7), migrationsFolder, nativeBinding: process.env['MOTCUA_SQLITE_BINDING'], clock: { now: () => new Date() }, log: silent })
  const say = (word: object): boolean => process.stdout.write(`${JSON.stringify(word)}\n`)
  const queue = await createQueue({
    node: `counter-${index}`, prefix: index === 1 ? '' : `K${index}`, name: () => `Quầy ${index}`, secret: SECRET, log: createStoreLog(store, '2000-01-01'),
    lan: { address: `127.0.0.${10 + index}`, callPort, group: null, targets: ['127.255.255.255'], everyMs: 300 },
    clock: { wall, day: () => '2026-11-23' }, newId: randomUUID,
    told: ({ line, event, index: at }) => say({ told: event, line: line.id, at, moment: moment() }),
    named: (node, name) => say({ named: name, node }),
    trouble: (code) => say({ trouble: code }),
  })
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (text) => {
    const asked = JSON.parse(text)
    if (asked.order) void queue.order(Order.parse(asked.order)).then((outcome) => say({ answer: asked.order.id, outcome, moment: moment() }))
    else {
      const { working, tickets } = queue.view()
      say({ view: { working, reached: queue.reached().length, tickets: [...tickets.values()] }, ask: asked.ask })
    }
  })
  lines.on('close', () => void queue.stop().then(() => {
    store.close()
    process.exit(0)
  }))
  say({ ready: index })
}

const [index, port, folder, migrations] = process.argv.slice(2)
void main(Number(index), Number(port), folder ?? '', migrations ?? '')
