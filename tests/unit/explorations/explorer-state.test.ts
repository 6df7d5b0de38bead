import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  defaultState,
  type ExplorerState,
  fitState,
  readState,
  toggleMask,
  writeState,
} from '@/app/explore/attention/explorer-state'
import { attentionTargets } from '@/lib/explorations/view'

const numbers = (least: number, most: number) =>
  fc
    .uniqueArray(fc.integer({ min: least, max: most }), { maxLength: 6 })
    .map((values) => values.sort((one, other) => one - other))

const states: fc.Arbitrary<ExplorerState> = fc.record({
  model: fc.constantFrom('bert-small-mlm', 'bert-base-cased', 'my.model_2'),
  sentence: fc
    .string({ minLength: 1, maxLength: 200, unit: 'grapheme' })
    .map((text) => text.trim())
    .filter((text) => text.length > 0 && text.length <= 600),
  masks: numbers(0, 63),
  compare: numbers(0, 63),
  layer: fc.integer({ min: 1, max: 48 }),
  heads: numbers(1, 64),
  held: fc.option(fc.integer({ min: 0, max: 63 })),
  mass: fc.integer({ min: 0, max: 100 }),
  hideSpecial: fc.boolean(),
  overview: fc.constantFrom('maps' as const, ...attentionTargets),
  search: fc.option(
    fc.record({
      corpus: fc.constantFrom('moby-dick', 'wizard-of-oz'),
      position: fc.integer({ min: 0, max: 63 }),
      layer: fc.integer({ min: 0, max: 48 }),
      numbering: fc.constantFrom('exbert' as const, 'output' as const),
    }),
  ),
})

describe('the explorer’s state in an address', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(states, (state) => {
        const address = new URL(`http://localhost/explore?${writeState(state)}`)
        expect(readState(address.searchParams)).toEqual(state)
      }),
    )
  })

  it('says nothing when all is as usual', () => {
    expect(writeState(defaultState).toString()).toBe('')
  })

  it('ignores what nobody could have written', () => {
    const query = 'layer=0&heads=1,x&masks=-1&mass=101&overview=all&search=a~b&model=../x&held=64&sentence='
    expect(readState(new URLSearchParams(query))).toEqual(defaultState)
  })

  it('never fails, whatever is typed', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('layer', 'heads', 'masks', 'search'), fc.string()),
        (query) => {
          const state = readState(new URLSearchParams(query))
          expect(readState(writeState(state))).toEqual(state)
        },
      ),
    )
  })
})

describe('a state that does not fit', () => {
  const size = { tokens: 8, layers: 12, heads: 12 }

  it('loses what the sentence or model has not', () => {
    const state = { ...defaultState, masks: [0, 3, 7, 9], held: 8, layer: 20, heads: [2, 13] }
    expect(fitState(state, size)).toMatchObject({ masks: [3], held: null, layer: 12, heads: [2] })
  })

  it('is the same object where everything fits', () => {
    const state = { ...defaultState, masks: [3], held: 7, heads: [12] }
    expect(fitState(state, size)).toBe(state)
  })
})

describe('masking', () => {
  it('compares a second mask with the first alone', () => {
    const first = toggleMask(defaultState, 10)
    expect(first).toMatchObject({ masks: [10], compare: [] })
    expect(toggleMask(first, 3)).toMatchObject({ masks: [3, 10], compare: [10] })
  })

  it('twice is not masking, and changes no other list', () => {
    const state = { ...defaultState, masks: [3, 10] as const }
    expect(toggleMask(toggleMask(state, 5), 5)).toMatchObject({ masks: [3, 10], compare: [] })
    expect(state.masks).toEqual([3, 10])
  })
})
