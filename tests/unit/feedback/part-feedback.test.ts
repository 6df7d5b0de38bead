import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparisonsOf } from '@/lib/explainers/claims/claim'
import { evaluateClaim } from '@/lib/explainers/claims/evaluate'
import { type AnsweredPart, partFeedback, type Scenery } from '@/lib/feedback/part-feedback'
import { partFeedbackSchema } from '@/lib/feedback/schema'
import { readScenery } from '@/lib/feedback/service'
import type { PartFeedback } from '@/lib/feedback/view'
import { readAssignment } from '@/lib/interchange/service'
import { measurementsOf, type PartVerdict } from '@/lib/verification/part-verdict'

const parts = (await readAssignment()).questions.flatMap(({ content, key }) =>
  content.parts.map((part): Omit<AnsweredPart, 'chosen'> & { id: string } => ({
    id: part.id,
    part,
    key: key[part.id]!,
  })),
)
const partOf = (id: string) => parts.find((part) => part.id === id)!
const measured = parts.filter(({ key }) => key.evidence?.kind === 'claims')
const scenery: Scenery = {
  titles: () => undefined,
  regionName: (_, region) => ({ zh: `「${region}」`, en: region }),
  outlineOf: () => 'M0 0h1v1h-1v-1z',
}
const model = { name: 'some-model', sha256: 'f'.repeat(64), insteadOf: 'another-model' }

/** A verdict with these numbers, in turn, for all subjects that the claims name. */
function verdictWith(id: string, numbers: readonly (number | null)[]): PartVerdict {
  const { key } = partOf(id)
  if (key.evidence?.kind !== 'claims') throw new Error(`${id} has no claims`)
  const comparisons = Object.values(key.evidence.claims).flatMap(comparisonsOf)
  let next = 0
  const readings = Object.fromEntries(
    Object.keys(measurementsOf(key)).map((name) => {
      const subjects = comparisons.flatMap((comparison) =>
        comparison.of !== name
          ? []
          : comparison.op === 'trend'
            ? ['1', '2', '3']
            : [comparison.subject, ...('other' in comparison ? [comparison.other] : [])],
      )
      const values = [...new Set(subjects)].map((subject) => ({
        subject,
        name: { zh: subject, en: subject },
        value: numbers[next++ % numbers.length]!,
      }))
      return [name, { values, model }]
    }),
  )
  const bare = { verdict: 'supported', margin: 0, isThin: false, stability: null, missing: null } as const
  return { ...bare, outcomes: {}, readings }
}

const number = fc.double({ min: -2, max: 2, noNaN: true }).map((value) => value + 0)
const numbers = fc.array(fc.option(number, { nil: null, freq: 9 }), { minLength: 5, maxLength: 9 })
const answered = fc
  .constantFrom(...measured)
  .chain((part) => fc.tuple(fc.constant(part), fc.subarray(part.part.options.map(({ id }) => id)), numbers))

function optionsOf(feedback: PartFeedback | null) {
  if (feedback?.state !== 'measured') throw new Error(`not measured: ${feedback?.state}`)
  return feedback.options
}

describe('feedback about what was measured', () => {
  it('speaks of what was chosen and of the key, once each, the chosen first, and of nothing else', () => {
    fc.assert(
      fc.property(answered, ([part, chosen, given]) => {
        const feedback = partFeedback({ ...part, chosen }, verdictWith(part.id, given), false, scenery)
        const ids = optionsOf(feedback).map(({ optionId }) => optionId)
        expect(new Set(ids)).toEqual(new Set([...chosen, ...part.key.correct]))
        expect(ids).toHaveLength(new Set(ids).size)
        expect(optionsOf(feedback).findLastIndex((option) => option.chosen)).toBe(chosen.length - 1)
        expect(partFeedbackSchema.parse(JSON.parse(JSON.stringify(feedback)))).toEqual(feedback)
      }),
    )
  })

  it('says that it holds exactly where the claim does, in words that fit', () => {
    fc.assert(
      fc.property(answered, ([part, chosen, given]) => {
        const verdict = verdictWith(part.id, given)
        const { evidence } = part.key
        if (evidence?.kind !== 'claims') return
        for (const option of optionsOf(partFeedback({ ...part, chosen }, verdict, false, scenery))) {
          const { holds } = evaluateClaim(evidence.claims[option.optionId]!, verdict.readings)
          expect(option.holds).toBe(holds)
          const { text } = part.part.options.find(({ id }) => id === option.optionId)!
          expect(option.words.en).toContain(`“${text.en}”`)
          expect(option.words.zh).toContain(`「${text.zh}」`)
          expect(option.words.en.startsWith('You said')).toBe(option.chosen)
          expect(option.words.en.endsWith('So it does not hold.')).toBe(
            holds === false && option.chosen && !option.keyed,
          )
          expect(option.words.en.includes('behaves otherwise')).toBe(holds === false && option.keyed)
          expect(option.words.en.endsWith('so this stays open.')).toBe(holds === null)
        }
      }),
    )
  })

  it('says why the key stands exactly where the model contradicts it', () => {
    fc.assert(
      fc.property(answered, ([part, chosen, given]) => {
        const feedback = partFeedback({ ...part, chosen }, verdictWith(part.id, given), false, scenery)
        const isContradicted = optionsOf(feedback).some(({ keyed, holds }) => keyed && holds === false)
        const accepted = part.key.evidence?.kind === 'claims' && part.key.evidence.accepted
        const note = feedback?.state === 'measured' ? feedback.keyNote : null
        expect(note !== null).toBe(isContradicted)
        if (note && accepted) expect(note).toEqual(accepted)
      }),
    )
  })

  it('points to the region that was claimed of, and to the one that leads instead', async () => {
    const real = await readScenery([2])
    const values = [
      { subject: 'table', name: { zh: '桌子', en: 'table' }, value: -1.46 },
      { subject: 'milk bottle', name: { zh: '牛奶瓶', en: 'milk bottle' }, value: 0.167 },
      { subject: 'strawberry', name: { zh: '草莓', en: 'strawberry' }, value: -3.77 },
    ]
    const verdict = { ...verdictWith('q01', [0]), readings: { weight: { values, model } } }
    const feedback = partFeedback({ ...partOf('q01'), chosen: ['q01-b'] }, verdict, false, real)
    const [bottle, strawberry] = optionsOf(feedback)
    expect(bottle!.marks).toMatchObject([
      { picture: 2, name: { en: 'milk bottle', zh: '牛奶瓶' }, role: 'claimed' },
      { picture: 2, name: { en: 'strawberry' }, role: 'leading' },
    ])
    expect(bottle!.marks[0]).toMatchObject({ outline: expect.stringMatching(/^M\d+ \d+[hv]/) })
    expect(strawberry!.marks).toHaveLength(1)
    expect(bottle!.words.en).toBe(
      'You said “The milk bottle in the center is the main positive correlation”. In this model, the LIME weight ' +
        'summed over the milk bottle is 0.167 ‰: the smallest in magnitude of three regions (largest in magnitude: ' +
        'the strawberry, −3.77 ‰), though above 0. So it does not hold.',
    )
    expect(bottle!.words.zh).toBe(
      '你選了「中央的牛奶瓶為主要的正相關」。在這個模型裡，牛奶瓶的 LIME 權重總和是 0.167 ‰，在 3 個區域中絕對值最小' +
        '（絕對值最大的是草莓，−3.77 ‰），不過大於 0。所以不成立。',
    )
  })

  it('points to layers and words as far as the figure shows them', () => {
    const marksOf = (id: string, option: string, shows?: () => boolean) => {
      const part = partOf(id)
      const feedback = partFeedback(
        { ...part, chosen: [option] },
        verdictWith(id, [1, 2, 3]),
        false,
        scenery,
        shows,
      )
      return optionsOf(feedback).find(({ optionId }) => optionId === option)!.marks
    }
    for (const { id, part, key } of measured)
      for (const { id: option } of part.options)
        for (const mark of marksOf(id, option))
          expect(mark, `${id} ${key.rule.name}`).toHaveProperty('picture')
    const layers = marksOf('q24', 'q24-a', () => true)
    expect(layers[0]).toMatchObject({ role: 'claimed', thing: { kind: 'layers', token: 'officer' } })
    expect(marksOf('q29', 'q29-a', () => true)).toMatchObject([
      { thing: { kind: 'layers', first: 1, last: 3 } },
    ])
  })

  it('admits a close call', () => {
    const verdict = verdictWith('q09', [1, 2, 3, 4, 5])
    const stability = { seeds: 3, agreeing: 2, spread: 0.1 }
    const noteOf = (more: Partial<PartVerdict>) => {
      const feedback = partFeedback({ ...partOf('q09'), chosen: [] }, { ...verdict, ...more }, false, scenery)
      return feedback?.state === 'measured' ? feedback.chanceNote?.en : undefined
    }
    expect(noteOf({ stability })).toBeUndefined()
    expect(noteOf({ stability, isThin: true })).toContain('of 3 random seeds, 2 give')
    expect(noteOf({ stability: { ...stability, agreeing: 3 }, isThin: true })).toContain(
      'another random seed',
    )
  })
})

describe('feedback without numbers', () => {
  const missing = { code: 'model-missing', subject: 'bert-base-cased' }
  const empty: PartVerdict = { ...verdictWith('q21', [0]), readings: {}, missing, verdict: 'not-computable' }
  const of = (id: string, verdict: PartVerdict | null, isBeingChecked = false) =>
    partFeedback({ ...partOf(id), chosen: [] }, verdict, isBeingChecked, scenery)

  it('says whether the measurement is under way, has not been made, or cannot be', () => {
    expect(of('q21', null, true)).toEqual({ state: 'measuring' })
    expect(of('q21', null)).toEqual({ state: 'not-measured' })
    expect(of('q21', empty)).toMatchObject({
      state: 'not-computable',
      why: { en: expect.stringContaining('bert-base-cased') },
    })
    expect(JSON.stringify(of('q21', empty))).not.toContain('npm run')
  })

  it('of a reasoned key needs none, and shows a demonstration where there is one', () => {
    expect(of('q03', null, true)).toEqual({ state: 'reasoned', demonstration: null })
    expect(of('q07', null)).toEqual({ state: 'reasoned', demonstration: null })
    const { evidence } = partOf('q07').key
    if (evidence?.kind !== 'reasoned') throw new Error('q07 is reasoned')
    const verdictOf = (value: number): PartVerdict => ({
      ...empty,
      verdict: 'reasoned',
      missing: null,
      outcomes: {
        demonstration: {
          claim: evidence.demonstration!.claim,
          expected: true,
          holds: value > 0.9,
          margin: 0,
        },
      },
      readings: {
        differences: { model, values: [{ subject: 'correlation', name: { zh: '相關', en: 'r' }, value }] },
      },
    })
    expect(of('q07', verdictOf(0.98))).toMatchObject({
      demonstration: {
        words: {
          en: expect.stringMatching(/^In this model it can be seen at work: .* is 0\.98: above 0\.9\.$/),
        },
      },
    })
    expect(of('q07', verdictOf(0.5))).toMatchObject({
      demonstration: { words: { en: expect.stringContaining('does not show it') } },
    })
  })

  it('is none where nobody has said what the key rests on', () => {
    const { part, key } = partOf('q01')
    const bare = { ...key, evidence: undefined }
    expect(partFeedback({ part, key: bare, chosen: [] }, null, true, scenery)).toBeNull()
  })
})
