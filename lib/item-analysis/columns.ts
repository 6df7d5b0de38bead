import type { QuestionPart } from '@/lib/questions/content'
import type { Item } from '@/lib/statistics/items'

/** A submitted attempt as the database gives it, in two texts; ids hold neither commas nor colons nor spaces. */
export interface AttemptTexts {
  /** `q01:300,q02:0`: thousandths by part. */
  readonly scores: string
  /** `q01:q01-a,q02:q02-a q02-d`: chosen options by part. */
  readonly answers: string
}

export interface ItemColumns {
  readonly items: Item[]
  /** Indices of the attempts that are counted: those whose scored parts are exactly these. */
  readonly counted: number[]
}

/** Turns attempts into columns of numbers, one student a row. Options that a part no longer offers are left out. */
export function itemColumns(
  parts: readonly (Pick<QuestionPart, 'id' | 'points' | 'options'> & {
    readonly correct: readonly string[]
  })[],
  attempts: readonly AttemptTexts[],
): ItemColumns {
  const indexOf = new Map(parts.map(({ id }, index) => [id, index]))
  const papers = attempts.map(({ scores }) => readPaper(scores, indexOf))
  const counted = [...papers.keys()].filter((index) => papers[index] !== null)
  const points = parts.map((_, part) => Int32Array.from(counted, (index) => papers[index]![part]!))
  const chosen = parts.map(
    (part) => new Map(part.options.map(({ id }) => [id, new Uint8Array(counted.length)])),
  )
  for (const [row, index] of counted.entries())
    for (const [partId, optionIds] of entriesOf(attempts[index]!.answers)) {
      const part = indexOf.get(partId)
      if (part === undefined) continue
      for (const optionId of optionIds.split(' ')) {
        const column = chosen[part]!.get(optionId)
        if (column) column[row] = 1
      }
    }
  const items = parts.map(
    (part, index): Item => ({
      id: part.id,
      maximum: part.points,
      points: points[index]!,
      options: part.options.map(({ id }) => ({
        id,
        correct: part.correct.includes(id),
        chosen: chosen[index]!.get(id)!,
      })),
    }),
  )
  return { items, counted }
}

/** @returns points by part; null when the attempt met other parts. */
function readPaper(scores: string, indexOf: ReadonlyMap<string, number>): Int32Array | null {
  const points = new Int32Array(indexOf.size)
  let known = 0
  for (const [partId, value] of entriesOf(scores)) {
    const index = indexOf.get(partId)
    if (index === undefined) return null
    points[index] = Number(value)
    known += 1
  }
  return known === indexOf.size ? points : null
}

function entriesOf(text: string): [id: string, value: string][] {
  if (text === '') return []
  return text.split(',').map((entry) => {
    const colon = entry.indexOf(':')
    return [entry.slice(0, colon), entry.slice(colon + 1)]
  })
}
