import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { inputPairs } from '@/app/explore/embedding-similarity/input-pairs'
import { formatShort } from '@/app/explore/embedding-similarity/number-format'
import {
  commonSelection,
  isWithin,
  piecesOf,
  pressPiece,
  retype,
  selectEverywhere,
} from '@/app/explore/embedding-similarity/selection'
import * as similarity from '@/app/explore/embedding-similarity/similarity-state'
import * as space from '@/app/explore/embedding-space/space-state'
import { readMaterial } from '@/lib/explorations/material'
import { explorationRequestSchema } from '@/lib/explorations/schema'
import type { ExplorationMaterial, GivenSentence } from '@/lib/explorations/view'

let material: ExplorationMaterial
beforeAll(async () => {
  material = await readMaterial()
})

const query = (parameters: URLSearchParams) => new URL(`http://localhost/explore?${parameters}`).searchParams

const chinese = fc
  .array(fc.constantFrom('蘋', '果', '手', '機', 'Face ID', ' ', '8', '，'), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join('').trim())
  .filter((text) => piecesOf(text).length > 0)
const sentences = fc.array(
  fc
    .tuple(chinese, fc.constantFrom('fruit' as const, 'company' as const), fc.nat(), fc.nat())
    .map(([text, group, a, b]): GivenSentence => {
      const pieces = piecesOf(text)
      const [one, other] = [a % pieces.length, b % pieces.length]
      return {
        text,
        group,
        selection: [pieces[Math.min(one, other)]![0], pieces[Math.max(one, other)]![1]],
      }
    }),
  { minLength: 2, maxLength: similarity.mostSentences },
)

describe('the pieces of a sentence', () => {
  it('are characters, and words of letters', () => {
    const text = '蘋果獲得新Face ID專利'
    expect(piecesOf(text).map((piece) => text.slice(...piece))).toEqual([
      ...'蘋果獲得新',
      'Face',
      'ID',
      ...'專利',
    ])
  })

  it('are selected in one row without gaps, whatever is pressed', () => {
    fc.assert(
      fc.property(chinese, fc.array(fc.nat({ max: 20 }), { maxLength: 20 }), (text, presses) => {
        const pieces = piecesOf(text)
        let selection = pieces[0]!
        for (const press of presses) {
          const former = selection
          selection = pressPiece(pieces, selection, press)
          const chosen = pieces.flatMap((piece, index) => (isWithin(piece, selection) ? [index] : []))
          expect(chosen.length).toBeGreaterThan(0)
          expect(chosen.at(-1)! - chosen[0]! + 1).toBe(chosen.length)
          expect(selection).toEqual([pieces[chosen[0]!]![0], pieces[chosen.at(-1)!]![1]])
          if (press >= pieces.length) expect(selection).toEqual(former)
        }
      }),
    )
  })

  it('grow by the one beside, shrink by the one at the end, and begin anew elsewhere', () => {
    const pieces = piecesOf('這顆蘋果又脆')
    expect(pressPiece(pieces, [2, 3], 3)).toEqual([2, 4])
    expect(pressPiece(pieces, [2, 4], 2)).toEqual([3, 4])
    expect(pressPiece(pieces, [2, 4], 5)).toEqual([5, 6])
    expect(pressPiece(pieces, [2, 3], 2)).toEqual([2, 3])
  })

  it('follow the sentence when it is typed anew', () => {
    const former: GivenSentence = { text: '這顆蘋果', group: 'fruit', selection: [2, 4] }
    expect(retype(former, '蘋果手機').selection).toEqual([0, 2])
    expect(retype(former, '香蕉').selection).toEqual([0, 1])
  })

  it('can be the same in all sentences, or not', () => {
    expect(commonSelection(selectEverywhere(material.sentences, '果')!)).toBe('果')
    expect(
      commonSelection(material.sentences.with(0, { ...material.sentences[0]!, selection: [0, 1] })),
    ).toBe(null)
    expect(selectEverywhere(material.sentences, '手機')).toBe(null)
  })
})

describe('the rooms’ states in an address', () => {
  it('of similarities come back as they were, and can be asked', () => {
    fc.assert(
      fc.property(
        sentences,
        fc.constantFrom('cosine' as const, 'euclidean' as const),
        fc.integer({ min: 0, max: 24 }),
        fc.constantFrom('bert-small-mlm', 'bert-base-chinese'),
        (given, metric, layer, model) => {
          const state = { model, sentences: given, metric, layer, pair: [1, 0] as const }
          expect(similarity.readState(query(similarity.writeState(state, material)), material)).toEqual(state)
          const request = { kind: 'embedding-similarity', model, sentences: given }
          expect(explorationRequestSchema.safeParse(request).success).toBe(true)
        },
      ),
    )
    const word = {
      ...similarity.startState(material),
      sentences: selectEverywhere(material.sentences, '蘋果')!,
    }
    expect(similarity.writeState(word, material).toString()).toBe(`part=${encodeURIComponent('蘋果')}`)
    expect(similarity.readState(query(similarity.writeState(word, material)), material)).toEqual(word)
  })

  it('of spaces come back as they were', () => {
    const text = fc
      .string({ minLength: 1, maxLength: 90, unit: 'grapheme' })
      .map((given) => given.trim())
      .filter((given) => given.length > 0 && given.length <= 100 && !/^\d+$/.test(given))
    const typed = fc.record({ question: text, context: text, answer: fc.oneof(text, fc.constant('')) })
    const bundled = fc.integer({ min: 0, max: 2 })
    fc.assert(
      fc.property(fc.oneof(typed, bundled), fc.integer({ min: 1, max: 24 }), (passage, layer) => {
        const shown = typeof passage === 'number' ? material.passages[passage]! : passage
        const state = { model: 'bert-small-qa', ...shown, layer }
        expect(space.readState(query(space.writeState(state, material)), material)).toEqual(state)
      }),
    )
  })

  it('say nothing when all is as usual, and ignore what nobody could have written', () => {
    expect(similarity.writeState(similarity.startState(material), material).toString()).toBe('')
    expect(space.writeState(space.startState(material), material).toString()).toBe('')
    const wrong = new URLSearchParams(
      'model=../x&passage=9&question=&layer=0x&metric=manhattan&pair=3,3&part=梨&sentences=f0-9 a\nb',
    )
    expect(space.readState(wrong, material)).toEqual(space.startState(material))
    expect(similarity.readState(wrong, material)).toEqual({
      ...similarity.startState(material),
      pair: [0, 1],
    })
  })
})

describe('pairs before any layer', () => {
  it('are each listed once, with what they differ in', () => {
    const sentence = (position: number, tokens: number, occurrences: number) => ({
      text: '',
      group: 'fruit',
      selected: '',
      position,
      tokens,
      occurrences,
    })
    const matrix = [
      [0, 1, 2],
      [1, 0, 3],
      [2, 3, 0],
    ]
    expect(inputPairs([sentence(1, 9, 1), sentence(4, 9, 2), sentence(1, 5, 1)], matrix)).toEqual([
      { sentences: [0, 1], value: 1, position: 3, length: 0, occurrences: 1 },
      { sentences: [0, 2], value: 2, position: 0, length: 4, occurrences: 0 },
      { sentences: [1, 2], value: 3, position: 3, length: 4, occurrences: 1 },
    ])
  })

  it('have numbers that fit a small square', () => {
    expect([1, 0.996, 0.62, -0.05, -0.001, 0].map((value) => formatShort(value, 'cosine'))).toEqual([
      '1',
      '1',
      '.62',
      '−.05',
      '.00',
      '.00',
    ])
    expect([0, 7.314, 12.62, 9.998].map((value) => formatShort(value, 'euclidean'))).toEqual([
      '0',
      '7.31',
      '12.6',
      '10.0',
    ])
  })
})
