import type { BertConfig } from '../language/checkpoint'
import type { BertWeights, LayerNormWeights, LinearWeights } from './bert-weights'
import type { FloatConstant, Graph } from './graph'
import { GraphBuilder } from './graph-builder'

/** ONNX's number for the element type float32. */
const ONNX_FLOAT = 1

/** Heads that the graph ends in. A graph can have both, either or none. */
export interface BertHeads {
  readonly maskedLanguage: boolean
  readonly questionAnswering: boolean
}

/**
 * BERT (Devlin et al., 2019, "Pre-training of Deep Bidirectional Transformers") in float32, evaluation mode.
 *
 * Inputs, with free sizes `batch` and `tokens`:
 * - `input_ids`, `token_type_ids` int64 [batch, tokens]
 * - `attention_bias` float32 [batch, 1, tokens, tokens]: added to the scores of query (third axis) and key (fourth);
 *   0 lets a query see a key, a large negative number hides it. One mask a query, so that special tokens can be
 *   hidden as keys while they still ask
 * - `prediction_rows` int64 [rows], only with the masked-language head: which rows of [batch × tokens] to predict;
 *   the head is the widest product of the network, so it runs on those alone
 *
 * Outputs:
 * - `hidden_states` [layers+1, batch, tokens, width]: 0 is the sum of the embeddings after its normalisation
 * - `attentions` [layers, batch, heads, tokens, tokens]: softmax weights, rows are queries
 * - `prediction_logits` [rows, vocabulary]; `span_logits` [batch, tokens, 2] (first and last token of an answer)
 *
 * @throws ExplainerError 'model-damaged' that names a missing or misshapen tensor
 */
export function buildBertGraph(weights: BertWeights, heads: BertHeads): Graph {
  const { config } = weights
  const builder = new GraphBuilder('bert')
  const write = new BertWriter(builder, config)
  const ids = builder.input('input_ids', 'int64', ['batch', 'tokens'])
  const types = builder.input('token_type_ids', 'int64', ['batch', 'tokens'])
  const bias = builder.input('attention_bias', 'float32', ['batch', 1, 'tokens', 'tokens'])

  const words = write.weights(weights.embedding('word_embeddings', config.vocabulary))
  let hidden = write.embeddings(weights, words, ids, types)
  const states = [hidden]
  const attentions: string[] = []
  for (let layer = 0; layer < config.layers; layer++) {
    const { attention, context } = write.selfAttention(weights, layer, hidden, bias)
    attentions.push(attention)
    const attended = write.linear(
      context,
      weights.linear(layer, 'attention.output.dense', config.width, config.width),
    )
    const middle = write.layerNorm(
      builder.node('Add', [attended, hidden]),
      weights.layerNorm(layer, 'attention.output.LayerNorm'),
    )
    const raised = write.activation(
      write.linear(middle, weights.linear(layer, 'intermediate.dense', config.width, config.inner)),
    )
    const lowered = write.linear(raised, weights.linear(layer, 'output.dense', config.inner, config.width))
    hidden = write.layerNorm(
      builder.node('Add', [lowered, middle]),
      weights.layerNorm(layer, 'output.LayerNorm'),
    )
    states.push(hidden)
  }
  builder.output(write.stack(states, 'hidden_states'), 'float32', [
    config.layers + 1,
    'batch',
    'tokens',
    config.width,
  ])
  builder.output(write.stack(attentions, 'attentions'), 'float32', [
    config.layers,
    'batch',
    config.heads,
    'tokens',
    'tokens',
  ])
  if (heads.maskedLanguage) {
    const rows = builder.input('prediction_rows', 'int64', ['rows'])
    builder.output(write.predictions(weights, words, hidden, rows), 'float32', ['rows', config.vocabulary])
  }
  if (heads.questionAnswering) {
    const logits = write.linear(hidden, weights.questionAnswering(), 'span_logits')
    builder.output(logits, 'float32', ['batch', 'tokens', 2])
  }
  return builder.build()
}

/** The parts of BERT, written into one graph. */
class BertWriter {
  constructor(
    readonly builder: GraphBuilder,
    readonly config: BertConfig,
  ) {}

  /** Weights as float32. What is done to them alone is done once: a session keeps the result instead. */
  weights(constant: FloatConstant): string {
    const { builder } = this
    const stored = builder.constant(constant)
    if (constant.type === 'float32') return stored
    return builder.node('Cast', [stored], { attributes: { to: ONNX_FLOAT } })
  }

  /** Word + position + type, normalised: [batch, tokens, width]. */
  embeddings(weights: BertWeights, words: string, ids: string, types: string): string {
    const { builder, config } = this
    const positions = this.weights(weights.embedding('position_embeddings', config.positions))
    const kinds = this.weights(weights.embedding('token_type_embeddings', config.types))
    const tokens = builder.node('Shape', [ids], { attributes: { start: 1, end: 2 } })
    const places = builder.node('Slice', [positions, builder.int64([0]), tokens, builder.int64([0])])
    const word = builder.node('Gather', [words, ids])
    const kind = builder.node('Gather', [kinds, types])
    const sum = builder.node('Add', [builder.node('Add', [word, kind]), places])
    return this.layerNorm(sum, weights.embeddingNorm())
  }

  /** @returns softmax weights [batch, heads, tokens, tokens] and the mixed values [batch, tokens, width]. */
  selfAttention(weights: BertWeights, layer: number, hidden: string, bias: string) {
    const { builder, config } = this
    const size = config.width / config.heads
    const split = (path: string, order: readonly number[]) => {
      const projected = this.linear(
        hidden,
        weights.linear(layer, `attention.self.${path}`, config.width, config.width),
      )
      const heads = builder.node('Reshape', [projected, builder.int64([0, 0, config.heads, size])])
      return builder.node('Transpose', [heads], { attributes: { perm: order } })
    }
    const scores = builder.node('MatMul', [split('query', [0, 2, 1, 3]), split('key', [0, 2, 3, 1])])
    const scaled = builder.node('Mul', [scores, builder.scalar(1 / Math.sqrt(size))])
    const attention = builder.node('Softmax', [builder.node('Add', [scaled, bias])], {
      attributes: { axis: -1 },
    })
    const mixed = builder.node('MatMul', [attention, split('value', [0, 2, 1, 3])])
    const joined = builder.node('Transpose', [mixed], { attributes: { perm: [0, 2, 1, 3] } })
    return {
      attention,
      context: builder.node('Reshape', [joined, builder.int64([0, 0, config.width])]),
    }
  }

  /** Transform, normalisation and decoder, on the asked-for rows only. */
  predictions(weights: BertWeights, words: string, hidden: string, rows: string): string {
    const { builder, config } = this
    const flat = builder.node('Reshape', [hidden, builder.int64([-1, config.width])])
    const asked = builder.node('Gather', [flat, rows])
    const { dense, norm } = weights.predictionTransform()
    const transformed = this.layerNorm(this.activation(this.linear(asked, dense)), norm)
    const own = weights.ownDecoder()
    const decoder = own ? this.weights(own) : words
    const bias = this.weights(weights.decoderBias())
    return builder.node('Gemm', [transformed, decoder, bias], {
      attributes: { transB: 1 },
      output: 'prediction_logits',
    })
  }

  /** x·Wᵀ + b on the last axis. */
  linear(input: string, { weight, bias }: LinearWeights, output?: string): string {
    const { builder } = this
    const matrix = builder.node('Transpose', [this.weights(weight)], { attributes: { perm: [1, 0] } })
    const product = builder.node('MatMul', [input, matrix])
    return builder.node('Add', [product, this.weights(bias)], { output })
  }

  layerNorm(input: string, { gain, offset }: LayerNormWeights): string {
    const { builder, config } = this
    const inputs = [input, this.weights(gain), this.weights(offset)]
    return builder.node('LayerNormalization', inputs, {
      attributes: { axis: -1, epsilon: { float: config.normEpsilon } },
    })
  }

  activation(input: string): string {
    const { builder } = this
    const node = (operator: string, ...inputs: string[]) => builder.node(operator, inputs)
    switch (this.config.activation) {
      case 'relu':
        return node('Relu', input)
      case 'gelu': {
        // x·Φ(x) by the error function; written out, because onnxruntime fuses this form on every provider.
        const erf = node('Erf', node('Div', input, builder.scalar(Math.SQRT2)))
        return node('Mul', node('Mul', input, node('Add', erf, builder.scalar(1))), builder.scalar(0.5))
      }
      case 'gelu_new': {
        // Hendrycks & Gimpel (2016): Φ by a hyperbolic tangent.
        const cube = node('Mul', node('Mul', node('Mul', input, input), input), builder.scalar(0.044715))
        const inner = node('Mul', node('Add', input, cube), builder.scalar(Math.sqrt(2 / Math.PI)))
        return node(
          'Mul',
          node('Mul', input, node('Add', node('Tanh', inner), builder.scalar(1))),
          builder.scalar(0.5),
        )
      }
    }
  }

  /** Stacks values on a new first axis. */
  stack(values: readonly string[], output: string): string {
    const { builder } = this
    const raised = values.map((value) => builder.node('Unsqueeze', [value, builder.int64([0])]))
    return builder.node('Concat', raised, { attributes: { axis: 0 }, output })
  }
}
