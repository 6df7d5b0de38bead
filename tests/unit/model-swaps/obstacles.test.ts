import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type MeasurementInput, measurementSchema } from '@/lib/explainers/claims/measurement'
import { compareQuantities, isChanged } from '@/lib/model-swaps/comparison'
import {
  describeObstacle,
  findSwapObstacles,
  isSameKind,
  type ModelOutline,
} from '@/lib/model-swaps/obstacles'
import type { VerdictView } from '@/lib/verification/view'

const classifier = (more: Partial<Extract<ModelOutline, { kind: 'classifier' }>> = {}): ModelOutline => ({
  kind: 'classifier',
  name: 'one',
  classes: ['bread', 'egg'],
  roles: ['classifier'],
  ungraded: null,
  layers: [
    { index: 0, type: 'Conv2d', channels: 4 },
    { index: 1, type: 'ReLU', channels: 4 },
  ],
  ...more,
})
const bert = (layers: number, heads: number): ModelOutline => ({
  kind: 'language',
  name: 'bert',
  layers,
  heads,
  classes: null,
  roles: ['masked-language'],
})
const use = (measurement?: MeasurementInput, methods: string[] = []) => ({
  methods,
  measurements: measurement ? [measurementSchema.parse(measurement)] : [],
  pictures: [],
})
const kinds = (question: Parameters<typeof findSwapObstacles>[0], to: ModelOutline, from = classifier()) =>
  findSwapObstacles(question, from, to).map(({ kind }) => kind)

describe('what keeps a model from taking another’s place', () => {
  it('is a layer, filter or head that it lacks, by the numbers that measurements name', () => {
    expect(kinds(use({ measure: 'layer-kind', layer: 1 }), classifier())).toEqual([])
    expect(kinds(use({ measure: 'layer-kind', layer: 2 }), classifier())).toEqual(['layer'])
    const sharp = (filter: number) =>
      use({ measure: 'activation-sharpness', pictures: [0], layers: [0, 1], filter })
    expect(kinds(sharp(3), classifier())).toEqual([])
    expect(kinds(sharp(4), classifier())).toEqual(['filter', 'filter'])
    const focus = use({ measure: 'head-focus', sentence: 'She is.', head: 12 })
    expect(kinds(focus, bert(12, 12), bert(12, 12))).toEqual([])
    expect(kinds(focus, bert(12, 8), bert(12, 12))).toEqual(['head'])
    const groups = use({
      measure: 'question-matching',
      groups: [
        [1, 3],
        [4, 6],
      ],
    })
    expect(kinds(groups, bert(4, 4), bert(12, 12))).toEqual(['layer', 'role'])
  })

  it('is gradients, for maps and measurements that are made of them', () => {
    const without = classifier({ ungraded: 'HardSwish' })
    expect(kinds(use(undefined, ['lime']), without)).toEqual([])
    expect(kinds(use(undefined, ['lime', 'saliency']), without)).toEqual(['gradient'])
    expect(kinds(use({ measure: 'gradient-scale', pictures: [0, 1] }), without)).toEqual(['gradient'])
    expect(kinds(use({ measure: 'region-removal', picture: 0 }), without)).toEqual([])
  })

  it('is another name at the place of a picture’s class; of a model that is gone nobody knows', () => {
    const shown = { ...use(), pictures: [{ title: { zh: '蛋', en: 'An egg' }, label: 1 }] }
    expect(kinds(shown, classifier({ classes: ['x', 'egg', 'y'] }))).toEqual([])
    const [renamed] = findSwapObstacles(shown, classifier(), classifier({ classes: ['egg', 'bread'] }))
    expect(renamed).toMatchObject({ kind: 'class', before: 'egg', after: 'bread' })
    const [missing] = findSwapObstacles(shown, classifier(), classifier({ classes: ['bread'] }))
    expect(describeObstacle(missing!).en).toContain('this model has none')
    expect(findSwapObstacles(shown, null, classifier({ classes: ['a', 'b'] }))).toEqual([])
  })

  it('is its kind', () => {
    expect(isSameKind(classifier(), classifier())).toBe(true)
    expect(isSameKind(classifier(), bert(12, 12))).toBe(false)
    const answering: ModelOutline = { ...bert(12, 12), roles: ['question-answering'] }
    expect(isSameKind(bert(12, 12), answering)).toBe(false)
  })
})

const verdict = (name: VerdictView['verdict']): VerdictView => ({
  verdict: name,
  margin: null,
  isThin: false,
  stability: null,
  isUnrepeated: false,
  missing: null,
  measured: [],
  models: [],
  demonstration: null,
  checkedAt: '',
})
const found = (name: VerdictView['verdict'], holds: Readonly<Record<string, boolean | null>>) => ({
  verdict: verdict(name),
  options: Object.fromEntries(
    Object.entries(holds).map(([id, is]) => [id, { holds: is, margin: null, why: null }]),
  ),
})

describe('comparing both models', () => {
  it('counts another verdict, and another truth of an option, as a change; numbers alone are none', () => {
    const before = found('supported', { a: true, b: false })
    expect(isChanged(before, found('supported', { a: true, b: false }))).toBe(false)
    expect(isChanged(before, found('ambiguous', { a: true, b: false }))).toBe(true)
    expect(isChanged(before, found('supported', { a: true, b: null }))).toBe(true)
    expect(isChanged(before, found('supported', { a: true }))).toBe(true)
    expect(isChanged(null, before)).toBe(true)
  })

  it('shows every number of either model once, in its column', () => {
    const value = fc.record({ name: fc.constantFrom('a', 'b', 'c', 'd'), value: fc.option(fc.integer()) })
    const side = fc.uniqueArray(value, { selector: ({ name }) => name })
    fc.assert(
      fc.property(side, side, (one, other) => {
        const quantity = (values: typeof one) => [
          {
            title: { zh: '量', en: 'Quantity' },
            unit: '',
            values: values.map((each) => ({ name: { zh: each.name, en: each.name }, value: each.value })),
          },
        ]
        const [compared] = compareQuantities(quantity(one), quantity(other))
        const names = compared!.values.map(({ name }) => name.en)
        expect([...names].sort()).toEqual([...new Set([...one, ...other].map(({ name }) => name))].sort())
        for (const { name, before, after } of compared!.values) {
          expect(before).toBe(one.find((each) => each.name === name.en)?.value ?? null)
          expect(after).toBe(other.find((each) => each.name === name.en)?.value ?? null)
        }
      }),
    )
  })
})
