import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemColumns } from '@/lib/item-analysis/columns'
import type { QuestionPool } from '@/lib/pools/draw'

const part = (id: string, pool: QuestionPool | null = null) => ({
  id,
  questionId: id,
  pool,
  points: 300,
  correct: ['a'],
  options: ['a', 'b'].map((option) => ({ id: option, text: { zh: option, en: option } })),
})

function packed(...rows: number[]): Buffer {
  const buffer = Buffer.alloc(4 * rows.length)
  for (const [index, row] of rows.entries()) buffer.writeUInt32BE(row, 4 * index)
  return buffer
}

const scored = (partId: string, points: number, ...rows: number[]) => ({
  partId,
  points,
  rows: packed(...rows),
})
const answered = (partId: string, optionIds: string[], ...rows: number[]) => ({
  partId,
  optionIds,
  rows: packed(...rows),
})

describe('columns of items', () => {
  it('one choice, several, none, and options that are no longer offered', () => {
    const { items, counted } = itemColumns(
      [part('q1')],
      5,
      [scored('q1', 300, 0), scored('q1', 0, 4, 1, 3), scored('q1', 150, 2)],
      [
        answered('q1', ['a'], 0),
        answered('q1', ['b'], 1),
        answered('q1', ['a', 'b'], 2),
        answered('q1', ['gone'], 4),
      ],
    )
    expect([...counted]).toEqual([0, 1, 2, 3, 4])
    expect([...items[0]!.points]).toEqual([300, 0, 150, 0, 0])
    expect(items[0]!.options.map(({ chosen, correct }) => [[...chosen], correct])).toEqual([
      [[1, 0, 1, 0, 0], true],
      [[0, 1, 1, 0, 0], false],
    ])
  })

  it('attempts that met other parts are not counted, and their answers go nowhere', () => {
    const { items, counted } = itemColumns(
      [part('q1'), part('q2')],
      4,
      [scored('q1', 300, 0, 2), scored('q1', 0, 1), scored('q2', 300, 1), scored('q9', 300, 2)],
      [
        answered('q1', ['a'], 0, 2),
        answered('q1', ['b'], 1),
        answered('q2', ['a'], 1),
        answered('q9', ['a'], 1, 2),
      ],
    )
    expect([...counted]).toEqual([1])
    expect(items.map(({ points }) => [...points])).toEqual([[0], [300]])
    expect(items.map(({ options }) => options.map(({ chosen }) => [...chosen]))).toEqual([
      [[0], [1]],
      [[1], [0]],
    ])
  })

  it('of drawn questions say who has them, and count attempts with as many as are drawn', () => {
    const pool = { poolId: 'p', draw: 1 }
    const { items, counted } = itemColumns(
      [part('q1'), part('q2', pool), part('q3', pool)],
      5,
      [
        scored('q1', 300, 0, 1, 2, 3, 4),
        // Row 2 has both, and row 4 neither: they were drawn from another pool than this.
        scored('q2', 300, 0, 2),
        scored('q3', 0, 1, 2, 3),
      ],
      [answered('q3', ['b'], 1, 3)],
    )
    expect([...counted]).toEqual([0, 1, 3])
    expect(items.map(({ drawn }) => drawn && [...drawn.by])).toEqual([undefined, [1, 0, 0], [0, 1, 1]])
    expect(items.map(({ points }) => [...points])).toEqual([
      [300, 300, 300],
      [300, 0, 0],
      [0, 0, 0],
    ])
  })

  it('count no attempt that has a question in part', () => {
    const parts = [part('q1'), { ...part('q1-2'), questionId: 'q1' }]
    expect([...itemColumns(parts, 2, [scored('q1', 300, 0, 1), scored('q1-2', 0, 1)], []).counted]).toEqual([
      1,
    ])
  })

  it('of nobody are empty', () => {
    expect(itemColumns([part('q1')], 0, [], [])).toMatchObject({ items: [{ id: 'q1' }] })
  })

  it('say of every attempt what it said, in whichever order the groups come', () => {
    const paper = fc.record({ points: fc.constantFrom(0, 150, 300), chosen: fc.subarray(['a', 'b']) })
    fc.assert(
      fc.property(fc.array(paper, { maxLength: 30 }), fc.boolean(), (papers, backwards) => {
        const groups = <Group>(make: (row: number) => Group) =>
          backwards ? papers.map((_, row) => make(row)).reverse() : papers.map((_, row) => make(row))
        const { items } = itemColumns(
          [part('q1')],
          papers.length,
          groups((row) => scored('q1', papers[row]!.points, row)),
          groups((row) => answered('q1', papers[row]!.chosen, row)),
        )
        expect([...items[0]!.points]).toEqual(papers.map(({ points }) => points))
        for (const { id, chosen } of items[0]!.options)
          expect([...chosen]).toEqual(papers.map((one) => Number(one.chosen.includes(id))))
      }),
    )
  })
})
