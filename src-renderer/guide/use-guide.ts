import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { GuideAdvice, GuideAnswer, GuideAnswers, GuideHit, Having } from '@contract/guide'
import type { DraftId } from '@contract/ids'
import { api } from '../app/api'
import { keys } from '../app/queries'

/** A pause in typing, in milliseconds, after which the guide is asked. */
const PAUSE = 120

function useSettled(words: string): string {
  const [settled, setSettled] = useState(words)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(words), words.trim() === '' ? 0 : PAUSE)
    return () => clearTimeout(timer)
  }, [words])
  return settled
}

export type Guidance = Readonly<{
  words: string
  answer: GuideAnswer | undefined
  /** What is on the screen belongs to the words in the box. */
  fresh: boolean
  error: unknown
  forks: GuideAnswers
  hit: GuideHit | undefined
  draftId: DraftId | null
  type(words: string): void
  pick(target: string): void
  answerFork(fork: string, answer: string): void
  /** Takes this answer back and all that came after it. */
  takeBack(fork: string): void
}>

/** The words, what the guide says of them, and which of its answers is looked at. */
export function useGuidance(first: string, draftId: DraftId | null): Guidance {
  const [words, setWords] = useState(first)
  const [forks, setForks] = useState<GuideAnswers>({})
  const [picked, setPicked] = useState<string | null>(null)
  const settled = useSettled(words).trim()
  const input = { words: settled, answers: forks, draftId }
  const { data, error, isPlaceholderData } = useQuery({ queryKey: keys.procedures({ guide: input }), queryFn: () => api.guide.ask(input), placeholderData: keepPreviousData, enabled: settled !== '' })
  const answer = settled === '' ? undefined : data
  const put = (next: GuideAnswers): void => {
    setForks(next)
    setPicked(null)
  }
  return {
    words, answer, error, forks, draftId, fresh: settled === words.trim() && !isPlaceholderData,
    hit: answer?.hits.find(({ target }) => target === picked) ?? answer?.hits[0],
    type: (text) => {
      setWords(text)
      put({})
    },
    pick: setPicked,
    answerFork: (fork, given) => put({ ...forks, [fork]: given }),
    takeBack: (fork) => {
      const order = answer?.answered.map(({ id }) => id) ?? []
      const kept = order.slice(0, Math.max(0, order.indexOf(fork)))
      put(Object.fromEntries(Object.entries(forks).filter(([id]) => kept.includes(id))))
    },
  }
}

export type Choice = Readonly<{ code: string; forks: GuideAnswers; answers: GuideAnswers; draftId: DraftId | null }>

export const useAdvice = (choice: Choice): GuideAdvice | undefined =>
  useQuery({ queryKey: keys.procedures({ advise: choice }), queryFn: () => api.guide.advise(choice), placeholderData: keepPreviousData }).data

/** Asked only with somebody in hand: each look is written down. */
export function useHaving(code: string, draftId: DraftId | null): Readonly<Record<string, Having>> {
  const { data } = useQuery({
    queryKey: ['having', draftId, code], queryFn: () => (draftId === null ? {} : api.guide.have({ code, draftId })), enabled: draftId !== null, staleTime: 60_000,
  })
  return data ?? {}
}
