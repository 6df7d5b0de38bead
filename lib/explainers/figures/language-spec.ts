import { z } from 'zod'

/** Figures of language models, as data that a question's author writes; part of `FigureSpec`. */

const shared = {
  variant: z.enum(['homework', 'paper']).default('homework'),
}
const masked = { ...shared, model: z.string().min(1).default('bert-small-mlm') }
const answering = { ...shared, model: z.string().min(1).default('bert-small-qa') }

const sentence = z.string().trim().min(1).max(500)
/** A word as it stands in the sentence. */
const word = z.string().min(1)
const words = z.array(word).min(1)
/** Layers and heads are counted from 1, as exBERT's interface does. */
const place = z.int().min(1)
const places = z.array(place).min(1).max(24)
const metrics = z
  .array(z.enum(['cosine', 'euclidean']))
  .min(1)
  .max(2)
/** A part of every bundled sentence, and its place in the sentence is that of its first occurrence. */
const part = z.string().min(1)

export const languageFigureSpecs = [
  /** What every token attends to, in one head of several layers; one token's weights may be singled out. */
  z.strictObject({
    layout: z.literal('attention-heads'),
    ...masked,
    sentence,
    head: place,
    layers: places,
    from: word.optional(),
    /** Its weight from `from` is measured, not marked in the figure. */
    to: word.optional(),
  }),
  /** What the model expects at one masked word, with other words masked as well. */
  z.strictObject({
    layout: z.literal('masked-words'),
    ...masked,
    sentence,
    at: word,
    /** For each comparison, which words are masked beside `at`. */
    also: z.array(z.array(word)).min(1).max(4).default([[]]),
    /** Tokens whose probabilities are shown, likely or not. */
    watch: z.array(z.string().min(1)).max(6).default([]),
    top: z.int().min(3).max(12).default(6),
  }),
  /** Parts of speech of the words in a corpus whose contextual embeddings are nearest to that of a masked word. */
  z.strictObject({
    layout: z.literal('corpus-neighbours'),
    ...masked,
    sentence,
    at: word,
    mask: words,
    layers: places,
    corpus: z.string().min(1).default('moby-dick'),
    /** The corpus is searched up to the sentence in which so many words are reached. */
    words: z.int().min(100).max(40_000).default(5000),
    neighbours: z.int().min(5).max(200).default(50),
  }),
  /** Question, passage and answer in the plane of the two principal components, layer by layer. */
  z.strictObject({
    layout: z.literal('embedding-space'),
    ...answering,
    /** Bundled passages, counted from 1. */
    passages: z.array(place).min(1).max(3),
    layers: places,
    /** Layers that stand together under one heading; default: all of a passage. */
    together: z.int().min(1).max(6).optional(),
  }),
  /** How alike one part is in the bundled sentences, for several parts and metrics. */
  z.strictObject({
    layout: z.literal('similarity-matrices'),
    ...masked,
    parts: z.array(part).min(1).max(4),
    metrics,
    /** Hidden state: 0 is the embedding, 12 what comes out of the last of twelve layers. */
    layer: z.int().min(0).max(48),
  }),
  /** How alike one part is in two of the sentences, at every hidden state. */
  z.strictObject({
    layout: z.literal('similarity-trend'),
    ...masked,
    part,
    metrics,
    /** Two of the bundled sentences, counted from 1. */
    pair: z.tuple([place, place]),
  }),
  /** Differences between pairs of sentences against the distance of one part in them. */
  z.strictObject({
    layout: z.literal('embedding-pairs'),
    ...masked,
    part,
    metric: z.enum(['cosine', 'euclidean']).default('euclidean'),
  }),
] as const
