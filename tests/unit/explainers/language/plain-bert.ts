import type { BertWeights, LayerNormWeights, LinearWeights } from '@/lib/explainers/onnx/bert-weights'
import type { FloatConstant } from '@/lib/explainers/onnx/graph'
import { float16ToNumber } from '@/lib/explainers/onnx/safetensors'

type Rows = number[][]

/** BERT written down plainly in float64, one loop after another: what the ONNX graph is compared with. */
export function plainBert(weights: BertWeights, ids: readonly number[], types: readonly number[]) {
  const { config } = weights
  const words = table(weights.embedding('word_embeddings', config.vocabulary))
  const places = table(weights.embedding('position_embeddings', config.positions))
  const kinds = table(weights.embedding('token_type_embeddings', config.types))
  const sums = ids.map((id, i) => words[id]!.map((word, j) => word + places[i]![j]! + kinds[types[i]!]![j]!))
  let hidden = normalize(sums, weights.embeddingNorm(), config.normEpsilon)
  const states = [hidden]
  const attentions: Rows[][] = []
  for (let layer = 0; layer < config.layers; layer++) {
    const dense = (path: string, rows: Rows, inputs: number, outputs: number) =>
      apply(weights.linear(layer, path, inputs, outputs), rows)
    const { width, inner } = config
    const [query, key, value] = ['query', 'key', 'value'].map((part) =>
      dense(`attention.self.${part}`, hidden, width, width),
    ) as [Rows, Rows, Rows]
    const size = width / config.heads
    const mixed: Rows = ids.map(() => new Array(width).fill(0))
    const heads: Rows[] = []
    for (let head = 0; head < config.heads; head++) {
      const columns = Array.from({ length: size }, (_, index) => head * size + index)
      const scores = query.map((asked) =>
        softmax(
          key.map((known) => columns.reduce((sum, c) => sum + asked[c]! * known[c]!, 0) / Math.sqrt(size)),
        ),
      )
      heads.push(scores)
      for (const [i, row] of scores.entries())
        for (const [k, weight] of row.entries())
          for (const c of columns) mixed[i]![c]! += weight * value[k]![c]!
    }
    attentions.push(heads)
    const attended = dense('attention.output.dense', mixed, width, width)
    const middle = normalize(
      add(attended, hidden),
      weights.layerNorm(layer, 'attention.output.LayerNorm'),
      config.normEpsilon,
    )
    const raised = dense('intermediate.dense', middle, width, inner).map((row) =>
      row.map((x) => activate(x, config.activation)),
    )
    const lowered = dense('output.dense', raised, inner, width)
    hidden = normalize(add(lowered, middle), weights.layerNorm(layer, 'output.LayerNorm'), config.normEpsilon)
    states.push(hidden)
  }
  return { states, attentions }
}

/** @returns the masked-language logits of one final hidden state. */
export function plainPrediction(weights: BertWeights, state: readonly number[]): number[] {
  const { config } = weights
  const { dense, norm } = weights.predictionTransform()
  const raised = apply(dense, [[...state]]).map((row) => row.map((x) => activate(x, config.activation)))
  const [transformed] = normalize(raised, norm, config.normEpsilon)
  const decoder = weights.ownDecoder() ?? weights.embedding('word_embeddings', config.vocabulary)
  const bias = numbers(weights.decoderBias())
  return table(decoder).map(
    (row, id) => row.reduce((sum, value, j) => sum + value * transformed![j]!, 0) + bias[id]!,
  )
}

function numbers({ type, data }: FloatConstant): number[] {
  return Array.from(data, type === 'float16' ? float16ToNumber : Number)
}

function table(constant: FloatConstant): Rows {
  const [rows = 0, width = 0] = constant.shape
  const values = numbers(constant)
  return Array.from({ length: rows }, (_, row) => values.slice(row * width, (row + 1) * width))
}

function apply({ weight, bias }: LinearWeights, rows: Rows): Rows {
  const matrix = table(weight)
  const added = numbers(bias)
  return rows.map((row) =>
    matrix.map((line, o) => line.reduce((sum, w, i) => sum + w * row[i]!, 0) + added[o]!),
  )
}

function add(one: Rows, other: Rows): Rows {
  return one.map((row, i) => row.map((value, j) => value + other[i]![j]!))
}

function normalize(rows: Rows, norm: LayerNormWeights, epsilon: number): Rows {
  const [gain, offset] = [numbers(norm.gain), numbers(norm.offset)]
  return rows.map((row) => {
    const mean = row.reduce((sum, value) => sum + value, 0) / row.length
    const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length
    return row.map((value, i) => ((value - mean) / Math.sqrt(variance + epsilon)) * gain[i]! + offset[i]!)
  })
}

function softmax(scores: readonly number[]): number[] {
  const weights = scores.map(Math.exp)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return weights.map((weight) => weight / total)
}

function activate(x: number, kind: 'gelu' | 'gelu_new' | 'relu'): number {
  if (kind === 'relu') return Math.max(0, x)
  if (kind === 'gelu_new') {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)))
  }
  return 0.5 * x * (1 + erf(x / Math.SQRT2))
}

/** Maclaurin series: exact to double precision for the small arguments here. */
function erf(x: number): number {
  let term = x
  let sum = x
  for (let n = 1; Math.abs(term) > 1e-18; n++) {
    term *= (-x * x) / n
    sum += term / (2 * n + 1)
  }
  return (2 / Math.sqrt(Math.PI)) * sum
}
