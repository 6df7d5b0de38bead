import type { QuestionPart } from '@/lib/questions/content'
import type { Item } from '@/lib/statistics/items'

/**
 * Turns the texts that the database gives into columns of numbers.
 * @param columns by part id; students in one order. Points in thousandths by student, separated by commas; chosen option
 * ids by student, separated by commas, several of one student by spaces
 * @param students in every column
 * @throws RangeError when a column has another number of students
 */
export function itemColumns(
  parts: readonly (Pick<QuestionPart, 'id' | 'points' | 'options'> & {
    readonly correct: readonly string[]
  })[],
  columns: ReadonlyMap<string, { readonly points: string; readonly choices: string }>,
  students: number,
): Item[] {
  return parts.map((part) => {
    const column = students === 0 ? undefined : columns.get(part.id)
    const points = column?.points.split(',') ?? []
    const choices = column?.choices.split(',') ?? []
    if (points.length !== students || choices.length !== students)
      throw new RangeError(
        `part ${part.id} has ${points.length} scores and ${choices.length} answers; expected ${students}`,
      )
    const chosen = part.options.map(() => new Uint8Array(students))
    const indexOf = new Map(part.options.map(({ id }, index) => [id, index]))
    for (let row = 0; row < students; row += 1) {
      const choice = choices[row]!
      if (choice === '') continue
      for (const id of choice.split(' ')) {
        const index = indexOf.get(id)
        if (index !== undefined) chosen[index]![row] = 1
      }
    }
    return {
      id: part.id,
      maximum: part.points,
      points: Int32Array.from(points, Number),
      options: part.options.map(({ id }, index) => ({
        id,
        correct: part.correct.includes(id),
        chosen: chosen[index]!,
      })),
    }
  })
}
