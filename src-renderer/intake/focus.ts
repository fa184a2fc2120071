import { type Step, stepOf } from './steps'

/** About a second of frames: a step may still be asking the core for its procedure. */
const MOST_FRAMES = 60

/** Puts the focus where `find` says as soon as that place is drawn. */
function focusSoon(find: () => HTMLElement | null | undefined): void {
  let left = MOST_FRAMES
  const look = (): void => {
    const place = find()
    if (place) {
      place.scrollIntoView({ block: 'nearest' })
      place.focus()
    } else if ((left -= 1) > 0) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

const FIRST_FIELD: Readonly<Record<Step, string>> = {
  person: 'applicant.fullName', procedure: 'procedure', papers: 'component', fee: 'fee.councilAmount', appointment: 'delivery.address', review: 'note',
}

/** Where the focus goes when a step is opened: its first field, the row in hand, or whatever can be used there. */
export function focusStep(step: Step): void {
  const choices = [`[name="${FIRST_FIELD[step]}"]`, '[data-field][tabindex="0"]', 'input:not([hidden])', 'select', '[role="radio"][tabindex="0"]', 'button']
  focusSoon(() => choices.map((choice) => document.querySelector<HTMLElement>(`.step-work[data-step="${step}"] ${choice}`)).find((place) => place !== null))
}

/** The field of that name (`applicant.phone`, `component.to-khai`) once its step is drawn. */
export function focusInStep(field: string): void {
  const name = CSS.escape(field)
  focusSoon(() => document.querySelector<HTMLElement>(`.step-work[data-step="${stepOf(field)}"] :is([name="${name}"], [data-field="${name}"])`))
}
