import { describe, expect, it } from 'vitest'
import type { Lab } from '@/lib/explainers/claims/lab'
import { measure } from '@/lib/explainers/claims/measure'
import { type MeasurementOf, measurementSchema, withSeed } from '@/lib/explainers/claims/measurement'
import { thingOf } from '@/lib/explainers/claims/place'
import type { Panel } from '@/lib/explainers/figures/document'
import { evidenceRequests } from '@/lib/explainers/figures/render'
import { type FigureSpecInput, figureSpecSchema, type PictureFigureSpec } from '@/lib/explainers/figures/spec'
import { spotsOf } from '@/lib/explainers/figures/spots'
import type { LayerRandomization } from '@/lib/explainers/trust/layer-randomization'

const stages: LayerRandomization['stages'] = [
  {
    layer: 'fc.3',
    kind: 'linear',
    map: 0,
    draws: [
      { absolute: 0.5, signed: -0.2, ssim: 0.4, hog: 0.3 },
      { absolute: 0.7, signed: 0.6, ssim: 0.2, hog: null },
    ],
  },
  {
    layer: 'cnn.0',
    kind: 'convolution',
    map: 1,
    draws: [
      { absolute: 0.1, signed: 0, ssim: 0.1, hog: 0.1 },
      { absolute: 0.3, signed: 0, ssim: 0.1, hog: 0.1 },
    ],
  },
]

type Asked = Parameters<Lab['evidence']>[0]

async function likeness(changes: object = {}) {
  const asked: Asked[] = []
  const lab = {
    modelFor: async () => ({ name: 'food-cnn', sha256: 'a'.repeat(64) }),
    async evidence(wanted: Asked) {
      asked.push(wanted)
      return { measurements: { stages } }
    },
  } as unknown as Lab
  const spec = { measure: 'layer-likeness', method: 'saliency', picture: 5, draws: 2, ...changes }
  const measurement = measurementSchema.parse(spec) as MeasurementOf<'layer-likeness'>
  return { measurement, asked, values: (await measure(measurement, lab)).values }
}

describe('likeness while layers are drawn anew', () => {
  it('is the mean over the draws at each step, by the measure that is asked for', async () => {
    const numbers = async (by: string) => (await likeness({ by })).values.map(({ value }) => value)
    expect((await numbers('absolute')).map((value) => Number(value!.toFixed(9)))).toEqual([0.6, 0.2])
    expect((await numbers('signed')).map((value) => Number(value!.toFixed(9)))).toEqual([0.2, 0])
    // A draw without a number leaves none for its step.
    expect(await numbers('hog')).toEqual([null, 0.1])
    expect((await likeness()).values.map(({ subject, name }) => [subject, name.en])).toEqual([
      ['1', 'at step 1, which draws fc.3'],
      ['2', 'at step 2, which draws cnn.0'],
    ])
  })

  it.each(['saliency', 'smooth-grad', 'integrated-gradients'])(
    'of %s is measured on the evidence that the figure shows',
    async (method) => {
      const { asked } = await likeness({ method, order: 'independent' })
      const figure: FigureSpecInput = {
        layout: 'layer-randomization',
        picture: 5,
        method: method as 'saliency',
        order: 'independent',
        draws: 2,
      }
      const picture = { id: 5, name: '5.png', sha256: 'b'.repeat(64), label: 0, title: { zh: '', en: '' } }
      const model = { name: 'food-cnn', sha256: 'a'.repeat(64), classes: ['a'], layers: [] }
      const [request] = evidenceRequests(figureSpecSchema.parse(figure) as PictureFigureSpec, {
        model,
        pictures: [picture],
      })
      expect(asked[0]!.method).toBe(request!.method)
      expect(request!.parameters).toMatchObject(asked[0]!.parameters!)
      expect(asked[0]!.seed).toBe(request!.seed)
    },
  )

  it('has chance in it, and is found in the figure as the map of its step', async () => {
    const { measurement } = await likeness()
    expect(withSeed(measurement, 3)).toMatchObject({ seed: 3 })
    const panel = (asset: string) => ({ kind: 'image', asset }) as Panel
    const thing = thingOf(measurement, '2')!
    expect(spotsOf(panel('saliency-5-layer-2.png'), thing)).toEqual([{ at: 'panel' }])
    for (const other of ['saliency-5-layer-12.png', 'saliency-5.png', 'smooth-grad-5-layer-2.png'])
      expect(spotsOf(panel(other), thing)).toEqual([])
  })
})
