/** Where the workers of one machine have their graphs run. */
export type FigureDevice =
  /** On the machine's own processor, which a single session uses whole; or on a device of which nothing is known. */
  | 'processor'
  /** On an inference server, which looks after its own memory. */
  | 'server'
  /** On a card of so many GiB. */
  | { readonly memory: number }

export interface WorkerHost {
  readonly cores: number
  /** GiB. */
  readonly memory: number
  readonly device: FigureDevice
}

/** One prepares and draws while another one's graphs run; beside the device's own time of figures, four fill it. */
const MOST = 4
/** A worker prepares in one thread, and encodes pictures and draws random bits in others. */
const CORES_EACH = 4
/** GiB of the machine: models, arrays and the device's libraries. */
const MEMORY_EACH = 4
/** GiB of a card: the gradients of 50 pictures at the course's widths, with what the provider keeps for the next. */
const CARD_MEMORY_EACH = 12

/** @returns how many workers of figures `npm start` runs where nobody has said it, 1 to 4. */
export function chooseFigureWorkers({ cores, memory, device }: WorkerHost): number {
  if (device === 'processor') return 1
  const limits = [MOST, cores / CORES_EACH, memory / MEMORY_EACH]
  if (device !== 'server') limits.push(device.memory / CARD_MEMORY_EACH)
  return Math.max(1, Math.floor(Math.min(...limits)))
}
