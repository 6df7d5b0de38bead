import { Tokenizer } from '@huggingface/tokenizers'
import { ExplainerError } from '../errors'
import { alignNormalized } from './normalized-text'
import type { TokenizerConfig } from './tokenizer-config'

/** One position of the input, with the characters that it stands for. */
export interface Token {
  readonly id: number
  /** The word piece; continuations begin with `##`. */
  readonly text: string
  /** Which of the texts of a pair it belongs to; the special tokens after a text count to it. BERT's token type. */
  readonly sequence: 0 | 1
  /** [CLS], [SEP] and [PAD]: added by the tokenizer or typed. [MASK] and [UNK] stand for words and are not special. */
  readonly special: boolean
  /** First character and the one after the last, in UTF-16 units of its text; null for special tokens. */
  readonly span: readonly [number, number] | null
  /** Number of the word (or single Chinese character, or punctuation mark) in its text; pieces share it. Null as `span`. */
  readonly word: number | null
}

export interface TokenizedText {
  readonly texts: readonly [string] | readonly [string, string]
  /** [CLS] text [SEP], or [CLS] first [SEP] second [SEP]. */
  readonly tokens: readonly Token[]
}

type Piece = Omit<Token, 'sequence'>

/** BERT's WordPiece tokenizer that also knows where in the text each token stands. */
export class BertTokenizer {
  readonly #tokenizer: Tokenizer
  readonly #typedTokens: RegExp
  readonly #unknown: string
  readonly #prefix: string
  readonly #silent: ReadonlySet<string>
  readonly maskId: number
  readonly padId: number
  /** Number of tokens that there are: ids are below it. */
  readonly size: number

  /** @throws ExplainerError 'model-damaged' when the files do not make a tokenizer with [CLS], [SEP], [PAD], [MASK] */
  constructor(
    { tokenizer, config }: TokenizerConfig,
    readonly model: string,
  ) {
    try {
      this.#tokenizer = new Tokenizer(tokenizer, config)
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new ExplainerError('model-damaged', model, `${model}: the tokenizer is unreadable (${reason})`, {
        cause,
      })
    }
    const wordPiece = tokenizer.model as { unk_token?: string; continuing_subword_prefix?: string }
    this.#unknown = wordPiece.unk_token ?? '[UNK]'
    this.#prefix = wordPiece.continuing_subword_prefix ?? '##'
    this.maskId = this.#idOf('[MASK]')
    this.padId = this.#idOf('[PAD]')
    this.#silent = new Set(['[CLS]', '[SEP]', '[PAD]'])
    for (const token of this.#silent) this.#idOf(token)
    const typed = [...this.#tokenizer.get_added_tokens_decoder().values()]
      .filter((token) => !token.normalized)
      .map((token) => token.content.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .sort((one, other) => other.length - one.length)
    this.#typedTokens = new RegExp(`(${typed.join('|')})`, 'u')
    // get_vocab() walks the ids, so that its largest one bounds them all.
    this.size = 1 + [...this.#tokenizer.get_vocab().values()].reduce((most, id) => Math.max(most, id), -1)
  }

  /**
   * @param second the passage when `first` is a question
   * @throws ExplainerError 'invalid-parameter' when a text holds nothing that makes a token
   */
  tokenize(first: string, second?: string): TokenizedText {
    const texts = second === undefined ? ([first] as const) : ([first, second] as const)
    const [cls, sep] = [this.#special('[CLS]'), this.#special('[SEP]')]
    const tokens: Token[] = [{ ...cls, sequence: 0 }]
    for (const [index, text] of texts.entries()) {
      const sequence = index === 0 ? 0 : 1
      const pieces = this.#pieces(text)
      if (pieces.length === 0) {
        throw new ExplainerError('invalid-parameter', 'text', 'the text is empty; type at least one word')
      }
      tokens.push(...pieces.map((piece) => ({ ...piece, sequence }) as const), { ...sep, sequence })
    }
    this.#checkAgainstLibrary(texts, tokens)
    return { texts, tokens }
  }

  /** @returns the token's text; [UNK] for an id that does not exist. */
  textOf(id: number): string {
    return this.#tokenizer.id_to_token(id) ?? this.#unknown
  }

  /** @returns the id of a whole token, undefined when the vocabulary has no such token. */
  idOf(text: string): number | undefined {
    return this.#tokenizer.token_to_id(text)
  }

  #pieces(text: string): Piece[] {
    const pieces: Piece[] = []
    let start = 0
    let word = 0
    // Splitting by a capturing group leaves the typed special tokens at the odd places.
    for (const [place, section] of text.split(this.#typedTokens).entries()) {
      if (place % 2 === 1) {
        const special = this.#silent.has(section)
        const span = [start, start + section.length] as const
        pieces.push(
          special
            ? this.#special(section)
            : { id: this.#idOf(section), text: section, special, span, word: word++ },
        )
      } else {
        word = this.#sectionPieces(section, start, word, pieces)
      }
      start += section.length
    }
    return pieces
  }

  /** Adds the pieces of a text without typed special tokens. @returns the number of the next word. */
  #sectionPieces(section: string, offset: number, firstWord: number, pieces: Piece[]): number {
    const { normalizer, pre_tokenizer: splitter, model } = this.#tokenizer
    const normalized = alignNormalized(section, (text) => normalizer?.normalize(text) ?? text)
    const words = splitter ? splitter.pre_tokenize(normalized.text) : [normalized.text]
    let from = 0
    let number = firstWord
    for (const word of words) {
      const start = normalized.text.indexOf(word, from)
      if (start < 0) throw new Error(`tokenizer of ${this.model}: the word '${word}' is not in its text`)
      from = start + word.length
      let at = start
      for (const [index, text] of (model?.encode([word]) ?? []).entries()) {
        const length =
          text === this.#unknown ? word.length : text.length - (index > 0 ? this.#prefix.length : 0)
        const [begin, end] = normalized.span(at, at + length)
        const span = [offset + begin, offset + end] as const
        pieces.push({ id: this.#idOf(text), text, special: false, span, word: number })
        at += length
      }
      number += 1
    }
    return number
  }

  /** The ids must be the library's own; ours only adds where each token stands. */
  #checkAgainstLibrary(texts: TokenizedText['texts'], tokens: readonly Token[]): void {
    const { ids } = this.#tokenizer.encode(texts[0], { text_pair: texts[1] ?? null })
    if (ids.length !== tokens.length || ids.some((id, index) => id !== tokens[index]?.id)) {
      throw new ExplainerError(
        'model-unsupported',
        this.model,
        `${this.model}: its tokenizer splits '${texts.join(' ')}' in a way that characters cannot be assigned to; BERT's normalizer, pre-tokenizer and post-processor are supported`,
      )
    }
  }

  #special(text: string): Piece {
    return { id: this.#idOf(text), text, special: true, span: null, word: null }
  }

  #idOf(token: string): number {
    const id = this.#tokenizer.token_to_id(token)
    if (id === undefined) {
      throw new ExplainerError(
        'model-damaged',
        this.model,
        `${this.model}: the tokenizer has no token ${token}`,
      )
    }
    return id
  }
}
