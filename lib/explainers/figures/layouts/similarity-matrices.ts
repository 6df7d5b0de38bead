import { ExplainerError } from '../../errors'
import type { Tensor } from '../../evidence'
import type { MatrixPanel, PanelGroup } from '../document'
import type { LanguageFigureContext, LanguageLayout } from '../language-context'
import { formatNumber } from '../number-format'
import { arrayOf } from '../panels'
import type { FigureSpecOf } from '../spec'
import { say, together } from '../wording'
import { type Metric, metricNames, sentenceTable, similarityAsk } from './similarity-material'

type Spec = FigureSpecOf<'similarity-matrices'>

function asksOf(spec: Spec, context: LanguageFigureContext) {
  if (spec.layer > context.model.config.layers) {
    const message = `${context.model.name} has no hidden state ${spec.layer}; there are 0 to ${context.model.config.layers}`
    throw new ExplainerError('invalid-parameter', 'layer', message)
  }
  return spec.parts.flatMap((part) =>
    spec.metrics.map((metric) => ({ part, metric, ask: similarityAsk(spec, context, part, metric) })),
  )
}

/** A heat map with values for each part and metric; those of one metric share their colours. */
export const similarityMatrices: LanguageLayout<Spec> = {
  asks: (spec, context) => asksOf(spec, context).map(({ ask }) => ask),

  async draw(spec, context, evidenceOf) {
    const read: { part: string; metric: Metric; values: number[][] }[] = []
    for (const { part, metric, ask } of asksOf(spec, context)) {
      const matrices = arrayOf(await evidenceOf(ask.request), 'matrices')
      read.push({ part, metric, values: matrixAt(matrices, spec.layer) })
    }
    const rangeOf = (metric: Metric) => {
      const values = read.filter((each) => each.metric === metric).flatMap((each) => each.values.flat())
      return { minimum: Math.min(...values), maximum: Math.max(...values) }
    }
    const numbers = context.sentences.map((_, index) => say(String(index + 1), String(index + 1)))
    const panelOf = ({ part, metric, values }: (typeof read)[number]): MatrixPanel => ({
      kind: 'matrix',
      cells: 'colours',
      caption: say(`「${part}」，${metricNames[metric].zh}`, `${part}: ${metricNames[metric].en}`),
      alternative: describeMatrix(part, metric, values),
      rows: numbers,
      columns: numbers,
      rowTitle: say('句子', 'Sentence'),
      columnTitle: say('句子', 'Sentence'),
      values,
      digits: metric === 'cosine' ? 2 : 1,
      scale: { colours: 'viridis', ...rangeOf(metric), unit: metricNames[metric] },
    })
    const groups: PanelGroup[] = spec.parts.map((part) => ({
      heading: say(`取「${part}」的 embedding`, `Embedding of ${part}`),
      panels: read.filter((each) => each.part === part).map(panelOf),
    }))
    const panels = groups.flatMap((group) => group.panels as readonly MatrixPanel[])
    const [first, ...rest] = groups
    return {
      groups: [
        {
          ...first!,
          note: say(
            `${context.model.name} 第 ${spec.layer} 層輸出的向量，句子兩兩比較；兩個字時取兩字向量的平均。同一種指標的圖共用一個色階。`,
            `Vectors that come out of layer ${spec.layer} of ${context.model.name}, every sentence with every other; two characters are compared by their mean. Maps of one metric share their colours.`,
          ),
        },
        ...rest,
        { panels: [sentenceTable(context)] },
      ],
      alternative: together(
        say(
          `${context.sentences.length} 個句子中「${spec.parts.join('」、「')}」的向量兩兩比較的矩陣，數值寫在格子裡。`,
          `Matrices that compare the vectors of ${spec.parts.join(', ')} in ${context.sentences.length} sentences, with values in the cells.`,
        ),
        ...panels.map((panel) => panel.alternative),
      ),
    }
  },
}

function matrixAt({ data, shape }: Tensor, layer: number): number[][] {
  const [, rows = 0, columns = 0] = shape
  return Array.from({ length: rows }, (_, row) => {
    const start = (layer * rows + row) * columns
    return Array.from(data.subarray(start, start + columns), (value) => Number(value.toFixed(4)))
  })
}

function describeMatrix(part: string, metric: Metric, values: readonly (readonly number[])[]) {
  const digits = metric === 'cosine' ? 2 : 1
  const rows = values.map(
    (row, index) => `${index + 1}: ${row.map((value) => value.toFixed(digits)).join(' ')}`,
  )
  const pairs = values.flatMap((row, index) => row.slice(index + 1))
  const range = [formatNumber(Math.min(...pairs)), formatNumber(Math.max(...pairs))]
  return say(
    `「${part}」的${metricNames[metric].zh}，不同句子之間由 ${range[0]} 到 ${range[1]}。各列：${rows.join('；')}。`,
    `${metricNames[metric].en} of ${part}, from ${range[0]} to ${range[1]} between different sentences. Rows: ${rows.join('; ')}.`,
  )
}
