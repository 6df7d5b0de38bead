/**
 * Who is served next, as numbers that graphile-worker orders its jobs by (smallest first): the band says how urgent a job
 * is, the place in the band whose turn it is among the courses, and among the persons of one.
 */

/** From the most urgent to the least. */
export const bands = [
  /** Figures of questions before which somebody waits; in the line of their own workers, explorations. */
  'awaited',
  /** Previews and tests of maps at which somebody looks. */
  'tried-out',
  /** Figures of questions that nobody waits for yet; looks at uploaded pictures. */
  'prepared',
  /** Previews and tests that somebody asked for and looks at no longer. */
  'left',
  /** Checks of answer keys; indexes of corpora. */
  'upkeep',
] as const
export type Band = (typeof bands)[number]

/** Priorities of a band; all of them fit into the 16 bits that graphile-worker has. Whoever comes later than that queues at its end. */
export const bandWidth = 6000

/** @param place in the band, from 0 */
export function priorityOf(band: Band, place = 0): number {
  return bands.indexOf(band) * bandWidth + Math.min(place, bandWidth - 1)
}

/** @returns the band; negative priorities, of short work that goes first, count as the first one. */
export function bandOf(priority: number): Band {
  return bands[Math.max(0, Math.floor(priority / bandWidth))] ?? 'upkeep'
}

export function isMoreUrgent(band: Band, than: Band): boolean {
  return bands.indexOf(band) < bands.indexOf(than)
}

/** Whose turn a job takes. */
export interface Share {
  /** '' where it is no course's. */
  readonly course: string
  /** '' where nobody in the course takes turns with others. */
  readonly person: string
}

/** A job that can be begun. */
export interface Standing extends Share {
  readonly priority: number
}

/**
 * Puts a job into the line of a band. A course's jobs stand one place apart, behind its own last one, and nobody before
 * whoever is next: so courses that have jobs waiting take turns, and one that comes late neither waits behind the whole
 * line of another nor makes up for the time in which it asked for nothing. (Start-time fair queuing: P. Goyal, H. M. Vin,
 * H. Cheng, 1996, with jobs of one length.) Within the places of their course, persons take turns: a person's n-th job
 * stands behind the others' first n, and whoever it goes before moves one of the course's places on.
 * @param line of the band, each course's jobs in their order
 * @returns the same with the one that joins; others of its course may have new priorities
 */
export function joinBand<Job extends Share>(
  band: Band,
  line: readonly (Job & Standing)[],
  joining: Job,
): (Job & Standing)[] {
  const next = line.reduce((least, { priority }) => Math.min(least, priority), Number.POSITIVE_INFINITY)
  const first = next === Number.POSITIVE_INFINITY ? priorityOf(band) : next
  const own = line.filter(({ course }) => course === joining.course)
  const last = own.reduce((most, { priority }) => Math.max(most, priority), first - 1)
  const places = [...own.map(({ priority }) => priority), Math.min(last + 1, priorityOf(band, bandWidth - 1))]
  const turn = turnOf(
    joining.person,
    own.map(({ person }) => person),
  )
  const order: Job[] = [...own.slice(0, turn), joining, ...own.slice(turn)]
  return [
    ...line.filter(({ course }) => course !== joining.course),
    ...order.map((job, index) => ({ ...job, priority: places[index]! })),
  ]
}

/** @returns how many of a course's jobs, given by their persons in the order in which they stand, go before another of this person. */
function turnOf(person: string, line: readonly string[]): number {
  const own = line.filter((other) => other === person).length
  const seen = new Map<string, number>()
  let turn = 0
  for (const [index, other] of line.entries()) {
    const nth = seen.get(other) ?? 0
    seen.set(other, nth + 1)
    if (nth <= own) turn = index + 1
  }
  return turn
}
