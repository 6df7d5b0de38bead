import { createHash } from 'node:crypto'
import { group } from 'd3-array'

/** Where a question is drawn from. */
export interface QuestionPool {
  readonly poolId: string
  /** How many of the pool's questions an attempt has. */
  readonly draw: number
}

/** A question as far as drawing is concerned. */
export interface Drawable {
  readonly questionId: string
  /** null: every attempt has it. */
  readonly pool: QuestionPool | null
}

/**
 * The questions that an attempt has: a pure function of its seed. Each question of a pool gets a ticket, the SHA-256 of seed
 * and question, and the smallest are drawn; every choice of `draw` questions is equally likely. A ticket depends on nothing
 * else, so that a question which is added or archived moves at most one other. `drawnQuestions` in `data.ts` says the same
 * in SQL, for the one statement that starts an attempt.
 * @param questions that may be asked now, in their order
 * @param seed of the attempt
 * @returns those that are asked, in the same order
 */
export function drawQuestions<Question extends Drawable>(
  questions: readonly Question[],
  seed: number,
): Question[] {
  const drawn = new Set<Question>()
  for (const members of poolsOf(questions).values()) {
    const tickets = new Map(members.map((question) => [question, ticketOf(question, seed)]))
    const order = members.toSorted((one, other) => (tickets.get(one)! < tickets.get(other)! ? -1 : 1))
    for (const question of order.slice(0, members[0]!.pool!.draw)) drawn.add(question)
  }
  return questions.filter((question) => question.pool === null || drawn.has(question))
}

/**
 * @returns as many questions as an attempt has, for whoever asks beforehand how long it is: the first of each pool. Which
 * ones an attempt has is known when it begins.
 */
export function expectedQuestions<Question extends Drawable>(questions: readonly Question[]): Question[] {
  const pools = poolsOf(questions)
  return questions.filter((question) => {
    const { pool } = question
    return pool === null || pools.get(pool.poolId)!.indexOf(question) < pool.draw
  })
}

function poolsOf<Question extends Drawable>(questions: readonly Question[]) {
  const drawable = questions.filter((question) => question.pool !== null)
  return group(drawable, (question) => question.pool!.poolId)
}

function ticketOf({ questionId }: Drawable, seed: number): string {
  return createHash('sha256').update(`${seed} ${questionId}`).digest('hex')
}
