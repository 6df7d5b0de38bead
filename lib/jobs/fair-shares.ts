/**
 * Who is served next, as numbers that graphile-worker orders its jobs by (smallest first): the band says how urgent a job
 * is, the place in the band whose turn it is among the courses.
 */

/** From the most urgent to the least. */
export const bands = [
  /** Figures of questions before which somebody waits. */
  'awaited',
  /** Previews and tests of maps at which somebody looks. */
  'tried-out',
  /** Figures of questions that nobody waits for yet. */
  'prepared',
  /** Previews and tests that somebody asked for and looks at no longer. */
  'left',
  /** Checks of answer keys. */
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

/** A job that can be begun. */
export interface Standing {
  /** Whose share it takes. */
  readonly course: string
  readonly priority: number
}

/**
 * Priorities for jobs that join a band. A course's jobs stand one place apart, behind its own last one, and nobody before
 * whoever is next: so courses that have jobs waiting take turns, and one that comes late neither waits behind the whole
 * line of another nor makes up for the time in which it asked for nothing. (Start-time fair queuing: P. Goyal, H. M. Vin,
 * H. Cheng, 1996, with jobs of one length.)
 * @param standing in the band
 * @param joining the courses of the jobs, in the order in which they should be done
 * @returns the priority of each
 */
export function joinBand(band: Band, standing: readonly Standing[], joining: readonly string[]): number[] {
  const next = standing.reduce((least, { priority }) => Math.min(least, priority), Number.POSITIVE_INFINITY)
  const first = next === Number.POSITIVE_INFINITY ? priorityOf(band) : next
  const lastOf = new Map<string, number>()
  for (const { course, priority } of standing)
    lastOf.set(course, Math.max(priority, lastOf.get(course) ?? first - 1))
  return joining.map((course) => {
    const priority = Math.min((lastOf.get(course) ?? first - 1) + 1, priorityOf(band, bandWidth - 1))
    lastOf.set(course, priority)
    return priority
  })
}
