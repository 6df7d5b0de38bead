import { createElement } from 'react'
import { renderToReadableStream } from 'react-dom/server'
import { describe, expect, it, vi } from 'vitest'
import { ChartDrawing } from '@/app/components/figure/chart-drawing'
import { FactsTable } from '@/app/components/figure/facts-table'
import { PreferencesProvider } from '@/app/components/preferences'
import type { Reading } from '@/app/messages/language'
import { scaleStyles } from '@/app/scale-styles'
import { sceneOf } from '@/lib/explainers/figures/chart/draw'
import type { ChartPanel, MatrixPanel, TablePanel } from '@/lib/explainers/figures/document'

vi.mock('next/navigation', () => ({ useRouter: () => ({ refresh() {} }) }))

const say = (zh: string, en: string) => ({ zh, en })
const words = { caption: say('圖', 'chart'), alternative: say('說明', 'facts') }
const matrix: MatrixPanel = {
  ...words,
  kind: 'matrix',
  cells: 'colours',
  rows: [say('一', 'one'), say('二', 'two')],
  columns: [say('左', 'left'), say('右', 'right')],
  rowTitle: say('列', 'row'),
  columnTitle: say('欄', 'column'),
  values: [
    [0, 0.25],
    [0.5, 1],
  ],
  digits: 2,
  scale: { colours: 'viridis', minimum: 0, maximum: 1, unit: say('值', 'value') },
}
const axis = { title: say('軸', 'axis'), minimum: 0, maximum: 2, ticks: [{ at: 1, words: say('1', '1') }] }
const panels: ChartPanel[] = [
  matrix,
  { ...matrix, cells: 'columns' },
  { ...words, kind: 'attention', tokens: ['[CLS]', 'cat'], links: [[0, 1, 0.9]], from: 0 },
  {
    ...words,
    kind: 'plot',
    form: 'wide',
    x: axis,
    y: axis,
    series: [
      {
        mark: 'diamond',
        colour: 'answer',
        joined: true,
        points: [
          [0, 0],
          [1, 2, 3],
        ],
      },
    ],
    labels: [{ text: 'cat', at: [60, 40], anchor: 'start', series: 0, leader: [50, 50] }],
  },
]

async function markup(element: ReturnType<typeof createElement>, reading: Reading) {
  const language = { interface: reading === 'both' ? 'zh' : reading, reading } as const
  const page = createElement(PreferencesProvider, { language, theme: 'light', children: element } as never)
  const stream = await renderToReadableStream(page)
  await stream.allReady
  return new Response(stream).text()
}

describe('charts on the page', () => {
  it.each(panels)('%#: show every shape and word of their scene, in the reader’s language', async (panel) => {
    for (const reading of ['zh', 'en'] as const) {
      const html = await markup(createElement(ChartDrawing, { panel }), reading)
      const scene = sceneOf(panel, reading)
      expect(html.match(/<path /g)).toHaveLength(scene.shapes.length)
      expect(html.match(/<text /g)).toHaveLength(scene.words.length)
      for (const { text } of scene.words) expect(html).toContain(text)
      expect(html).toContain(`role="img" aria-label="${panel.alternative[reading]}"`)
    }
  })

  it('take every colour that is not the data’s from the theme', async () => {
    const drawn = await Promise.all(
      panels.map((panel) => markup(createElement(ChartDrawing, { panel }), 'en')),
    )
    const html = drawn.join('')
    const used = [...html.matchAll(/var\(--(chart-\w+)\)/g)].map(([, name]) => name)
    expect(new Set(used)).toEqual(new Set(['chart-data', 'chart-answer']))
    for (const name of used) expect(scaleStyles).toContain(`--${name}:light-dark(`)
  })

  it('write on a heat map in black or white, whichever is read better', () => {
    const { words: written } = sceneOf(matrix, 'en')
    const paintOf = (text: string) => written.find((word) => word.text === text)!.paint
    expect(paintOf('0.00')).toEqual({ css: '#ffffff' })
    expect(paintOf('1.00')).toEqual({ css: '#14121a' })
  })

  it('tables say a text that is the same in both languages once, in its own language', async () => {
    const panel: TablePanel = {
      kind: 'table',
      caption: say('句子', 'Sentences'),
      columns: [{ title: say('編號', 'No.'), numbers: true }, { title: say('句子', 'Sentence') }],
      rows: [[say('1', '1'), say('今天買了蘋果手機', '今天買了蘋果手機')]],
    }
    const html = await markup(createElement(FactsTable, { panel }), 'both')
    expect(html.match(/今天買了蘋果手機/g)).toHaveLength(1)
    expect(html).toMatch(/lang="zh-Hant"[^>]*>今天買了蘋果手機/)
  })
})
