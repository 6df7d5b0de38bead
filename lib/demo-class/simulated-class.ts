import { RandomStream } from '@/lib/explainers/random'
import { type Drawable, drawQuestions } from '@/lib/pools/draw'
import type { QuestionContent, QuestionKey } from '@/lib/questions/content'
import { type PartBehaviour, partBehaviour } from './part-behaviour'
import { simulatedPerson } from './simulated-names'

/** A class that nobody attended: for screenshots and trials of the staff pages. Pure; the same seed, the same class. */

export interface SimulatedEvent {
  readonly partId: string
  /** In the order in which the part offers them. */
  readonly optionIds: readonly string[]
  readonly revision: number
  readonly savedAt: Date
}

/** A question as far as a class is concerned. */
export interface SimulatedQuestion extends Drawable {
  readonly content: QuestionContent
  readonly key: QuestionKey
}

export interface SimulatedStudent<Question extends SimulatedQuestion = SimulatedQuestion> {
  readonly name: string
  readonly email: string
  /** null: in none, as who enrolled late. */
  readonly section: string | null
  /** null: has not started. */
  readonly attempt: {
    readonly seed: number
    /** Those that the seed draws. */
    readonly questions: readonly Question[]
    readonly reading: Reading
    readonly startedAt: Date
    /** null: still working, or gave up. */
    readonly submittedAt: Date | null
    /** Every save, in the order of time; the last one of a part is its answer. */
    readonly events: readonly SimulatedEvent[]
  } | null
}

/** In which language somebody reads the questions. */
export type Reading = 'ZH' | 'EN' | 'BOTH'

export interface SimulationSettings {
  readonly students: number
  readonly seed: number
  /** Nothing happens after this moment. */
  readonly now: Date
}

const second = 1000
const day = 86_400 * second
/** Before `now`: how long the class has had. */
const classDays = 9

/**
 * Each student has an ability, each part a difficulty and a discrimination, and each wrong option an attraction of its own
 * (a two-parameter logistic model, with a nominal one among the wrong options: Bock, R. D. (1972). Estimating item
 * parameters and latent ability when responses are scored in two or more nominal categories. Psychometrika, 37, 29–51).
 * Students read at their own pace, pause, change their minds, leave something out, and a few never finish.
 */
export function simulateClass<Question extends SimulatedQuestion>(
  questions: readonly Question[],
  { students, seed, now }: SimulationSettings,
): SimulatedStudent<Question>[] {
  const behaviours = new Map(
    questions.map((question) => {
      const { parts, topic } = question.content
      return [
        question,
        parts.map((part) => partBehaviour(part, question.key[part.id]!.correct, topic, seed)),
      ] as const
    }),
  )
  return Array.from({ length: students }, (_, index) => {
    const random = new RandomStream(seed, 'demo-class student', String(index))
    const person = simulatedPerson(index, random)
    // Streams of their own: what a seed's students answer stays what it was.
    const ownSeed = new RandomStream(seed, 'demo-class draw', String(index)).integer(2 ** 31)
    const drawn = drawQuestions(questions, ownSeed)
    const parts = drawn.flatMap((question) => behaviours.get(question)!)
    const attempt = random.uniform() < 0.06 ? null : simulateAttempt(parts, random, now)
    const choice = new RandomStream(seed, 'demo-class choice', String(index))
    const section = choice.uniform() < 0.02 ? null : sectionName(choice.integer(sectionCount(students)))
    const own = { seed: ownSeed, questions: drawn, reading: chooseReading(choice) }
    return { ...person, section, attempt: attempt && { ...own, ...attempt } }
  })
}

const studentsASection = 45
const mostSections = 8

const sectionCount = (students: number) =>
  Math.min(mostSections, Math.max(2, Math.round(students / studentsASection)))

const sectionName = (index: number) => String.fromCharCode(65 + index)

/** As in Taiwan; the language has no influence on what is answered. */
function chooseReading(random: RandomStream): Reading {
  const share = random.uniform()
  return share < 0.66 ? 'ZH' : share < 0.86 ? 'EN' : 'BOTH'
}

function simulateAttempt(parts: readonly PartBehaviour[], random: RandomStream, now: Date) {
  const ability = random.normal()
  const topics = new Map<string, number>()
  const pace = Math.exp(0.35 * random.normal())
  const startedAt = new Date(now.getTime() - (0.02 + classDays * random.uniform() ** 1.4) * day)
  const givesUpAt = random.uniform() < 0.04 ? random.integer(parts.length) : parts.length
  const events: SimulatedEvent[] = []
  let time = startedAt.getTime()
  for (const [index, part] of parts.entries()) {
    if (index >= givesUpAt) return { startedAt, submittedAt: null, events }
    if (!topics.has(part.topic)) topics.set(part.topic, 0.35 * random.normal())
    const skilled = ability + topics.get(part.topic)!
    const changesMind = random.uniform() < 0.13
    const leavesOut = random.uniform() < 0.012
    // The first thought is a weaker one; what is thought over ends with the student's real ability.
    const thoughts = leavesOut ? [] : changesMind ? [skilled - 0.8, skilled] : [skilled]
    const wantsBreak = random.uniform() < 0.03
    if (wantsBreak) time += (0.5 + 13 * random.uniform()) * 3600 * second
    let before = ''
    let revision = 0
    for (const thought of thoughts) {
      time += readingSeconds(part, pace, random) * second
      if (time > now.getTime()) return { startedAt, submittedAt: null, events }
      const optionIds = part.choose(thought, random)
      if (optionIds.join() === before) continue
      before = optionIds.join()
      revision += 1
      events.push({ partId: part.partId, optionIds, revision, savedAt: new Date(time) })
    }
  }
  time += (15 + 240 * random.uniform()) * second
  return { startedAt, submittedAt: time > now.getTime() ? null : new Date(time), events }
}

/** Lognormal with a median of 38 s for a part of middling difficulty, longer for a hard one. */
function readingSeconds(part: PartBehaviour, pace: number, random: RandomStream): number {
  return 4 + 38 * pace * Math.exp(0.18 * part.difficulty + 0.55 * random.normal())
}
