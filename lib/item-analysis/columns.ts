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

export interface ItemColumns {
  readonly items: Item[]
  /** Rows of the attempts that are counted, in order: those whose scored parts are exactly these. */
  readonly counted: Uint32Array
}

/**
 * Turns groups of attempts into columns of numbers, one counted attempt a row. A class of thousands comes as some hundred
 * groups: nothing is parsed, and each number is written once. Options that a part no longer offers are left out.
 * @param attempts how many there are
 */
export function itemColumns(
  parts: readonly (Pick<QuestionPart, 'id' | 'points' | 'options'> & {
    readonly correct: readonly string[]
  })[],
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
      },
    ]),
  )
  for (const { partId, points, rows } of scores) {
    const item = items.get(partId)
    if (item) write(item.points, points, rows, place)
  }
  for (const { partId, optionIds, rows } of answers)
    for (const option of items.get(partId)?.options ?? [])
      if (optionIds.includes(option.id)) write(option.chosen, 1, rows, place)
  return { items: [...items.values()], counted }
}

function countedRows(
  parts: readonly { readonly id: string }[],
  attempts: number,
  scores: readonly PointsGroup[],
): Uint32Array {
  const known = new Set(parts.map(({ id }) => id))
  const scored = new Uint16Array(attempts)
  const metOthers = new Uint8Array(attempts)
  for (const { partId, rows } of scores)
    for (let at = 0; at < rows.length; at += 4) {
      const row = rows.readUInt32BE(at)
      if (known.has(partId)) scored[row]! += 1
      else metOthers[row] = 1
    }
  return Uint32Array.from(
    Array.from(scored.keys()).filter((row) => scored[row] === known.size && !metOthers[row]),
  )
}

function write(column: Int32Array | Uint8Array, value: number, rows: Buffer, place: Int32Array): void {
  for (let at = 0; at < rows.length; at += 4) {
    const index = place[rows.readUInt32BE(at)]!
    if (index >= 0) column[index] = value
  }
}
