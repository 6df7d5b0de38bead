import { describe, expect, it } from 'vitest'
import { itemColumns } from '@/lib/item-analysis/columns'

const part = (id: string) => ({
  id,
  points: 300,
  correct: ['a'],
  options: ['a', 'b'].map((option) => ({ id: option, text: { zh: option, en: option } })),
})

describe('columns of items', () => {
  it('one choice, several, none, and options that are no longer offered', () => {
    const { items, counted } = itemColumns(
      [part('q1')],
      [
        { scores: 'q1:300', answers: 'q1:a' },
        { scores: 'q1:0', answers: 'q1:b' },
        { scores: 'q1:150', answers: 'q1:a b' },
        { scores: 'q1:0', answers: '' },
        { scores: 'q1:0', answers: 'q1:gone' },
      ],
    )
    expect(counted).toEqual([0, 1, 2, 3, 4])
    expect([...items[0]!.points]).toEqual([300, 0, 150, 0, 0])
    expect(items[0]!.options.map(({ chosen, correct }) => [[...chosen], correct])).toEqual([
      [[1, 0, 1, 0, 0], true],
      [[0, 1, 1, 0, 0], false],
    ])
  })

  it('attempts that met other parts are not counted, and their answers go nowhere', () => {
    const { items, counted } = itemColumns(
      [part('q1'), part('q2')],
      [
        { scores: 'q1:300', answers: 'q1:a' },
        { scores: 'q2:300,q1:0', answers: 'q2:a,q1:b,q9:a' },
        { scores: 'q1:300,q9:300', answers: 'q1:a,q9:a' },
        { scores: '', answers: '' },
      ],
    )
    expect(counted).toEqual([1])
    expect(items.map(({ points }) => [...points])).toEqual([[0], [300]])
    expect(items.map(({ options }) => options.map(({ chosen }) => [...chosen]))).toEqual([
      [[0], [1]],
      [[1], [0]],
    ])
  })

  it('of nobody are empty', () => {
    expect(itemColumns([part('q1')], [])).toMatchObject({ counted: [], items: [{ id: 'q1' }] })
  })
})
