import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  differencesOf,
  draftOf,
  familyOf,
  shapeOf,
  specOf,
  withLayout,
} from '@/app/courses/[course]/[assignment]/staff/studio/figure/figure-draft'
import {
  issuesOf,
  parameterProblems,
} from '@/app/courses/[course]/[assignment]/staff/studio/figure/figure-issues'
import { readBench, writeBench } from '@/app/courses/[course]/[assignment]/staff/studio/figures/bench-address'
import { type FigureSpecInput, figureSpecSchema } from '@/lib/explainers/figures/spec'
import { layoutNames, startOf } from '@/lib/explainers/figures/spec-starts'
import { readFigureMaterial, readSentenceWords } from '@/lib/figure-previews/service'
import { bundledSources } from '@/lib/figures/sources'

const spec = (input: FigureSpecInput) => figureSpecSchema.parse(input)
const layout = fc.constantFrom(...layoutNames)

describe('another kind of figure', () => {
  it('can be made at once, whatever the draft was', () => {
    fc.assert(
      fc.property(fc.array(layout, { minLength: 1, maxLength: 5 }), (chosen) => {
        const draft = chosen.reduce(
          (before, next) => withLayout(before, next),
          draftOf(spec(startOf('maps'))),
        )
        expect(draft.layout).toBe(chosen.at(-1))
        expect(specOf(draft)).not.toBeNull()
      }),
    )
  })

  it('keeps the picture, the seed and what both can say; not the other kind of model', () => {
    const maps = draftOf(spec({ layout: 'maps', pictures: [4, 2], methods: ['lime'], seed: 7 }))
    expect(withLayout(maps, 'lime-steps')).toEqual({ layout: 'lime-steps', picture: 4, seed: 7 })
    expect(withLayout(withLayout(maps, 'lime-steps'), 'filter-pair')).toMatchObject({
      pictures: [4],
      seed: 7,
    })
    const text = withLayout({ ...maps, model: 'my-cnn' }, 'masked-words')
    expect(text).toEqual(startOf('masked-words'))
    expect(familyOf('embedding-space')).toBe('answering')
  })
})

describe('two settings', () => {
  it('differ in what is said otherwise, parameters one by one', () => {
    const one = draftOf(spec({ layout: 'maps', pictures: [0], methods: ['lime'] }))
    const other = draftOf(
      spec({
        layout: 'maps',
        pictures: [0, 1],
        methods: ['lime'],
        seed: 17,
        parameters: { lime: { samples: 200 } },
      }),
    )
    expect(differencesOf(one, one)).toEqual([])
    expect(differencesOf(one, other).sort()).toEqual(['parameters.lime.samples', 'pictures', 'seed'])
    expect(differencesOf(other, one).sort()).toEqual(differencesOf(one, other).sort())
  })

  it('are in the address, which is read again whatever else it says', () => {
    fc.assert(
      fc.property(layout, fc.option(layout), (a, b) => {
        const bench = { a: spec(startOf(a)), b: b && spec(startOf(b)) }
        const query = Object.fromEntries(new URLSearchParams(writeBench(bench)))
        expect(readBench(query)).toEqual(bench)
      }),
    )
    for (const a of ['', '{', '{"layout":"none"}', '[]', 'null'])
      expect(readBench({ a })).toEqual({ a: spec(startOf('maps')), b: null })
  })
})

describe('what the installation has', () => {
  it('makes every kind of figure as it begins', async () => {
    const material = await readFigureMaterial(bundledSources())
    for (const name of layoutNames) {
      const start = spec(startOf(name))
      const words = 'sentence' in start ? await readSentenceWords(start.model, start.sentence) : null
      expect(issuesOf(start, material, words), name).toEqual([])
      expect(parameterProblems(start, {}, material), name).toEqual([])
    }
  })

  it('lacks the layer, filter, head, word, picture and model that it lacks, and says where', async () => {
    const material = await readFigureMaterial(bundledSources())
    const of = (input: FigureSpecInput, words: readonly string[] = []) =>
      issuesOf(
        spec(input),
        material,
        words.map((text) => ({ text, pieces: [text] })),
      ).map(({ path, issue }) => `${path} ${issue.kind}`)
    expect(of({ layout: 'filter-pair', pictures: [0, 99], layer: 900 })).toEqual([
      'pictures no-picture',
      'layer out-of-range',
    ])
    expect(of({ layout: 'layer-strip', picture: 0, layer: 0, filter: 9999 })).toEqual(['filter out-of-range'])
    expect(of({ layout: 'path', picture: 0, model: 'nobody' })).toEqual(['model no-model'])
    expect(
      of({ layout: 'attention-heads', sentence: 'A word.', head: 99, layers: [99], from: 'x' }, ['A']),
    ).toEqual(['layers out-of-range', 'head out-of-range', 'from not-in-sentence'])
    expect(of({ layout: 'embedding-pairs', part: '沒有' })).toEqual(['part not-in-every-sentence'])
    const shape = shapeOf({ layout: 'maps', pictures: [], methods: ['lime'], seed: Number.NaN })
    const given = { lime: { samples: Number.NaN, colour: 'red' } }
    expect(
      parameterProblems(shape, given, material)
        .map(({ path }) => path)
        .sort(),
    ).toEqual(['parameters.lime.colour', 'parameters.lime.samples'])
  })
})
