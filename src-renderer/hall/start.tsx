import './base.css'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { hallBridge } from './bridge'
import { type PageWords, startWords } from './words'

/** Shows a page of the hall in `#root`, once its words are here. */
export async function startPage(words: PageWords, page: ReactNode): Promise<void> {
  const place = document.getElementById('root')
  if (!place) throw new Error('the page has no root')
  await startWords(words, hallBridge?.language ?? 'vi')
  createRoot(place).render(page)
}
