import type { EvidenceManifest, FloatTensor } from '../evidence'
import type { BertHeads } from '../onnx/bert'
import type { BertConfig } from './checkpoint'
import type { BertTokenizer, TokenizedText } from './tokenizer'

export interface EncodeOptions {
  /**
   * Token positions whose token is replaced by [MASK] before the network sees it, for the only text of the batch.
   */
  readonly masks?: readonly number[]
  /** Positions whose masked-language prediction is wanted, for the only text of the batch. */
  readonly predict?: readonly number[]
  /** Hides [CLS] and [SEP] as keys: nothing attends to them, while they still attend to the words. Default false. */
  readonly hideSpecialKeys?: boolean
}

/** Of one text. `tokens` counts the special ones. */
export interface EncodedText {
  /** [layers+1, tokens, width]; 0 is the embedding before the first layer. */
  readonly hiddenStates: FloatTensor
  /** [layers, heads, tokens, tokens]; rows are queries and sum to 1. */
  readonly attentions: FloatTensor
  /** [positions, vocabulary], in the order of `predict`; absent when nothing was asked or there is no such head. */
  readonly predictionLogits?: FloatTensor
  /** [tokens, 2]: first and last token of an answer; absent without a question-answering head. */
  readonly spanLogits?: FloatTensor
}

/** Of several texts, padded to the longest; values behind a text's own length are meaningless. */
export interface EncodedBatch {
  /** [layers+1, batch, tokens, width] */
  readonly hiddenStates: FloatTensor
  /** [layers, batch, heads, tokens, tokens] */
  readonly attentions: FloatTensor
  /** Tokens of each text. */
  readonly lengths: readonly number[]
}

/** A BERT ready to run. One run at a time is enough for every caller; runs may be started concurrently. */
export interface LanguageModel {
  readonly name: string
  /** SHA-256 of the weights. */
  readonly sha256: string
  readonly config: BertConfig
  readonly heads: BertHeads
  readonly tokenizer: BertTokenizer
  readonly provider: EvidenceManifest['provider']
  readonly precision: EvidenceManifest['precision']
  /**
   * @throws ExplainerError 'invalid-parameter' when the text is longer than the model's positions or a position of
   * `masks` or `predict` does not exist
   */
  encode(text: TokenizedText, options?: EncodeOptions): Promise<EncodedText>
  /** @throws ExplainerError 'invalid-parameter' as `encode` */
  encodeBatch(
    texts: readonly TokenizedText[],
    options?: Pick<EncodeOptions, 'hideSpecialKeys'>,
  ): Promise<EncodedBatch>
  /** Frees the session. */
  close(): Promise<void>
}
