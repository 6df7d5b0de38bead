import { describe, expect, it } from 'vitest'
import type { Evidence, EvidenceRequest, Tensor } from '@/lib/explainers/evidence'
import { composeFigure } from '@/lib/explainers/figures/compose'
import type { FigureContext } from '@/lib/explainers/figures/context'
import { evidenceRequests, renderFigure } from '@/lib/explainers/figures/render'
import { type FigureSpecInput, figureSpecSchema, type PictureFigureSpec } from '@/lib/explainers/figures/spec'
import { requestId } from '@/lib/explainers/request'
import type { CascadeMeasurements } from '@/lib/explainers/trust/cascade'

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
const tensor = (...shape: number[]): Tensor => ({
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(i)),
  shape,
})
const [map, rgb] = [tensor(16, 16), tensor(3, 16, 16)]

function madeUp(request: EvidenceRequest): Evidence {
  const attribution = request.method.endsWith('saliency') ? map : rgb
  const measured: CascadeMeasurements = {
    randomization: [
      { depth: 'output', correlation: 0.81, overlap: 0.4 },
      { depth: 'linear', correlation: 0.42, overlap: 0.3 },
      { depth: 'all', correlation: -0.07, overlap: 0.1 },
    ],
    edges: { trained: 0.4242, output: 0.4303, linear: 0.4444, all: 0.4545 },
  }
  return {
    manifest: {
      ...request,
      provider: 'cpu',
      precision: 'float32',
      batch: 4,
      versions: { method: 1, onnxruntime: 'made up' },
    },
    arrays: {
      input: { data: (rgb.data as Float32Array).map(Math.abs), shape: rgb.shape },
      logits: { data: Float32Array.of(0, 5), shape: [2] },
      attribution,
      output: attribution,
      linear: attribution,
      all: attribution,
      edges: map,
    },
    measurements: request.method.startsWith('cascade')
      ? measured
      : { sum: 6 + 1 / Number(request.parameters.steps ?? 1), change: 6.25 },
    seconds: 1,
  }
}

async function draw(input: FigureSpecInput) {
  const spec = figureSpecSchema.parse(input) as PictureFigureSpec
  const requests = evidenceRequests(spec, context)
  const figure = await renderFigure(spec, context, madeUp)
  const panels = figure.document.groups.flatMap((group) => group.panels)
  for (const panel of panels) if (panel.kind === 'image') expect(figure.assets.has(panel.asset)).toBe(true)
  expect(new Set(requests.map(requestId)).size).toBe(requests.length)
  const plate = await composeFigure(figure.document, figure.assets, { language: 'zh', theme: 'dark' })
  expect(plate.length).toBeGreaterThan(1000)
  return { ...figure, requests, panels }
}

describe('figures of sanity checks', () => {
  it('show each stage of a cascade with its ρ, and tell nobody how alike a map and the edges are', async () => {
    const one = await draw({ layout: 'cascade', picture: 'ricebowl', methods: ['saliency'], edges: true })
    expect(one.requests.map(({ method }) => method)).toEqual(['cascade-saliency'])
    expect(one.panels.flatMap((panel) => ('note' in panel && panel.note ? panel.note.en : []))).toEqual([
      'Class: Rice',
      'Sobel, without any model',
      'ρ = 0.81',
      'ρ = 0.42',
      'ρ = −0.07',
    ])
    expect(JSON.stringify(one.document)).not.toMatch(/0\.4(242|303|444|545)/)
    const several = await draw({
      layout: 'cascade',
      picture: 'ricebowl',
      methods: ['saliency', 'integrated-gradients'],
    })
    expect(several.document.groups.map(({ panels }) => panels.length)).toEqual([1, 4, 4])
  })

  it('make SmoothGrad with two seeds and each number of copies', async () => {
    const { requests, document } = await draw({
      layout: 'sample-sizes',
      picture: 'ricebowl',
      samples: [1, 10],
    })
    expect(requests.map(({ seed, parameters }) => [seed, parameters.samples])).toEqual([
      [16, 1],
      [16, 10],
      [17, 1],
      [17, 10],
    ])
    expect(document.groups.map(({ panels }) => panels.length)).toEqual([3, 3])
  })

  it('compare sums with the logits of both ends, in a plot and as a table', async () => {
    const { panels } = await draw({ layout: 'completeness', picture: 'ricebowl', steps: [2, 10] })
    const plot = panels.find((panel) => panel.kind === 'plot')!
    expect(plot.series.map(({ points }) => points)).toEqual([
      [
        [0, 5],
        [1, 5],
      ],
      [
        [0, -1.25],
        [1, -1.25],
      ],
      [
        [0, 6.5],
        [1, 6.1],
      ],
    ])
    expect(plot.twin!.rows.map((row) => row.map(({ en }) => en))).toEqual([
      ['2', '6.5', '5', '−1.25'],
      ['10', '6.1', '5', '−1.25'],
    ])
  })

  it('ask for both baselines in the paper’s variant, the black one as every other figure does', async () => {
    const { requests, panels } = await draw({ layout: 'baselines', picture: 'ricebowl' })
    expect(requests.map(({ variant, parameters }) => [variant, parameters])).toEqual([
      ['paper', { target: 1, steps: 50 }],
      ['paper', { target: 1, steps: 50, baseline: 'white' }],
    ])
    const [maps] = (
      await draw({
        layout: 'maps',
        variant: 'paper',
        pictures: ['ricebowl'],
        methods: ['integrated-gradients'],
      })
    ).requests
    expect(requests[0]).toEqual(maps)
    expect(panels).toHaveLength(6)
  })
})
