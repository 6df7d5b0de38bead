import { describe, expect, it } from 'vitest'
import { itemColumns } from '@/lib/item-analysis/columns'

const part = {
  id: 'q01',
  points: 300,
  correct: ['a'],
  options: ['a', 'b'].map((id) => ({ id, text: { zh: id, en: id } })),
}

describe('columns of an item', () => {
  it('one choice, several, none, and options that are no longer offered', () => {
    const columns = new Map([['q01', { points: '300,0,150,0', choices: 'a,b,a b,gone' }]])
    const [item] = itemColumns([part], columns, 4)
    expect([...item!.points]).toEqual([300, 0, 150, 0])
    expect(item!.options.map(({ chosen, correct }) => [[...chosen], correct])).toEqual([
      [[1, 0, 1, 0], true],
      [[0, 1, 1, 0], false],
    ])
  })

  it('nobody, and one student who left it out', () => {
    expect(itemColumns([part], new Map(), 0)[0]!.points).toHaveLength(0)
    const [item] = itemColumns([part], new Map([['q01', { points: '0', choices: '' }]]), 1)
    expect(item!.options.map(({ chosen }) => [...chosen])).toEqual([[0], [0]])
  })

  it('refuses a column that is not the class’s', () => {
    const columns = new Map([['q01', { points: '1,2', choices: 'a,b' }]])
    expect(() => itemColumns([part], columns, 3)).toThrow('part q01 has 2 scores and 2 answers; expected 3')
  })
})
