import { group } from 'd3-array'
import type { QuestionPool } from '@/lib/pools/draw'
import type { QuestionPart } from '@/lib/questions/content'
import type { Item } from '@/lib/statistics/items'

/** The attempts that have one thing in common, by their rows: 0-based, 4 bytes each, big-endian. */
interface PackedRows {
  readonly rows: Buffer
}

/** Attempts that earned the same in a part. */
export interface PointsGroup extends PackedRows {
  readonly partId: string
  /** Thousandths. */
  readonly points: number
}

/** Attempts that gave the same answer to a part. */
export interface AnswerGroup extends PackedRows {
  readonly partId: string
  readonly optionIds: readonly string[]
}

/** A part as far as columns are concerned. */
export interface ColumnPart extends Pick<QuestionPart, 'id' | 'points' | 'options'> {
  readonly correct: readonly string[]
  readonly questionId: string
  /** null: everybody has its question. */
  readonly pool: QuestionPool | null
}

export interface ItemColumns {
  readonly items: Item[]
  /**
   * Rows of the attempts that are counted, in order: those with scores of all parts that everybody has, of as many whole
   * questions of each pool as are drawn, and of nothing else.
   */
  readonly counted: Uint32Array
}

/**
 * Turns groups of attempts into columns of numbers, one counted attempt a row. A class of thousands comes as some hundred
 * groups: nothing is parsed, and each number is written once. Options that a part no longer offers are left out.
 * @param attempts how many there are
 */
export function itemColumns(
  parts: readonly ColumnPart[],
  attempts: number,
  scores: readonly PointsGroup[],
  answers: readonly AnswerGroup[],
): ItemColumns {
  const counted = countedRows(parts, attempts, scores)
  /** Where each attempt stands among the counted; −1: nowhere. */
  const place = new Int32Array(attempts).fill(-1)
  counted.forEach((row, index) => {
    place[row] = index
  })
  const items = new Map(
    parts.map((part): [string, Item] => [
      part.id,
      {
        id: part.id,
        maximum: part.points,
        points: new Int32Array(counted.length),
        options: part.options.map(({ id }) => ({
          id,
          correct: part.correct.includes(id),
          chosen: new Uint8Array(counted.length),
        })),
        ...(part.pool && { drawn: { pool: part.pool.poolId, by: new Uint8Array(counted.length) } }),
      },
    ]),
  )
  for (const { partId, points, rows } of scores) {
    const item = items.get(partId)
    if (!item) continue
    write(item.points, points, rows, place)
    if (item.drawn) write(item.drawn.by, 1, rows, place)
  }
  for (const { partId, optionIds, rows } of answers)
    for (const option of items.get(partId)?.options ?? [])
      if (optionIds.includes(option.id)) write(option.chosen, 1, rows, place)
  return { items: [...items.values()], counted }
}

function countedRows(
  parts: readonly ColumnPart[],
  attempts: number,
  scores: readonly PointsGroup[],
): Uint32Array {
  const questions = new Map(
    [...group(parts, ({ questionId }) => questionId)].map(([questionId, own]) => [
      questionId,
      {
        pool: own[0]!.pool,
        parts: own.length,
        /** How many of its parts each attempt has a score of. */
        scored: new Uint16Array(attempts),
      },
    ]),
  )
  const questionOf = new Map(parts.map(({ id, questionId }) => [id, questions.get(questionId)!]))
  const metOthers = new Uint8Array(attempts)
  for (const { partId, rows } of scores) {
    const question = questionOf.get(partId)
    for (let at = 0; at < rows.length; at += 4) {
      const row = rows.readUInt32BE(at)
      if (question) question.scored[row]! += 1
      else metOthers[row] = 1
    }
  }
  const pools = group(questions.values(), ({ pool }) => pool?.poolId)
  const hasAll = (row: number) =>
    [...pools.values()].every((members) => {
      const wanted = members[0]!.pool?.draw ?? members.length
      const whole = members.filter(({ scored, parts: all }) => scored[row] === all).length
      return whole === wanted && members.every(({ scored, parts: all }) => scored[row]! % all === 0)
    })
  return Uint32Array.from([...metOthers.keys()].filter((row) => !metOthers[row] && hasAll(row)))
}

function write(column: Int32Array | Uint8Array, value: number, rows: Buffer, place: Int32Array): void {
  for (let at = 0; at < rows.length; at += 4) {
    const index = place[rows.readUInt32BE(at)]!
    if (index >= 0) column[index] = value
  }
}
