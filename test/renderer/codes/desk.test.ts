import { describe, expect, it } from 'vitest'
import type { SearchHit } from '@contract/dossier'
import { classifyScan, reportText } from '@contract/codes'
import { SAMPLE_DOSSIER_CODE, SELF_TEST_TEXT } from '@contract/reader-test'
import { createCodeDesk, createSearchDoor } from '../../../src-renderer/codes/desk'
import { dossierOf } from '../../../src-renderer/codes/dossier-of'

const CARD = '079192004617||Nguyen Van Mau|14031992|Nam|27/4|21112021'

function desk() {
  const got: string[] = []
  const note = (where: string) => (code: { kind: string }) => void got.push(`${where}: ${code.kind}`)
  const here = note('elsewhere')
  return { got, note, made: createCodeDesk({ card: here, dossier: here, separator: here, procedure: here, ticket: here, 'rating-slip': here, report: here, 'self-test': here, unknown: here }) }
}
const facts = { source: 'serial', inputMethod: false } as const

describe('the one way of every code', () => {
  it.each([[CARD, 'card'], ['H29.900-261123-0009', 'dossier'], [SAMPLE_DOSSIER_CODE, 'dossier'], ['MOTCUA:TACH:1:TO-KHAI', 'separator'], ['MOTCUA:TT:1:2.000815', 'procedure'], ['Số A001 MOTCUA:SO:1:0f8fad5b-d9cb-469f-a165-70867728950e', 'ticket'], ['MOTCUA:DG:1:0123456789ABCDEFGHJK', 'rating-slip'], [reportText('3f'.repeat(32)), 'report'], [SELF_TEST_TEXT, 'self-test'], ['8934563138165', 'unknown']])('%s goes where its kind goes', (text, kind) => {
    const { got, made } = desk()
    made.route(classifyScan(text), facts)
    expect(got).toEqual([`elsewhere: ${kind}`])
  })

  it('is the screen that asked last, as long as it is there, and for its kinds alone', () => {
    const { got, note, made } = desk()
    const letGo = made.take({ card: note('intake') })
    const close = made.take({ separator: note('papers') })
    made.route(classifyScan(CARD), facts)
    made.route(classifyScan('MOTCUA:TACH:1'), facts)
    made.route(classifyScan('H29.900-261123-0009'), facts)
    const over = made.take({ card: note('dialog') })
    made.route(classifyScan(CARD), facts)
    over()
    close()
    made.route(classifyScan(CARD), facts)
    letGo()
    made.route(classifyScan(CARD), facts)
    expect(got).toEqual(['intake: card', 'papers: separator', 'elsewhere: dossier', 'dialog: card', 'intake: card', 'elsewhere: card'])
  })

  it('ends in the search box where there is one', () => {
    const door = createSearchDoor()
    expect(door.seek('a')).toBe(false)
    const got: string[] = []
    const close = door.open((text) => got.push(text))
    expect(door.seek('b')).toBe(true)
    close()
    expect([door.seek('c'), got]).toEqual([false, ['b']])
  })
})

describe('the dossier that a code means', () => {
  const hit = (code: string, onPaper = false): SearchHit => ({ id: code, code, onPaper } as unknown as SearchHit)
  it.each([
    ['has this code', ['H29.900-261123-0009', 'H29.900-261123-00091'], 'H29.900-261123-0009', 'H29.900-261123-0009'],
    ['has it without the mark of its QR', ['H29.900-261123-0009'], 'TH-H29.900-261123-0009', 'H29.900-261123-0009'],
    ['was found by a provisional code', ['H29.900-261123-0009'], 'TAM.Q3-261123-0001', 'H29.900-261123-0009'],
    ['is none of several', ['H29.900-261123-0009', 'H29.900-261123-0010'], 'TAM.Q3-261123-0001', undefined],
    ['is not here', [], 'TAM.Q3-261123-0001', undefined],
  ])('%s', (_how, codes, asked, found) => {
    expect(dossierOf(codes.map((code) => hit(code)), asked)?.code).toBe(found)
  })

  it('is not one that has the code on a paper', () => {
    expect(dossierOf([hit('H29.900-261123-0009', true)], 'H29.900-260102-0004')).toBeNull()
    expect(dossierOf([hit('H29.900-261123-0009'), hit('H29.900-261123-0010', true)], 'TAM.Q3-261123-0001')?.code).toBe('H29.900-261123-0009')
  })
})
