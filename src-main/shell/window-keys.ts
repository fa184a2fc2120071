/** What the shell itself does on a key; every other key belongs to the page. */
export type WindowAct = 'full-screen' | 'zoom-in' | 'zoom-out' | 'zoom-reset' | 'developer-tools'

export interface KeyPress {
  readonly type: string
  readonly key: string
  readonly control: boolean
  readonly meta: boolean
  readonly alt: boolean
  readonly shift: boolean
}

/** Which of the shell's acts a key press asks for. Developer tools exist only on a developer's machine. */
export function windowAct(press: KeyPress, developer: boolean): WindowAct | null {
  if (press.type !== 'keyDown' || press.alt) return null
  const command = press.control || press.meta
  if (!command) return press.key === 'F11' && !press.shift ? 'full-screen' : null
  if (press.key === '+' || press.key === '=') return 'zoom-in'
  if (press.key === '-' || press.key === '_') return 'zoom-out'
  if (press.key === '0' && !press.shift) return 'zoom-reset'
  return developer && press.shift && press.key.toUpperCase() === 'I' ? 'developer-tools' : null
}
