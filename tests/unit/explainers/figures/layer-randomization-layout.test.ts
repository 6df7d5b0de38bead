import { describe, expect, it } from 'vitest'
import type { Evidence, EvidenceRequest } from '@/lib/explainers/evidence'
import { plotArea, plotScene } from '@/lib/explainers/figures/chart/plot-scene'
import { composeFigure } from '@/lib/explainers/figures/compose'
import type { FigureContext } from '@/lib/explainers/figures/context'
import { evidenceRequests, renderFigure } from '@/lib/explainers/figures/render'
import { type FigureSpecInput, figureSpecSchema, type PictureFigureSpec } from '@/lib/explainers/figures/spec'
import type { LayerRandomization } from '@/lib/explainers/trust/layer-randomization'
import type { Similarity } from '@/lib/explainers/trust/similarity'

const context: FigureContext = {
  model: { name: 'food-cnn', sha256: 'a'.repeat(64), classes: ['Bread', 'Rice'], layers: [] },
  pictures: [
    {
      id: 'ricebowl',
      name: 'ricebowl',
      sha256: 'b'.repeat(64),
      label: 1,
      title: { zh: '一碗飯', en: 'A bowl' },
    },
  ],
}

const similarity = (absolute: number): Similarity => ({
  absolute,
  signed: absolute / 2,
  ssim: 0.9,
  hog: null,
})

const stages: LayerRandomization['stages'] = [
  { layer: 'fc.3', kind: 'linear', map: 0, draws: [similarity(0.8), similarity(0.6), similarity(0.7)] },
  {
    layer: 'cnn.0',
    kind: 'convolution',
    map: null,
    draws: [similarity(0.1), similarity(-0.3), similarity(0.2)],
  },
]

function madeUp(request: EvidenceRequest, measured = stages): Evidence {
  const map = (...shape: number[]) => ({
    data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.abs(Math.sin(i))),
    shape,
  })
  return {
    manifest: {
      ...request,
      provider: 'cpu',
      precision: 'float32',
      batch: 1,
      versions: { method: 1001, onnxruntime: 'made up' },
    },
    arrays: {
      input: map(3, 16, 16),
      logits: { data: Float32Array.of(0, 5), shape: [2] },
      attribution: map(16, 16),
      maps: map(1, 16, 16),
    },
    measurements: { stages: measured } satisfies LayerRandomization,
    seconds: 1,
  }
}

async function draw(changes: Partial<FigureSpecInput> = {}, measured = stages) {
  const base = { layout: 'layer-randomization', picture: 'ricebowl', method: 'saliency' }
  const spec = figureSpecSchema.parse({ ...base, ...changes }) as PictureFigureSpec
  const figure = await renderFigure(spec, context, (request) => madeUp(request, measured))
  const plate = await composeFigure(figure.document, figure.assets, { language: 'zh', theme: 'dark' })
  expect(plate.length).toBeGreaterThan(1000)
  const plots = figure.document.groups.flatMap(({ panels }) =>
    panels.filter((panel) => panel.kind === 'plot'),
  )
  return { ...figure, plots, requests: evidenceRequests(spec, context) }
}

describe('the figure of layers drawn anew', () => {
  it('asks for one evidence, with the order and the draws that its author chose', async () => {
    const { requests } = await draw({ order: 'independent', draws: 5 } as never)
    expect(requests.map(({ method, parameters }) => [method, parameters])).toEqual([
      ['layer-randomization-saliency', { target: 1, picturesInLoss: 10, order: 'independent', draws: 5 }],
    ])
  })

  it('makes SmoothGrad of as many copies as the paper, or as many as its author says', async () => {
    const samplesOf = async (parameters: object) => {
      const spec = { layout: 'layer-randomization', picture: 'ricebowl', method: 'smooth-grad', parameters }
      const [request] = evidenceRequests(figureSpecSchema.parse(spec) as PictureFigureSpec, context)
      return request!.parameters.samples
    }
    expect(await samplesOf({})).toBe(50)
    expect(await samplesOf({ 'smooth-grad': { samples: 7 } })).toBe(7)
  })

  it('shows the kept maps with their layers, and says that there are more', async () => {
    const { document } = await draw()
    const [, maps] = document.groups
    expect(maps!.panels.map((panel) => ('caption' in panel ? panel.caption.en : ''))).toEqual(['1 · fc.3'])
    expect(maps!.panels.map((panel) => ('note' in panel ? panel.note!.en : ''))).toEqual(['ρ = 0.8'])
    expect(maps!.note!.en).toContain('The maps of 1 of 2 steps are shown')
  })

  it('draws means with bars from the lowest to the highest draw, and has the same numbers in the table', async () => {
    const { plots } = await draw()
    const [ranks, structure] = plots
    const [absolute] = ranks!.series
    const rounded = (values: readonly number[]) => values.map((value) => Math.round(1000 * value) / 1000)
    expect(absolute!.points.map(([, y]) => rounded([y])[0])).toEqual([1, 0.7, 0])
    expect(absolute!.spread!.map(([low, high]) => rounded([low, high]))).toEqual([
      [1, 1],
      [0.6, 0.8],
      [-0.3, 0.2],
    ])
    expect(ranks!.twin!.rows.map((row) => row.map(({ en }) => en.replaceAll('\u00a0', ' ')))).toEqual([
      ['1', 'fc.3', '0.7 [0.6, 0.8]', '0.35 [0.3, 0.4]'],
      ['2', 'cnn.0', '0 [−0.3, 0.2]', '0 [−0.15, 0.1]'],
    ])
    // Nothing lies outside of the axes, and HOG, which has no number here, has no curve.
    expect(ranks!.y.minimum).toBeLessThan(-0.3)
    expect(structure!.series).toHaveLength(1)
    expect(structure!.twin!.columns.map(({ title }) => title.en)).toEqual(['Step', 'Layer drawn', 'SSIM'])
  })

  it('draws no curve of a measure that one draw has no number of', async () => {
    const unsigned = stages.map((stage) => ({
      ...stage,
      draws: stage.draws.map((draw) => ({ ...draw, signed: null })),
    }))
    const { plots } = await draw({}, unsigned)
    expect(plots[0]!.series).toHaveLength(1)
  })
})

describe('bars of spread in a plot', () => {
  it('reach from the lowest to the highest number at their point', async () => {
    const { plots } = await draw()
    const [panel] = plots
    const area = plotArea(panel!)
    const scene = plotScene(panel!, 'en')
    const [x] = panel!.series[0]!.points[1]!
    const at = (value: number) => String(Math.round(value * 100) / 100)
    const bar = `M${at(area.x(x))} ${at(area.y(0.6))}L${at(area.x(x))} ${at(area.y(0.8))}`
    expect(scene.shapes.some(({ d }) => d.includes(bar))).toBe(true)
  })
})
