import { createHash } from 'node:crypto'
import { parseCertificate } from '../../identity/pki'
import type { Reader, WriteTx } from '../../storage'
import type { PracticeAnchor } from '../anchors'

type Given = Readonly<{ name: string; kind: PracticeAnchor['kind']; certificate: string }>

/** Keeps what the reference city's demonstration CA hangs on, instead of what was kept. Certificates are DER in Base64; what is none is left out. */
export function keepPracticeAnchors(tx: WriteTx, anchors: readonly Given[], at: string): void {
  tx.run('DELETE FROM practice_anchor')
  for (const { name, kind, certificate } of anchors) {
    const der = Buffer.from(certificate, 'base64')
    if (!isCertificate(der)) continue
    tx.run('INSERT OR REPLACE INTO practice_anchor (sha256, name, kind, der, at) VALUES (?, ?, ?, ?, ?)', [createHash('sha256').update(der).digest('hex'), name, kind, der, at])
  }
}

function isCertificate(der: Uint8Array): boolean {
  try {
    parseCertificate(der)
    return true
  } catch {
    return false
  }
}

export const keptPracticeAnchors = (reader: Reader): PracticeAnchor[] => reader.all(
  'SELECT name, kind, der FROM practice_anchor', [], (row) => ({ name: row.text('name'), kind: row.text<PracticeAnchor['kind']>('kind'), certificate: row.bytes('der') }))
