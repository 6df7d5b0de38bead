import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { ExplainerError } from '../errors'
import { BertWeights } from '../onnx/bert-weights'
import { readStateDict } from '../onnx/safetensors'
import { BertTokenizer } from './tokenizer'
import { parseTokenizerFiles } from './tokenizer-config'

/** A BERT's sizes, in words instead of Hugging Face's keys. */
export interface BertConfig {
  readonly layers: number
  readonly heads: number
  readonly width: number
  /** Width between the two dense layers of a block. */
  readonly inner: number
  readonly vocabulary: number
  /** Longest input in tokens, special ones included. */
  readonly positions: number
  /** Token types: 0 for the first text of a pair, 1 for the second. */
  readonly types: number
  readonly activation: 'gelu' | 'gelu_new' | 'relu'
  readonly normEpsilon: number
}

/** A Hugging Face BERT folder, read and checked; the ONNX graph is built from `weights`. */
export interface BertCheckpoint {
  readonly name: string
  /** SHA-256 of the weights. */
  readonly sha256: string
  readonly config: BertConfig
  readonly weights: BertWeights
  readonly tokenizer: BertTokenizer
}

const count = z.int().positive()
const configSchema = z.object({
  hidden_size: count,
  num_hidden_layers: count,
  num_attention_heads: count,
  intermediate_size: count,
  vocab_size: count,
  max_position_embeddings: count,
  type_vocab_size: count.default(2),
  hidden_act: z.string().default('gelu'),
  layer_norm_eps: z.number().positive().default(1e-12),
})
const architectureSchema = z.object({
  model_type: z.string().optional(),
  architectures: z.array(z.string()).nullish(),
  position_embedding_type: z.string().optional(),
  is_decoder: z.boolean().optional(),
  add_cross_attention: z.boolean().optional(),
})

/**
 * @param json the content of `config.json`
 * @throws ExplainerError 'model-damaged' when a size is missing or impossible (the key is named), 'model-unsupported'
 * when it describes another architecture than an encoding BERT
 */
export function parseBertConfig(json: unknown, model: string): BertConfig {
  const damaged = (what: string) =>
    new ExplainerError('model-damaged', model, `${model}/config.json: ${what}`)
  const unsupported = (what: string) =>
    new ExplainerError('model-unsupported', model, `${model}/config.json: ${what}`)
  const architecture = architectureSchema.safeParse(json)
  if (!architecture.success) throw damaged(issuesOf(architecture.error))
  const { model_type: type, position_embedding_type: positions } = architecture.data
  const named = architecture.data.architectures?.find((name) => !name.startsWith('Bert'))
  if ((type !== undefined && type !== 'bert') || named !== undefined) {
    throw unsupported(`the architecture is '${named ?? type}'; 'bert' is supported`)
  }
  if (positions !== undefined && positions !== 'absolute') {
    throw unsupported(`position_embedding_type is '${positions}'; 'absolute' is supported`)
  }
  if (architecture.data.is_decoder || architecture.data.add_cross_attention) {
    throw unsupported('is_decoder or add_cross_attention is set; an encoder is supported')
  }
  const parsed = configSchema.safeParse(json)
  if (!parsed.success) throw damaged(issuesOf(parsed.error))
  const config = parsed.data
  if (config.hidden_size % config.num_attention_heads !== 0) {
    throw damaged(
      `hidden_size ${config.hidden_size} is not a multiple of num_attention_heads ${config.num_attention_heads}`,
    )
  }
  return {
    layers: config.num_hidden_layers,
    heads: config.num_attention_heads,
    width: config.hidden_size,
    inner: config.intermediate_size,
    vocabulary: config.vocab_size,
    positions: config.max_position_embeddings,
    types: config.type_vocab_size,
    activation: parseActivation(config.hidden_act, unsupported),
    normEpsilon: config.layer_norm_eps,
  }
}

function parseActivation(
  name: string,
  unsupported: (what: string) => ExplainerError,
): BertConfig['activation'] {
  switch (name) {
    case 'gelu':
    case 'relu':
    case 'gelu_new':
      return name
    case 'gelu_pytorch_tanh':
      return 'gelu_new'
    default:
      throw unsupported(
        `hidden_act is '${name}'; 'gelu', 'gelu_new', 'gelu_pytorch_tanh' and 'relu' are supported`,
      )
  }
}

function issuesOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`).join('; ')
}

/**
 * Reads what of a folder is no weights: by it alone many a model can be refused.
 * @throws ExplainerError 'model-missing', 'model-damaged' or 'model-unsupported'
 */
export async function readBertTexts(folder: string): Promise<Pick<BertCheckpoint, 'config' | 'tokenizer'>> {
  const name = basename(folder)
  const config = parseBertConfig(await readJson(folder, 'config.json'), name)
  const tokenizer = await readBertTokenizer(folder)
  if (tokenizer.size <= config.vocabulary) return { config, tokenizer }
  throw new ExplainerError(
    'model-damaged',
    name,
    `${name}: the tokenizer has ${tokenizer.size} tokens, config.json a vocab_size of ${config.vocabulary}`,
  )
}

/**
 * Reads a folder as Hugging Face lays it out: `config.json`, `tokenizer.json` or `vocab.txt` (with
 * `tokenizer_config.json`), and `model.safetensors` or its shards with their index.
 * @throws ExplainerError 'model-missing', 'model-damaged' or 'model-unsupported'
 */
export async function readBertCheckpoint(folder: string): Promise<BertCheckpoint> {
  const { config, tokenizer } = await readBertTexts(folder)
  const state = await readStateDict(folder)
  const weights = new BertWeights(state, config)
  return { name: basename(folder), sha256: state.sha256, config, weights, tokenizer }
}

/**
 * Reads the tokenizer alone.
 * @throws ExplainerError 'model-missing', 'model-damaged' or 'model-unsupported'
 */
export async function readBertTokenizer(folder: string): Promise<BertTokenizer> {
  const name = basename(folder)
  const tokenizer = await readText(join(folder, 'tokenizer.json'))
  const vocabulary = tokenizer === undefined ? await readText(join(folder, 'vocab.txt')) : undefined
  const config = await readText(join(folder, 'tokenizer_config.json'))
  return new BertTokenizer(parseTokenizerFiles({ tokenizer, vocabulary, config }, name), name)
}

async function readJson(folder: string, file: string): Promise<unknown> {
  const name = basename(folder)
  const text = await readText(join(folder, file))
  if (text === undefined) {
    throw new ExplainerError(
      'model-missing',
      name,
      `model '${name}': ${file} is not there; a BERT folder holds config.json, tokenizer.json or vocab.txt, and model.safetensors`,
    )
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new ExplainerError('model-damaged', name, `${name}/${file} is not JSON`, { cause })
  }
}

async function readText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw new ExplainerError('model-damaged', basename(path), `${basename(path)} cannot be read (${code})`, {
      cause: error,
    })
  }
}
