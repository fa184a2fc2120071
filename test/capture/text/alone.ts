import { readFileSync } from 'node:fs'
import { createTextReader } from '../../../src-main/capture/text'

// A program of its own: reads one page and tells its text.
const [file = '', worker = ''] = process.argv.slice(2)
const page = JSON.parse(readFileSync(file, 'utf8')) as { width: number; height: number; dpi: number; data: string }
const reader = createTextReader({ workerFile: new URL(worker), engine: 'packaged' })
const { text } = await reader.read({ width: page.width, height: page.height, dpi: page.dpi, channels: 1, data: Buffer.from(page.data, 'base64') })
await reader.close()
process.stdout.write(JSON.stringify({ text }))
