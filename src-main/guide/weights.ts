/** Every number that the ranking turns on. Found by trying on the tuning part of test/guide/questions.json only. */
export const WEIGHT = {
  /** A code typed as such decides alone. */
  code: 100,
  /** Share of the question's telling words that stand somewhere in a procedure, 0 to 1. */
  coverage: 2,
  /** Nearness to the best single phrase (name, keyword, spoken situation), 0 to 1. */
  phrase: 4,
  /** One point of an intent rule (resources/guide/intents.json, 1 weak to 6 decides). */
  rule: 1,
} as const

/** How much a phrase counts by where it stands. */
export const SOURCE = { name: 1, situation: 0.95, keyword: 0.95, lifeEvent: 0.5, result: 0.5, component: 0.3, field: 0.35 } as const

/** How well two spellings of the same letters agree. */
export const MARKS = {
  same: 1,
  /** Typed without any marks, in a text without any. */
  none: 0.97,
  /** Typed bare although other words carry marks. */
  forgotten: 0.7,
  /** Only the tone differs, or only the letters' own marks. */
  slip: 0.72,
  other: 0.4,
} as const

/** How far a mended word is trusted. */
export const REPAIR = { joined: 0.9, typing: 0.92, sound: 0.82, nearNeighbours: 0.85, near: 0.6, doubtful: 0.72 } as const

export const LIMITS = {
  /** Characters and words looked at; the rest of a text says nothing new. */
  characters: 20_000, words: 150,
  /** Fillers that may stand between the words of a phrase. */
  gap: 2,
  /** Words of any kind that `…` in a phrase may stand for. */
  openGap: 5,
  /** A filler counts this much of a telling word. */
  filler: 0.12,
  /** What the words of a question must tell together to count in full. */
  telling: 2.5,
  /** Weakest word of a phrase of several words, the same when fillers were skipped, and the agreement that rules something out. */
  phraseFit: 0.58, skippedFit: 0.9, veto: 0.8,
  /** A word of one syllable with other marks, or none, may be many words: it counts so much. */
  doubtfulWord: 0.35, bareWord: 0.6,
  /** Hits below this score, or this share of the first one, are not shown. */
  least: 2, share: 0.22, hits: 8,
  /** The first hit is clear from this score on, when the second has at most this share of it. */
  sure: 4, clear: 0.72,
  /** A fork is needed when another of its branches has at least this share of the first score. */
  fork: 0.4,
} as const

/** Exponents of nearness: how much of the phrase must be met, how much of the question. */
export const NEARNESS = { ofPhrase: 0.65, ofQuestion: 0.35, inOrder: 0.25 } as const
