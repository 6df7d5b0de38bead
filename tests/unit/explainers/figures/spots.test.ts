import { describe, expect, it } from 'vitest'
import { sceneOf } from '@/lib/explainers/figures/chart/draw'
import { spotOutline } from '@/lib/explainers/figures/chart/spot-outline'
import type { AttentionPanel, MatrixPanel, Panel, PlotPanel } from '@/lib/explainers/figures/document'
import { type Spot, spotsOf } from '@/lib/explainers/figures/spots'

const same = (text: string) => ({ zh: text, en: text })
const words = { caption: same('Layer 7 head 12'), alternative: same('') }
const head: AttentionPanel = {
  kind: 'attention',
  ...words,
  tokens: ['[CLS]', 'she', 'is', 'kind', '.', '[SEP]'],
  links: [[1, 3, 0.9]],
  from: 1,
}
const axis = { title: same('Layer'), minimum: 0, maximum: 12, ticks: [] }
const trend: PlotPanel = {
  kind: 'plot',
  form: 'wide',
  ...words,
  caption: same('Cosine similarity'),
  x: axis,
  y: { ...axis, title: same('Cosine similarity'), maximum: 1 },
  series: [
    { mark: 'circle', colour: 'data', points: [0, 6, 12].map((layer) => [layer, layer / 12] as const) },
  ],
  labels: [],
}
const space: PlotPanel = {
  ...trend,
  form: 'square',
  caption: same('Layer 5'),
  x: { ...axis, title: same('Component 1') },
  series: [
    { mark: 'circle', colour: 'context', points: [[1, 0.1]] },
    { mark: 'diamond', colour: 'answer', points: [[3, 0.5]] },
  ],
}
const histogram: MatrixPanel = {
  kind: 'matrix',
  cells: 'columns',
  ...words,
  rows: [same('1'), same('7')],
  columns: [same('noun')],
  rowTitle: same('Layer, as exBERT’s corpus search counts'),
  columnTitle: same('Part of speech'),
  values: [[3], [40]],
  digits: 0,
  scale: { colours: 'viridis', minimum: 0, maximum: 40, unit: same('Words') },
}
const bars: Panel = {
  kind: 'bars',
  ...words,
  axis: 'linear',
  unit: same('Probability'),
  bars: ['kind', 'nice', 'friendly'].map((token) => ({ label: same(token), value: 0.1 })),
}
const image = (asset: string): Panel => ({ kind: 'image', role: 'map', ...words, asset })
const layers = (first: number, last = first) => ({ kind: 'layers', first, last }) as const

describe('where a figure shows a thing', () => {
  it('is the panel of a layer, and in it the word that is attended to', () => {
    expect(spotsOf(head, layers(7))).toEqual([{ at: 'panel' }])
    expect(spotsOf(head, layers(8, 10))).toEqual([])
    expect(spotsOf(head, { ...layers(7), token: 'kind' })).toEqual([
      { at: 'panel' },
      { at: 'token', position: 3 },
    ])
    expect(spotsOf(head, { kind: 'tokens', texts: ['[CLS]', '[SEP]'] })).toEqual([
      { at: 'token', position: 0 },
      { at: 'token', position: 5 },
    ])
  })

  it('is a point of a trend, the answer in a plot of embeddings, a row of a histogram, a bar', () => {
    expect(spotsOf(trend, layers(6, 12))).toEqual([
      { at: 'point', x: 6, y: 0.5 },
      { at: 'point', x: 12, y: 1 },
    ])
    expect(spotsOf(space, { ...layers(5), answer: true })).toEqual([{ at: 'point', x: 3, y: 0.5 }])
    expect(spotsOf(space, layers(4, 6))).toEqual([{ at: 'panel' }])
    expect(spotsOf(space, layers(6))).toEqual([])
    expect(spotsOf(histogram, layers(7))).toEqual([{ at: 'row', row: 1 }])
    expect(spotsOf(bars, { kind: 'tokens', texts: ['nice'] })).toEqual([{ at: 'row', row: 1 }])
    expect(spotsOf(bars, layers(1))).toEqual([])
  })

  it('is the map that was made so, by the name of its PNG', () => {
    const whole = [{ at: 'panel' }]
    expect(spotsOf(image('activation-3-15-0.png'), layers(15))).toEqual(whole)
    expect(spotsOf(image('activation-15-3-0.png'), layers(15))).toEqual([])
    expect(spotsOf(image('integrated-gradients-3-50.png'), { kind: 'steps', steps: 50 })).toEqual(whole)
    expect(spotsOf(image('integrated-gradients-50.png'), { kind: 'steps', steps: 50 })).toEqual([])
    expect(spotsOf(image('smooth-grad-cmid123abc-16-10.png'), { kind: 'copies', copies: 10 })).toEqual(whole)
    const stage = (name: string) => ({ kind: 'stage', method: 'saliency', stage: name }) as const
    expect(spotsOf(image('saliency-cmid123abc-all.png'), stage('all'))).toEqual(whole)
    expect(spotsOf(image('saliency-cmid123abc-all.png'), stage('trained'))).toEqual([])
    expect(spotsOf(image('saliency-cmid123abc.png'), stage('trained'))).toEqual(whole)
  })
})

describe('the outline of a spot', () => {
  it('lies within its chart, around what it means', () => {
    const spots: [AttentionPanel | MatrixPanel | PlotPanel, Spot][] = [
      [head, { at: 'token', position: 5 }],
      [head, { at: 'panel' }],
      [trend, { at: 'point', x: 6, y: 0.5 }],
      [histogram, { at: 'row', row: 1 }],
    ]
    for (const [panel, spot] of spots) {
      const { width, height, words } = sceneOf(panel, 'en')
      const d = spotOutline(panel, spot, 'en')
      const [x, y] = /^M([\d.]+) ([\d.]+)/.exec(d)!.slice(1).map(Number) as [number, number]
      expect(x, d).toBeGreaterThanOrEqual(0)
      expect(x, d).toBeLessThan(width)
      expect(y, d).toBeGreaterThanOrEqual(0)
      expect(y, d).toBeLessThan(height)
      if (spot.at !== 'token') continue
      const token = words.filter(({ text }) => text === head.tokens[spot.position])[1]!
      const tall = Number(/v([\d.]+)/.exec(d)![1])
      expect(token.y).toBeGreaterThan(y)
      expect(token.y).toBeLessThan(y + tall)
    }
  })
})
