import { format } from 'd3-format'
import type { Evidence, Tensor } from '../../evidence'
import { findAnswer } from '../../language/answer-span'
import type { Token, TokenizedText } from '../../language/tokenizer'
import { embeddingSpace, type QuestionInput } from '../../methods/embedding-space'
import { type LabelWish, placeLabels } from '../chart/labels'
import { plotArea } from '../chart/plot-scene'
import type { Axis, MarkEntry, PanelGroup, PlotPanel, TablePanel } from '../document'
import {
  askFor,
  checkLayers,
  type LanguageFigureContext,
  type LanguageLayout,
  numbered,
} from '../language-context'
import { formatNumber } from '../number-format'
import { arrayOf } from '../panels'
import type { FigureSpecOf } from '../spec'
import { same, say, together } from '../wording'

type Spec = FigureSpecOf<'embedding-space'>
type Kind = 'context' | 'question' | 'answer'

const kinds = ['context', 'question', 'answer'] as const
const percent = format('.0%')

const marks: readonly MarkEntry[] = [
  { mark: 'square', colour: 'question', text: say('問題（紅色方形）', 'Question (red squares)') },
  { mark: 'circle', colour: 'context', text: say('文章（綠色圓形）', 'Context (green circles)') },
  { mark: 'diamond', colour: 'answer', text: say('答案（藍色菱形）', 'Answer (blue diamonds)') },
]

function askOf(spec: Spec, context: LanguageFigureContext, number: number) {
  checkLayers(context, spec.layers)
  const passage = numbered(context.passages, number, 'passage')
  return askFor(spec, context, embeddingSpace, `passage ${number}`, passage)
}

/** The tokens of question, passage and answer in the plane of the principal components, a plot a layer. */
export const embeddingSpacePlots: LanguageLayout<Spec> = {
  asks: (spec, context) => spec.passages.map((number) => askOf(spec, context, number)),

  async draw(spec, context, evidenceOf) {
    const groups: PanelGroup[] = []
    const summaries = []
    for (const number of spec.passages) {
      const passage = numbered(context.passages, number, 'passage')
      const evidence = await evidenceOf(askOf(spec, context, number).request)
      const text = context.model.tokenizer.tokenize(passage.question, passage.context)
      const points = arrayOf(evidence, 'points')
      const kindOf = kindsOf(text, passage)
      const explained = explainedOf(evidence)
      const plots = spec.layers.map((layer) => plotOf(text, points, kindOf, layer, explained[layer - 1]!))
      const together = spec.together ?? plots.length
      const passageName = say(`文章 ${number}`, `Passage ${number}`)
      for (let first = 0; first < plots.length; first += together) {
        const shown = plots.slice(first, first + together)
        const [from, to] = [spec.layers[first]!, spec.layers[first + shown.length - 1]!]
        groups.push({
          heading:
            together < plots.length
              ? say(`${passageName.zh}，Layer ${from} 到 ${to}`, `${passageName.en}, layers ${from} to ${to}`)
              : passageName,
          ...(first === 0 && { marks }),
          panels: shown,
        })
      }
      groups.push({ panels: [passageTable(passage, evidence, passageName)] })
      summaries.push(...plots.map(({ alternative }) => alternative))
    }
    const [first, ...rest] = groups
    const note = say(
      `${context.model.name} 各層輸出的向量以主成分分析（PCA）投影到平面；特殊 token 參與計算但不畫出，每張圖用自己的尺度，橫縱軸單位相同。標得下的才寫出文字；一個字分成幾個 token 時，寫在第一個旁邊。`,
      `What comes out of each layer of ${context.model.name}, projected to a plane by principal components (PCA). Special tokens take part but are not drawn; every plot has a scale of its own, equal along both axes. Words are written where there is room; one of several tokens stands at its first.`,
    )
    return {
      groups: [{ ...first!, note }, ...rest],
      alternative: together(
        say(
          `問題、文章與答案的 token 在各層的位置，以 PCA 投影到平面。`,
          `Where the tokens of question, context and answer lie in each layer, projected to a plane by PCA.`,
        ),
        ...summaries,
      ),
    }
  },
}

/** @returns null for special tokens, which are not drawn. */
function kindsOf(text: TokenizedText, { answer }: QuestionInput): (Kind | null)[] {
  const span = answer === undefined ? undefined : findAnswer(text, answer)
  return text.tokens.map((token, position) => {
    if (token.special) return null
    if (span && position >= span.first && position <= span.last) return 'answer'
    return token.sequence === 0 ? 'question' : 'context'
  })
}

function explainedOf({ measurements }: Evidence): readonly (readonly number[])[] {
  return (measurements.layers as unknown as readonly { readonly explained: readonly number[] }[]).map(
    ({ explained }) => explained,
  )
}

function plotOf(
  text: TokenizedText,
  { data, shape }: Tensor,
  kindOf: readonly (Kind | null)[],
  layer: number,
  explained: readonly number[],
): PlotPanel {
  const tokens = shape[1]!
  const point = (position: number) => {
    const start = ((layer - 1) * tokens + position) * 2
    return [rounded(data[start]!), rounded(data[start + 1]!)] as const
  }
  const drawn = kindOf.flatMap((kind, position) => (kind ? [{ kind, position, at: point(position) }] : []))
  const [x, y] = [0, 1].map((axis) =>
    axisOf(
      drawn.map(({ at }) => at[axis]!),
      axis,
      explained[axis]!,
    ),
  ) as [Axis, Axis]
  const [wide, high] = [x.maximum - x.minimum, y.maximum - y.minimum]
  const frame = {
    x: widened(x, Math.max(wide, high)),
    y: widened(y, Math.max(wide, high)),
    form: 'square' as const,
  }
  const area = plotArea(frame)
  const wishes = drawn
    .map((each): LabelWish & { rank: number } => {
      const word = wordAt(text, each.position)
      const [px, py] = each.at
      return {
        text: word,
        x: area.x(px),
        y: area.y(py),
        series: kinds.indexOf(each.kind),
        isNeeded: each.kind === 'answer',
        rank: rankOf(each.kind, word),
      }
    })
    .sort((one, other) => one.rank - other.rank)
  const labels = placeLabels(
    wishes.filter(({ rank }) => rank < UNWRITTEN),
    wishes.map((wish) => [wish.x, wish.y]),
    area,
  )
  return {
    kind: 'plot',
    ...frame,
    caption: say(`Layer ${layer}`, `Layer ${layer}`),
    alternative: describePlot(layer, drawn),
    series: kinds.map((kind) => ({
      mark: ({ context: 'circle', question: 'square', answer: 'diamond' } as const)[kind],
      colour: kind,
      points: drawn.filter((each) => each.kind === kind).map(({ at }) => at),
    })),
    labels,
  }
}

/** @returns the whole word at its first token, and the token itself at the others. */
function wordAt({ tokens, texts }: TokenizedText, position: number): string {
  const token = tokens[position]!
  const isPiece = (other: Token | undefined) =>
    other?.sequence === token.sequence && other.word === token.word
  if (!token.span || isPiece(tokens[position - 1])) return token.text
  let last = token
  for (let next = position + 1; isPiece(tokens[next]); next++) last = tokens[next]!
  return texts[token.sequence]!.slice(token.span[0], last.span![1])
}

/** Ranks from here on are marks without words: ends of words and punctuation say little. */
const UNWRITTEN = 5

/** What is labelled first: the answer, the question's words, then words of the passage that say something. */
function rankOf(kind: Kind, word: string): number {
  if (kind === 'answer') return 0
  if (!/^[\p{L}\p{N}]+$/u.test(word)) return UNWRITTEN
  const isWord = /^[\p{L}\p{N}]{4,}$/u.test(word)
  if (kind === 'question') return isWord ? 1 : 3
  return isWord ? 2 : 4
}

function axisOf(values: readonly number[], axis: number, share: number): Axis {
  return {
    title: say(`第 ${axis + 1} 主成分（${percent(share)}）`, `Component ${axis + 1} (${percent(share)})`),
    minimum: Math.min(...values),
    maximum: Math.max(...values),
    ticks: [],
  }
}

/** The axis with the given length around the same middle, and a margin in which labels stand. */
function widened(axis: Axis, length: number): Axis {
  const middle = (axis.minimum + axis.maximum) / 2
  const half = length * 0.56
  return { ...axis, minimum: rounded(middle - half), maximum: rounded(middle + half) }
}

function describePlot(
  layer: number,
  drawn: readonly { readonly kind: Kind; readonly at: readonly [number, number] }[],
) {
  const extent = (kind: Kind) => {
    const own = drawn.filter((each) => each.kind === kind)
    const range = (axis: 0 | 1) => {
      const values = own.map(({ at }) => at[axis])
      return `${formatNumber(Math.min(...values))} – ${formatNumber(Math.max(...values))}`
    }
    return { count: own.length, x: own.length > 0 ? range(0) : '', y: own.length > 0 ? range(1) : '' }
  }
  const names = {
    question: say('問題', 'question'),
    context: say('文章', 'context'),
    answer: say('答案', 'answer'),
  }
  const parts = (['question', 'context', 'answer'] as const).map((kind) => ({
    ...extent(kind),
    name: names[kind],
  }))
  return say(
    `Layer ${layer}：${parts.map(({ name, count, x, y }) => `${name.zh} ${count} 個 token，橫軸 ${x}，縱軸 ${y}`).join('；')}。`,
    `Layer ${layer}: ${parts.map(({ name, count, x, y }) => `${name.en}, ${count} ${count === 1 ? 'token' : 'tokens'}, across ${x}, up ${y}`).join('; ')}.`,
  )
}

function passageTable(
  { question, context, answer }: QuestionInput,
  { measurements }: Evidence,
  name: { zh: string; en: string },
): TablePanel {
  const predicted = measurements.predicted as unknown as { text: string; probability: number }
  return {
    kind: 'table',
    caption: say(`${name.zh} 的文字`, `The text of ${name.en.toLowerCase()}`),
    columns: [{ title: say('部分', 'Part') }, { title: say('文字', 'Text') }],
    rows: [
      [say('問題', 'Question'), same(question)],
      [say('文章', 'Context'), same(context)],
      ...(answer === undefined ? [] : [[say('正確答案', 'Right answer'), same(answer)]]),
      [
        say('模型的回答', 'The model’s answer'),
        say(
          `${predicted.text}（機率 ${percent(predicted.probability)}）`,
          `${predicted.text} (probability ${percent(predicted.probability)})`,
        ),
      ],
    ],
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4))
}
