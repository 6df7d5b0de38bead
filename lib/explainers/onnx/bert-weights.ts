import type { BertConfig } from '../language/checkpoint'
import type { FloatConstant } from './graph'
import type { StateDict } from './safetensors'

/** Gain and offset of a layer normalisation, each [width]. */
export interface LayerNormWeights {
  readonly gain: FloatConstant
  readonly offset: FloatConstant
}

/** `weight` [outputs, inputs] as PyTorch stores it, `bias` [outputs]. */
export interface LinearWeights {
  readonly weight: FloatConstant
  readonly bias: FloatConstant
}

/**
 * Finds BERT's tensors in a checkpoint under any of the names in use: with or without the prefix `bert.`, layer
 * normalisation as `weight` and `bias` or, in checkpoints converted from TensorFlow, as `gamma` and `beta`.
 * Every reader checks the shape against the configuration.
 * @throws ExplainerError 'model-damaged' that names the tensor and the shape expected.
 */
export class BertWeights {
  readonly #prefix: string

  constructor(
    readonly state: StateDict,
    readonly config: BertConfig,
  ) {
    this.#prefix = state.has('embeddings.word_embeddings.weight') ? '' : 'bert.'
  }

  /** The heads that the checkpoint carries, whatever its configuration says. */
  get heads(): { readonly maskedLanguage: boolean; readonly questionAnswering: boolean } {
    return {
      maskedLanguage: this.state.has('cls.predictions.transform.dense.weight'),
      questionAnswering: this.state.has('qa_outputs.weight'),
    }
  }

  /** @returns an embedding table [rows, width]. `name` is relative to `embeddings.` */
  embedding(name: string, rows: number): FloatConstant {
    const path = `${this.#prefix}embeddings.${name}.weight`
    return this.state.floats(path, [rows, this.config.width])
  }

  embeddingNorm(): LayerNormWeights {
    return this.#layerNorm(`${this.#prefix}embeddings.LayerNorm`)
  }

  /** `path` is relative to `encoder.layer.N.` */
  layerNorm(layer: number, path: string): LayerNormWeights {
    return this.#layerNorm(`${this.#prefix}encoder.layer.${layer}.${path}`)
  }

  /** `path` is relative to `encoder.layer.N.` */
  linear(layer: number, path: string, inputs: number, outputs: number): LinearWeights {
    return this.#linear(`${this.#prefix}encoder.layer.${layer}.${path}`, inputs, outputs)
  }

  /** Dense layer and normalisation before the decoder of the masked-language head. */
  predictionTransform(): { dense: LinearWeights; norm: LayerNormWeights } {
    const { width } = this.config
    return {
      dense: this.#linear('cls.predictions.transform.dense', width, width),
      norm: this.#layerNorm('cls.predictions.transform.LayerNorm'),
    }
  }

  /** @returns the decoder [vocabulary, width] where the checkpoint has its own, else undefined: tied to the embedding. */
  ownDecoder(): FloatConstant | undefined {
    const name = 'cls.predictions.decoder.weight'
    if (!this.state.has(name)) return undefined
    return this.state.floats(name, [this.config.vocabulary, this.config.width])
  }

  decoderBias(): FloatConstant {
    const name = this.#firstOf('cls.predictions.bias', 'cls.predictions.decoder.bias')
    return this.state.floats(name, [this.config.vocabulary])
  }

  /** Two outputs: the logit of the answer's first token and of its last. */
  questionAnswering(): LinearWeights {
    return this.#linear('qa_outputs', this.config.width, 2)
  }

  #linear(path: string, inputs: number, outputs: number): LinearWeights {
    return {
      weight: this.state.floats(`${path}.weight`, [outputs, inputs]),
      bias: this.state.floats(`${path}.bias`, [outputs]),
    }
  }

  #layerNorm(path: string): LayerNormWeights {
    const shape = [this.config.width]
    return {
      gain: this.state.floats(this.#firstOf(`${path}.weight`, `${path}.gamma`), shape),
      offset: this.state.floats(this.#firstOf(`${path}.bias`, `${path}.beta`), shape),
    }
  }

  /** @returns the first name that is there, or else the first, so that the error names the usual one. */
  #firstOf(...names: [string, ...string[]]): string {
    return names.find((name) => this.state.has(name)) ?? names[0]
  }
}
