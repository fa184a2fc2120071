/** Streams a document of so many bytes in and out and prints by how much the process grew at most, in bytes. */
import { writeSync } from 'node:fs'
import { openDocuments, silent } from '../../../src-main/storage'

const [folder = '', total = '0'] = process.argv.slice(2)
const documents = openDocuments({ folder, key: Buffer.alloc(32, 7), log: silent })
const piece = Buffer.alloc(1024 * 1024, 'abcdefghij')
await documents.put(piece)
const before = process.memoryUsage.rss()
let most = before
const look = (): void => {
  most = Math.max(most, process.memoryUsage.rss())
}
const writer = documents.writer()
for (let written = 0; written < Number(total); written += piece.length) {
  await writer.write(piece)
  look()
}
const { sha256, size } = await writer.finish()
let read = 0
for await (const chunk of documents.read(sha256)) {
  read += chunk.length
  look()
}
writeSync(1, JSON.stringify({ size, read, growth: most - before }))
