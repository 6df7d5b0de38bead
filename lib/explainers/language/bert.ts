import { ExplainerError } from '../errors'
import type { FloatTensor } from '../evidence'
import { type BertHeads, buildBertGraph } from '../onnx/bert'
import type { Constant } from '../onnx/graph'
import { GraphSession } from '../runtime/graph-session'
import { choosePrecision, modelPrecision, type Precision } from '../runtime/precision'
import { chooseProvider, type Provider } from '../runtime/provider'
import { type BertCheckpoint, type BertConfig, readBertCheckpoint } from './checkpoint'
import type { EncodedBatch, EncodedText, EncodeOptions, LanguageModel } from './language-model'
import type { BertTokenizer, Token, TokenizedText } from './tokenizer'

export interface BertOptions {
  /** Use only this execution provider; default: the best there is, or what VITRINE_PROVIDER says. */
  readonly provider?: Provider
  /** Threads of the CPU provider; default: one for each core. */
  readonly threads?: number
}

/** exp(−1e9) is 0 in float32, and a row in which every key is hidden still has a softmax. */
const HIDDEN = -1e9

/**
 * Opens a BERT from a Hugging Face folder, with the heads that its weights carry.
 * @throws ExplainerError 'model-missing', 'model-damaged', 'model-unsupported' or 'provider-unavailable'
 */
export async function openBert(folder: string, options: BertOptions = {}): Promise<LanguageModel> {
  const checkpoint = await readBertCheckpoint(folder)
  const graph = buildBertGraph(checkpoint.weights, checkpoint.weights.heads)
  const { provider } = await chooseProvider(options.provider)
  const threads = options.threads === undefined ? {} : { threads: options.threads }
  const precision = modelPrecision(choosePrecision(provider))
  const session = await GraphSession.create(graph, { provider, ...threads }, checkpoint.name)
  return new OnnxBert(checkpoint, provider, precision, session)
}

class OnnxBert implements LanguageModel {
  readonly name: string
  readonly sha256: string
  readonly config: BertConfig
  readonly heads: BertHeads
  readonly tokenizer: BertTokenizer
  readonly #session: GraphSession

  constructor(
    { name, sha256, config, weights, tokenizer }: BertCheckpoint,
    readonly provider: Provider,
    readonly precision: Precision,
    session: GraphSession,
  ) {
    this.name = name
    this.sha256 = sha256
    this.config = config
    this.heads = weights.heads
    this.tokenizer = tokenizer
    this.#session = session
  }

  async encode(text: TokenizedText, options: EncodeOptions = {}): Promise<EncodedText> {
    const { masks = [], predict = [], hideSpecialKeys = false } = options
    for (const position of [...masks, ...predict]) checkPosition(position, text.tokens)
    const tokens = text.tokens.map((token, position) =>
      masks.includes(position) ? { ...token, id: this.tokenizer.maskId } : token,
    )
    // The head needs a row even where no prediction is wanted.
    const rows = predict.length > 0 ? predict : [0]
    const outputs = await this.#run([tokens], rows, hideSpecialKeys)
    const wantsPrediction = predict.length > 0 && outputs.prediction_logits
    return {
      hiddenStates: withoutAxis(outputs.hidden_states!, 1),
      attentions: withoutAxis(outputs.attentions!, 1),
      ...(wantsPrediction ? { predictionLogits: outputs.prediction_logits! } : {}),
      ...(outputs.span_logits ? { spanLogits: withoutAxis(outputs.span_logits, 0) } : {}),
    }
  }

  async encodeBatch(
    texts: readonly TokenizedText[],
    { hideSpecialKeys = false }: Pick<EncodeOptions, 'hideSpecialKeys'> = {},
  ): Promise<EncodedBatch> {
    const tokens = texts.map((text) => text.tokens)
    const outputs = await this.#run(tokens, [0], hideSpecialKeys)
    return {
      hiddenStates: outputs.hidden_states!,
      attentions: outputs.attentions!,
      lengths: tokens.map((sequence) => sequence.length),
    }
  }

  async close(): Promise<void> {
    await this.#session.close()
  }

  async #run(
    batch: readonly (readonly Token[])[],
    rows: readonly number[],
    hideSpecialKeys: boolean,
  ): Promise<Readonly<Record<string, FloatTensor>>> {
    const width = Math.max(...batch.map((tokens) => tokens.length))
    if (width > this.config.positions) {
      throw new ExplainerError(
        'invalid-parameter',
        'text',
        `the text has ${width} tokens; ${this.name} reads at most ${this.config.positions}`,
      )
    }
    const ids = new BigInt64Array(batch.length * width).fill(BigInt(this.tokenizer.padId))
    const types = new BigInt64Array(batch.length * width)
    const bias = new Float32Array(batch.length * width * width)
    for (const [item, tokens] of batch.entries()) {
      const keys = new Float32Array(width).fill(HIDDEN)
      for (const [position, token] of tokens.entries()) {
        ids[item * width + position] = BigInt(token.id)
        types[item * width + position] = BigInt(Math.min(token.sequence, this.config.types - 1))
        if (!(hideSpecialKeys && token.special)) keys[position] = 0
      }
      for (let query = 0; query < width; query++) bias.set(keys, (item * width + query) * width)
    }
    const shape = [batch.length, width]
    const inputs: Record<string, Constant> = {
      input_ids: { type: 'int64', shape, data: ids },
      token_type_ids: { type: 'int64', shape, data: types },
      attention_bias: { type: 'float32', shape: [batch.length, 1, width, width], data: bias },
    }
    if (this.heads.maskedLanguage) {
      const data = BigInt64Array.from(rows, BigInt)
      inputs.prediction_rows = { type: 'int64', shape: [rows.length], data }
    }
    return this.#session.run(inputs)
  }
}

function checkPosition(position: number, tokens: readonly Token[]): void {
  const token = tokens[position]
  if (token && !token.special) return
  throw new ExplainerError(
    'invalid-parameter',
    'position',
    `position ${position} cannot be masked or predicted; allowed are the words' positions, 1 to ${tokens.length - 2}`,
  )
}

/** Drops an axis of size 1. */
function withoutAxis({ data, shape }: FloatTensor, axis: number): FloatTensor {
  return { data, shape: shape.filter((_, index) => index !== axis) }
}
