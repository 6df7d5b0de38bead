import type { RandomStream } from '@/lib/explainers/random'

/** What students ask for in the hour before a deadline: pure. */

export const REQUESTS = ['front', 'start', 'page', 'read', 'save', 'submit'] as const
/**
 * `front`: the assignment's page. `page`: a question's. `read`: what that page then asks the API. `save`, `start` and
 * `submit`: as they are.
 */
export type RequestName = (typeof REQUESTS)[number]

/** How often one student asks for it in the hour, and when. */
export interface Habit {
  readonly times: number
  /** Share that falls into the rush, which grows exponentially towards the deadline. The rest is spread evenly. */
  readonly rush: number
  /** Share of the time after which it no longer happens evenly, 0 to 1. */
  readonly until: number
}

export type Habits = Readonly<Record<RequestName, Habit>>

/** A homework of 30 questions and 32 parts, begun and handed in within the hour; a quarter of the answers is changed. */
export const deadlineHour: Habits = {
  front: { times: 2, rush: 0.2, until: 0.75 },
  start: { times: 1, rush: 0, until: 0.75 },
  page: { times: 35, rush: 0.4, until: 1 },
  read: { times: 35, rush: 0.4, until: 1 },
  save: { times: 40, rush: 0.4, until: 1 },
  submit: { times: 1, rush: 0.8, until: 1 },
}

/** The rush grows by e in this share of the time: five minutes of an hour. */
export const RUSH_SCALE = 1 / 12

/**
 * @param at share of the time that has passed, 0 to 1
 * @returns how many times the average rate it comes then; its integral over 0 to 1 is 1
 */
export function intensity({ rush, until }: Pick<Habit, 'rush' | 'until'>, at: number): number {
  const even = at < until ? 1 / until : 0
  const growing = Math.exp((at - 1) / RUSH_SCALE) / (RUSH_SCALE * (1 - Math.exp(-1 / RUSH_SCALE)))
  return (1 - rush) * even + rush * growing
}

export interface Asked {
  /** Seconds from the beginning of the whole time. */
  readonly at: number
  readonly request: RequestName
}

/**
 * Requests of so many students as a Poisson process whose rate changes, drawn by thinning (Lewis and Shedler 1979).
 * @param seconds of the whole time @param from, to the part of it that is drawn, as shares
 */
export function* drawRequests(
  {
    students,
    seconds,
    habits,
    from = 0,
    to = 1,
  }: {
    readonly students: number
    readonly seconds: number
    readonly habits: Habits
    readonly from?: number
    readonly to?: number
  },
  random: RandomStream,
): Generator<Asked> {
  const rates = (at: number) =>
    REQUESTS.map((request) => (students * habits[request].times * intensity(habits[request], at)) / seconds)
  const most = bound(rates, from, to)
  for (let at = from; ; ) {
    at += -Math.log(1 - random.uniform()) / most / seconds
    if (at >= to) return
    let left = random.uniform() * most
    for (const [index, rate] of rates(at).entries()) {
      left -= rate
      if (left < 0) {
        yield { at: at * seconds, request: REQUESTS[index]! }
        break
      }
    }
  }
}

/** @returns a number that the sum of the rates never exceeds: looked at in steps, in which it changes by little. */
function bound(rates: (at: number) => readonly number[], from: number, to: number): number {
  const steps = 1000
  let most = 0
  for (let step = 0; step <= steps; step += 1)
    most = Math.max(
      most,
      rates(from + ((to - from) * step) / steps).reduce((sum, rate) => sum + rate, 0),
    )
  return most * 1.02
}
