/** A parser under fuzzing. An `AppError` is an answer; anything else that it throws is a crash. */
export type FuzzTarget = Readonly<{
  name: string
  /** Whole inputs of its kind, from which broken ones are made. */
  seeds: readonly Uint8Array[]
  run: (bytes: Uint8Array) => unknown
  /** Is given one input in so many of the others', because it computes and does not only read. */
  dear?: number
  /** Longest time an input may take, in milliseconds; 100 unless told. */
  slowest?: number
  /** Bytes that a result may hold beyond eight times its input; 64 kB unless told. */
  bound?: number
}>
