import { z } from 'zod'
import { ExplainerError } from '../errors'

/** What `@huggingface/tokenizers` is built from. */
export interface TokenizerConfig {
  readonly tokenizer: Readonly<Record<string, unknown>>
  readonly config: Readonly<Record<string, unknown>>
}

const SPECIAL_TOKENS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'] as const

const lowerCaseSchema = z.object({
  do_lower_case: z.boolean().default(true),
  strip_accents: z.boolean().nullish(),
  tokenize_chinese_chars: z.boolean().default(true),
})

/**
 * @param files contents of `tokenizer.json`, `vocab.txt` and `tokenizer_config.json`, undefined where absent.
 * A `vocab.txt` (one token a line, the line number is its id) is given the tokenizer that BERT was published with:
 * WordPiece of at most 100 characters a word, lower case unless `do_lower_case` is false.
 * @throws ExplainerError 'model-missing' when there is neither, 'model-damaged' or 'model-unsupported' otherwise
 */
export function parseTokenizerFiles(
  files: { tokenizer?: string | undefined; vocabulary?: string | undefined; config?: string | undefined },
  model: string,
): TokenizerConfig {
  const config = files.config === undefined ? {} : parseObject(files.config, `${model}/tokenizer_config.json`)
  if (files.tokenizer !== undefined) {
    const tokenizer = parseObject(files.tokenizer, `${model}/tokenizer.json`)
    const type = (tokenizer.model as { type?: unknown } | undefined)?.type
    if (type !== 'WordPiece') {
      throw new ExplainerError(
        'model-unsupported',
        model,
        `${model}/tokenizer.json: the model is '${String(type)}'; BERT's 'WordPiece' is supported`,
      )
    }
    return { tokenizer, config }
  }
  if (files.vocabulary === undefined) {
    throw new ExplainerError(
      'model-missing',
      model,
      `model '${model}': neither tokenizer.json nor vocab.txt is there`,
    )
  }
  return { tokenizer: wordPieceFromVocabulary(files.vocabulary, config, model), config }
}

function wordPieceFromVocabulary(
  text: string,
  config: Readonly<Record<string, unknown>>,
  model: string,
): Record<string, unknown> {
  const lines = text.replace(/\r?\n$/, '').split(/\r?\n/)
  const vocabulary = new Map(lines.map((token, id) => [token, id]))
  const missing = SPECIAL_TOKENS.find((token) => !vocabulary.has(token))
  if (missing !== undefined) {
    throw new ExplainerError('model-damaged', model, `${model}/vocab.txt: the token ${missing} is not in it`)
  }
  const options = lowerCaseSchema.safeParse(config)
  if (!options.success) {
    throw new ExplainerError(
      'model-damaged',
      model,
      `${model}/tokenizer_config.json: ${options.error.issues[0]?.path.join('.')} is not true or false`,
    )
  }
  const id = (token: string) => vocabulary.get(token) as number
  return {
    version: '1.0',
    added_tokens: SPECIAL_TOKENS.map((content) => ({
      id: id(content),
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: options.data.tokenize_chinese_chars,
      strip_accents: options.data.strip_accents ?? null,
      lowercase: options.data.do_lower_case,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'BertProcessing',
      sep: ['[SEP]', id('[SEP]')],
      cls: ['[CLS]', id('[CLS]')],
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary),
    },
  }
}

function parseObject(text: string, file: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text))
  } catch (cause) {
    throw new ExplainerError('model-damaged', file, `${file} is not a JSON object`, { cause })
  }
}
