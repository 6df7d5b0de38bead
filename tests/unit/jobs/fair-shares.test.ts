import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  bandOf,
  bands,
  bandWidth,
  isMoreUrgent,
  joinBand,
  priorityOf,
  type Share,
  type Standing,
} from '@/lib/jobs/fair-shares'

interface Asked extends Share {
  readonly asked: number
}
type Waiting = Asked & Standing

/** One worker's queue of one band: the smallest priority first, and of equals the one asked for first. */
class Line {
  readonly served: string[] = []
  waiting: Waiting[] = []
  #asked = 0

  join(courses: readonly string[], person = ''): void {
    for (const course of courses) {
      const joining: Asked = { course, person, asked: this.#asked++ }
      this.waiting = joinBand('prepared', this.waiting, joining)
    }
  }

  serve(): Waiting | undefined {
    this.waiting.sort((one, other) => one.priority - other.priority || one.asked - other.asked)
    const next = this.waiting.shift()
    if (next) this.served.push(next.course)
    return next
  }
}

const courses = ['a', 'b', 'c']
const course = fc.constantFrom(...courses)
/** What happens: a course asks for some figures, or a worker takes one. */
const happening = fc.oneof(
  fc.record({ course, figures: fc.integer({ min: 1, max: 30 }) }),
  fc.constant('serve' as const),
)
const history = fc.array(happening, { maxLength: 120 })

describe('bands', () => {
  it('are told from the priority, and stand in the order of urgency', () => {
    fc.assert(
      fc.property(fc.constantFrom(...bands), fc.nat(20_000), (band, place) => {
        expect(bandOf(priorityOf(band, place))).toBe(band)
        expect(priorityOf(band, place)).toBeLessThan(2 ** 15)
        for (const other of bands)
          if (isMoreUrgent(band, other)) expect(priorityOf(band, place)).toBeLessThan(priorityOf(other))
      }),
    )
    expect(bandOf(-2)).toBe('awaited')
    expect(bandOf(32_767)).toBe('upkeep')
  })
})

describe('courses in a band', () => {
  it('take turns: while both have figures waiting, neither gets two more than the other', () => {
    fc.assert(
      fc.property(history, (events) => {
        const line = new Line()
        // Figures served to each since both have been waiting without a pause.
        const since = new Map<string, Record<string, number>>()
        for (const event of events) {
          if (event !== 'serve') line.join(Array(event.figures).fill(event.course))
          else {
            const next = line.serve()
            for (const counts of since.values()) if (next) counts[next.course]!++
          }
          const isWaiting = (name: string) => line.waiting.some((job) => job.course === name)
          for (const [one, other] of [
            ['a', 'b'],
            ['a', 'c'],
            ['b', 'c'],
          ] as const) {
            const pair = one + other
            if (!isWaiting(one) || !isWaiting(other)) since.delete(pair)
            else if (!since.has(pair)) since.set(pair, { a: 0, b: 0, c: 0 })
            const counts = since.get(pair)
            if (counts) expect(Math.abs(counts[one]! - counts[other]!)).toBeLessThanOrEqual(2)
          }
        }
      }),
    )
  })

  it('never starve: the figure that is n-th in its course’s line waits for n turns of the others at most', () => {
    fc.assert(
      fc.property(history, course, (events, asking) => {
        const line = new Line()
        for (const event of events)
          if (event === 'serve') line.serve()
          else line.join(Array(event.figures).fill(event.course))
        line.join([asking])
        const own = line.waiting.filter((job) => job.course === asking)
        const last = own.reduce((one, other) => (one.priority > other.priority ? one : other))
        let turns = 0
        for (let next = line.serve(); next !== last; next = line.serve()) {
          turns++
          // The others go on asking for more than can be done.
          line.join(courses.filter((name) => name !== asking).flatMap((name) => [name, name]))
        }
        expect(turns).toBeLessThan((own.length + 1) * courses.length)
      }),
    )
  })

  it('keep their own order, and lose no time while somebody waits', () => {
    fc.assert(
      fc.property(history, (events) => {
        const line = new Line()
        const lastOf = new Map<string, number>()
        for (const event of events) {
          if (event !== 'serve') line.join(Array(event.figures).fill(event.course))
          else {
            const before = line.waiting.length
            const next = line.serve()
            expect(next === undefined).toBe(before === 0)
            if (next) {
              expect(next.asked).toBeGreaterThan(lastOf.get(next.course) ?? -1)
              lastOf.set(next.course, next.asked)
            }
          }
        }
      }),
    )
  })

  it('one that comes late is next, and does not make up for what it never asked for', () => {
    const line = new Line()
    line.join(Array(500).fill('a'))
    for (let turn = 0; turn < 100; turn++) line.serve()
    line.join(Array(500).fill('b'))
    line.served.length = 0
    for (let turn = 0; turn < 10; turn++) line.serve()
    expect(line.served.filter((name) => name === 'a')).toHaveLength(5)
    expect(line.served.slice(0, 2)).toContain('b')
  })

  it('more than a band has places for wait at its end', () => {
    const full = Array.from({ length: bandWidth }, (_, place) => ({
      course: 'a',
      person: '',
      priority: priorityOf('awaited', place),
    }))
    const line = joinBand<Share>('awaited', full, { course: 'a', person: '' })
    expect(bandOf(line.at(-1)!.priority)).toBe('awaited')
  })
})

const people = ['p', 'q', 'r']
const person = fc.constantFrom(...people)
const asked = fc.record({ course, person, jobs: fc.integer({ min: 1, max: 20 }) })
const personalHistory = fc.array(fc.oneof(asked, fc.constant('serve' as const)), { maxLength: 60 })

function lineAfter(events: readonly ({ course: string; person: string; jobs: number } | 'serve')[]): Line {
  const line = new Line()
  for (const event of events)
    if (event === 'serve') line.serve()
    else line.join(Array(event.jobs).fill(event.course), event.person)
  return line
}

describe('persons of a course', () => {
  it('take turns: however much others have asked for, a new question waits for one of each of them', () => {
    fc.assert(
      fc.property(personalHistory, course, (events, asking) => {
        const line = lineAfter(events)
        line.join([asking], 'new')
        let before = 0
        for (let next = line.serve(); next?.person !== 'new'; next = line.serve())
          if (next?.course === asking) before++
        expect(before).toBeLessThanOrEqual(people.length)
      }),
    )
  })

  it('are not put off by those who ask again and again', () => {
    fc.assert(
      fc.property(personalHistory, course, person, (events, asking, who) => {
        const line = lineAfter(events)
        line.join([asking], who)
        const last = line.waiting.filter((job) => job.course === asking && job.person === who).length
        let turns = 0
        for (let left = last; left > 0; turns++) {
          const next = line.serve()
          if (next?.course === asking && next.person === who) left--
          for (const other of people) if (other !== who) line.join([asking], other)
        }
        // Each of the own ones waits for one of everybody in each course.
        expect(turns).toBeLessThanOrEqual(last * courses.length * (people.length + 1) + people.length)
      }),
    )
  })

  it('change nothing between the courses, and keep their own order', () => {
    fc.assert(
      fc.property(personalHistory, (events) => {
        const [named, unnamed] = [
          lineAfter(events),
          lineAfter(events.map((event) => (event === 'serve' ? event : { ...event, person: '' }))),
        ]
        const rest = (line: Line) => {
          while (line.serve());
          return line.served
        }
        const order = [...named.waiting].sort((one, other) => one.priority - other.priority)
        for (const who of people)
          for (const of of courses) {
            const own = order.filter((job) => job.person === who && job.course === of)
            expect(own).toEqual([...own].sort((one, other) => one.asked - other.asked))
          }
        expect(rest(named).length).toBe(rest(unnamed).length)
        expect([...named.served].sort()).toEqual([...unnamed.served].sort())
      }),
    )
  })
})
