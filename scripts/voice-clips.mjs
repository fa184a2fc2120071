import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { run } from './lib/children.mjs'
import { projectRoot } from './lib/files.mjs'
import { runMain, say, SetupError } from './lib/say.mjs'

// Makes the voice that calls numbers where the system has no Vietnamese voice, anew: `node scripts/voice-clips.mjs`.
// Wants two tools of the developer's system, which the program itself never needs: eSpeak NG (says the words, northern voice) and FFmpeg
// with libopus (packs them). Each word is said alone, freed of the silence around it, brought to one loudness and laid behind the one
// before; `vi.json` says where each lies, in milliseconds. One file, because a board loads and decodes it once.

const RATE = 24_000
/** Between two words in the file, so that the codec smears none into the next. */
const APART_MS = 80
/** Quieter than this is silence (of 1). */
const FLOOR = 0.012
const LOUDNESS = 0.13
const PEAK = 0.94

/** What is said for each clip. Letters by their Vietnamese names; `muoi` 10, `muoi-` the tens, `mot-` and `lam` behind them. */
const WORDS = {
  'moi-so': 'Mời số', den: 'đến', quay: 'quầy', cham: 'chấm',
  0: 'không', 1: 'một', 2: 'hai', 3: 'ba', 4: 'bốn', 5: 'năm', 6: 'sáu', 7: 'bảy', 8: 'tám', 9: 'chín',
  muoi: 'mười', 'muoi-': 'mươi', 'mot-': 'mốt', lam: 'lăm',
  A: 'a', B: 'bê', C: 'xê', D: 'dê', E: 'e', F: 'ép phờ', G: 'giê', H: 'hát', I: 'i', J: 'di', K: 'ca', L: 'e lờ', M: 'em mờ', N: 'en nờ',
  O: 'o', P: 'pê', Q: 'quy', R: 'e rờ', S: 'ét sì', T: 'tê', U: 'u', V: 'vê', W: 'vê kép', X: 'ích xì', Y: 'i dài', Z: 'dét',
}

/**
 * @param {string} tool
 * @param {readonly string[]} args
 */
async function must(tool, args) {
  const { code, stderr } = await run(tool, args, { timeoutMs: 60_000 })
  if (code !== 0) throw new SetupError(`${tool} did not do its part: ${stderr.trim() || 'it is not installed'}. Install eSpeak NG and FFmpeg with libopus, then run this again.`)
}

/**
 * The samples of a sound, −1 to 1, at RATE.
 * @param {string} file
 * @param {string} raw
 */
async function samplesOf(file, raw) {
  await must('ffmpeg', ['-v', 'error', '-y', '-i', file, '-ac', '1', '-ar', String(RATE), '-f', 'f32le', raw])
  const bytes = await readFile(raw)
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
}

/**
 * Without the silence around it, at one loudness, with soft edges.
 * @param {Float32Array} sound
 */
function trimmed(sound) {
  const from = Math.max(0, sound.findIndex((value) => Math.abs(value) > FLOOR) - RATE * 0.01)
  const to = Math.min(sound.length, sound.findLastIndex((value) => Math.abs(value) > FLOOR) + RATE * 0.02)
  const cut = sound.slice(from, to)
  const voiced = cut.filter((value) => Math.abs(value) > FLOOR * 3)
  const loud = Math.sqrt(voiced.reduce((sum, value) => sum + value * value, 0) / voiced.length)
  const peak = cut.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const gain = Math.min(LOUDNESS / loud, PEAK / peak)
  const edge = RATE * 0.008
  return cut.map((value, index) => value * gain * Math.min(1, (index + 1) / edge, (cut.length - index) / edge))
}

/** Two soft tones, the second a third lower: heard across a room, startling nobody. */
function chime() {
  /** @type {readonly (readonly [frequency: number, fromMs: number])[]} */
  const tones = [[880, 0], [698.46, 340]]
  const sound = new Float32Array(RATE * 1.05)
  for (const [frequency, fromMs] of tones) {
    const from = Math.round((fromMs / 1000) * RATE)
    for (let at = from; at < sound.length; at += 1) {
      const seconds = (at - from) / RATE
      const swell = Math.min(1, seconds / 0.006) * Math.exp(-seconds * 5.5)
      const wave = Math.sin(2 * Math.PI * frequency * seconds) + 0.25 * Math.sin(4 * Math.PI * frequency * seconds)
      sound[at] = (sound[at] ?? 0) + 0.3 * swell * wave
    }
  }
  const edge = RATE * 0.05
  return sound.map((value, index) => value * Math.min(1, (sound.length - index) / edge))
}

/** @param {string} folder */
async function spoken(folder) {
  /** @type {[name: string, sound: Float32Array][]} */
  const clips = [['chime', chime()]]
  for (const [name, words] of Object.entries(WORDS)) {
    const file = join(folder, 'word.wav')
    await must('espeak-ng', ['-v', 'vi', '-s', '135', '-p', '46', '-a', '140', '-w', file, words])
    clips.push([name, trimmed(await samplesOf(file, join(folder, 'word.raw')))])
  }
  return clips
}

/** @param {readonly (readonly [name: string, sound: Float32Array])[]} clips */
function laidOut(clips) {
  const apart = (APART_MS / 1000) * RATE
  const all = new Float32Array(clips.reduce((sum, [, sound]) => sum + sound.length + apart, apart))
  /** @type {Record<string, [fromMs: number, lastsMs: number]>} */
  const table = {}
  let at = apart
  for (const [name, sound] of clips) {
    all.set(sound, at)
    table[name] = [Math.round((at / RATE) * 1000), Math.round((sound.length / RATE) * 1000)]
    at += sound.length + apart
  }
  return { all, table }
}

await runMain(async () => {
  const target = resolve(projectRoot, 'resources/voice')
  const folder = await mkdtemp(join(tmpdir(), 'motcua-voice-'))
  try {
    const { all, table } = laidOut(await spoken(folder))
    const raw = join(folder, 'all.raw')
    await writeFile(raw, new Uint8Array(all.buffer))
    await must('ffmpeg', ['-v', 'error', '-y', '-f', 'f32le', '-ar', String(RATE), '-ac', '1', '-i', raw, '-map_metadata', '-1', '-fflags', '+bitexact', '-flags:a', '+bitexact', '-c:a', 'libopus', '-b:a', '32k', '-application', 'voip', join(target, 'vi.ogg')])
    const lines = Object.entries(table).map(([name, place]) => `  ${JSON.stringify(name)}: ${JSON.stringify(place)}`)
    await writeFile(join(target, 'vi.json'), `{\n${lines.join(',\n')}\n}\n`)
    say(`${String(lines.length)} clips, ${(all.length / RATE).toFixed(1)} s`)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
