import fc from 'fast-check'
import type { Item } from '@/lib/statistics/items'

/** Items made of a matrix of points, one row a student, without options. */
export function itemsOf(rows: readonly (readonly number[])[], maximum = 1): Item[] {
  return rows[0]!.map((_, index) => ({
    id: `i${index + 1}`,
    maximum,
    points: Int32Array.from(rows, (row) => row[index]!),
    options: [],
  }))
}

/** A class of 10 to 40 students who each choose one of four options in each of 2 to 8 items; the first is right. */
export const anyClass: fc.Arbitrary<Item[]> = fc
  .tuple(fc.integer({ min: 10, max: 40 }), fc.integer({ min: 2, max: 8 }))
  .chain(([students, items]) =>
    fc.array(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: students, maxLength: students }), {
      minLength: items,
      maxLength: items,
    }),
  )
  .map((columns) => columns.map((choices, index) => itemOf(`i${index + 1}`, choices)))

/** @param choices by student: 0 to 3 an option, 0 being right; 4 no answer. */
export function itemOf(id: string, choices: readonly number[], maximum = 300): Item {
  return {
    id,
    maximum,
    points: Int32Array.from(choices, (choice) => (choice === 0 ? maximum : 0)),
    options: ['a', 'b', 'c', 'd'].map((option, number) => ({
      id: option,
      correct: number === 0,
      chosen: Uint8Array.from(choices, (choice) => (choice === number ? 1 : 0)),
    })),
  }
}

/** The same class with its students listed in another order. */
export function reorder(items: readonly Item[], order: readonly number[]): Item[] {
  return items.map((item) => ({
    ...item,
    points: Int32Array.from(order, (row) => item.points[row]!),
    options: item.options.map((option) => ({
      ...option,
      chosen: Uint8Array.from(order, (row) => option.chosen[row]!),
    })),
  }))
}
