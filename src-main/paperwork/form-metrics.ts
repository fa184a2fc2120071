import type { FormTemplate } from './form-template'
import { closer, METRICS, type Metrics } from './sheet'

const MM = 72 / 25.4
/** Nghị định 30/2020 sets A4 in 13 to 14; landscape has its wider margin above. */
const A4: Metrics = { ...METRICS.A4, base: 13, small: 11 }
const LANDSCAPE: Metrics = { ...METRICS.A4, page: { width: 297 * MM, height: 210 * MM }, margins: [20 * MM, 20 * MM, 17 * MM, 17 * MM], base: 12.5, small: 10.5 }
const A5: Metrics = { ...METRICS.A5, base: 10, small: 8.8, signatureSpace: 14 * MM }

/** The same sheet with larger letters; the head stays, it must keep its line. */
const larger = (metrics: Metrics, scale: number): Metrics => ({
  ...metrics, base: metrics.base * scale, small: metrics.small * scale, title: metrics.title * scale, gap: metrics.gap * scale * scale, signatureSpace: metrics.signatureSpace * scale,
})

/** Measures to try in turn: A5 goes home and is read by all ages, so that it begins large; then closer ones for what would spill onto another page. */
export function metricsOf(form: Pick<FormTemplate, 'head' | 'orientation'>, paper: 'A4' | 'A5'): readonly [Metrics, ...Metrics[]] {
  if (form.head === 'leaflet' && paper === 'A4') return [larger(A4, 1.25), larger(A4, 1.1), A4, closer(A4)]
  if (paper === 'A5') return [larger(A5, 1.28), larger(A5, 1.18), larger(A5, 1.08), A5, closer(A5)]
  const usual = form.orientation === 'landscape' ? LANDSCAPE : A4
  return [usual, closer(usual)]
}

/** Measures of an official form, the larger ones first. The counter forms are A5 (Thông tư 01/2018/TT-VPCP art. 9(2)). */
export function officeMetrics(paper: 'A4' | 'A5'): readonly [Metrics, ...Metrics[]] {
  return paper === 'A4' ? [A4, closer(A4)] : [larger(A5, 1.08), A5, closer(A5)]
}
