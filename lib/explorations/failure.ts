import path from 'node:path'
import { z } from 'zod'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { ExplainerError } from '@/lib/explainers/errors'
import { mostPassageTokens, mostTokens } from '@/lib/explorations/schema'
import { TooLongError } from '@/lib/explorations/sentence-tokens'

/** Why an exploration could not be computed, as it is stored; details are in the worker's log only. */
export interface ExplorationFailure {
  readonly code: keyof typeof words
  /** The model or corpus at fault, the number of tokens. */
  readonly subject: string
}

interface Words {
  readonly message: Bilingual
  /** What to type on the server to mend it. */
  readonly command?: string
}

/** Repositories of the Hugging Face Hub for the models that the homework names without their owner. */
const repositories: { readonly [model: string]: string } = {
  'bert-base-cased': 'google-bert/bert-base-cased',
  'bert-base-chinese': 'google-bert/bert-base-chinese',
}

const pull = (model: string) => `npm run vitrine -- models pull ${repositories[model] ?? model}`

const words = {
  'model-missing': (model: string): Words => ({
    message: { zh: `這裡還沒有安裝模型「${model}」。`, en: `The model ${model} is not installed here.` },
    command: pull(model),
  }),
  'model-damaged': (model: string): Words => ({
    message: { zh: `模型「${model}」的檔案已損壞。`, en: `The files of the model ${model} are damaged.` },
    command: pull(model),
  }),
  'model-unsupported': (model: string): Words => ({
    message: {
      zh: `模型「${model}」不能做這件事：它不是 BERT，或缺少所需的輸出層。`,
      en: `The model ${model} cannot do this: it is no BERT, or lacks the head that this needs.`,
    },
  }),
  'corpus-missing': (corpus: string): Words => ({
    message: { zh: `這裡還沒有語料「${corpus}」。`, en: `The corpus ${corpus} is not here yet.` },
    command: `npm run vitrine -- corpus add FILE --name ${corpus}`,
  }),
  'corpus-damaged': (corpus: string): Words => ({
    message: {
      zh: `語料「${corpus}」的檔案已損壞，請重新建立索引。`,
      en: `The files of the corpus ${corpus} are damaged; build its index again.`,
    },
  }),
  'corpus-not-indexed': (corpus: string): Words => ({
    message: {
      zh: `語料「${corpus}」還沒有這個模型的索引。`,
      en: `The corpus ${corpus} has no index for this model yet.`,
    },
  }),
  'invalid-parameter': (what: string): Words => ({
    message: {
      zh: `這個要求不適用於這個句子與模型（${what}）。`,
      en: `This request does not fit the sentence and the model (${what}).`,
    },
  }),
  'too-long': (tokens: string): Words => ({
    message: {
      zh: `這個句子有 ${tokens} 個 token，最多 ${mostTokens} 個。`,
      en: `The sentence has ${tokens} tokens; at most ${mostTokens} can be shown.`,
    },
  }),
  'passage-too-long': (tokens: string): Words => ({
    message: {
      zh: `問題與文章共有 ${tokens} 個 token，最多 ${mostPassageTokens} 個。請縮短文章。`,
      en: `Question and passage have ${tokens} tokens; at most ${mostPassageTokens} can be shown. Shorten the passage.`,
    },
  }),
  'answer-missing': (): Words => ({
    message: {
      zh: '文章中找不到這個答案。請照文章裡的寫法輸入，或將答案留空。',
      en: 'The answer does not stand in the passage. Type it as it is written there, or leave it empty.',
    },
  }),
  'provider-unavailable': (device: string): Words => ({
    message: {
      zh: `計算裝置「${device}」無法使用。`,
      en: `The computing device (${device}) is not available.`,
    },
  }),
  stopped: (): Words => ({
    message: {
      zh: '網站管理員停止了這項計算。',
      en: 'The site’s operator has stopped this computation.',
    },
  }),
  internal: (): Words => ({
    message: {
      zh: '計算沒有成功，原因在伺服器的紀錄中。',
      en: 'The computation failed; the reason is in the server’s log.',
    },
  }),
} as const

const failureSchema = z.object({
  code: z.enum(Object.keys(words) as [ExplorationFailure['code'], ...ExplorationFailure['code'][]]),
  subject: z.string(),
})

/** @returns what to store for an error of the computation; an unexpected one keeps nothing of its message. */
export function failureOf(error: unknown): ExplorationFailure {
  if (error instanceof TooLongError)
    return {
      code: error.most === mostPassageTokens ? 'passage-too-long' : 'too-long',
      subject: String(error.tokens),
    }
  if (!(error instanceof ExplainerError)) return { code: 'internal', subject: '' }
  if (error.code === 'invalid-parameter' && error.subject === 'answer')
    return { code: 'answer-missing', subject: '' }
  // A file is named without its folder: where this machine keeps things is nobody's business.
  const parsed = failureSchema.safeParse({ code: error.code, subject: path.basename(error.subject) })
  return parsed.success ? parsed.data : { code: 'internal', subject: '' }
}

/** @param stored the `error` column of a failed exploration */
export function describeFailure(stored: unknown): {
  readonly code: string
  readonly message: Bilingual
  readonly command: string | null
} {
  const parsed = failureSchema.safeParse(stored)
  const { code, subject } = parsed.success ? parsed.data : ({ code: 'internal', subject: '' } as const)
  const { message, command } = words[code](subject)
  return { code, message, command: command ?? null }
}
