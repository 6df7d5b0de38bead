import path from 'node:path'
import { z } from 'zod'
import type { Bilingual } from '@/lib/explainers/bilingual'
import { ExplainerError, type ExplainerErrorCode } from '@/lib/explainers/errors'

/** Why a figure could not be made, as it is stored and shown; details are in the worker's log only. */
export interface FigureFailure {
  readonly code: ExplainerErrorCode | 'internal' | 'stopped'
  /** The thing at fault, by the name it has in the course: `picture 3`, `food-cnn`. */
  readonly subject: string
}

const words: { readonly [Code in FigureFailure['code']]: (subject: string) => Bilingual } = {
  'unknown-method': (subject) => ({
    zh: `這張圖要用的方法「${subject}」不存在。`,
    en: `This figure asks for a method that does not exist (${subject}).`,
  }),
  'invalid-parameter': (subject) => ({
    zh: `這張圖的設定有誤（${subject}）。`,
    en: `This figure has a setting that is not allowed (${subject}).`,
  }),
  'model-missing': (subject) => ({
    zh: `找不到模型「${subject}」，無法計算這張圖。`,
    en: `The model ${subject} is missing, so this figure cannot be computed.`,
  }),
  'model-damaged': (subject) => ({
    zh: `模型「${subject}」的檔案已損壞，無法計算這張圖。`,
    en: `The model ${subject} is damaged, so this figure cannot be computed.`,
  }),
  'model-unsupported': (subject) => ({
    zh: `系統無法讀取模型「${subject}」。`,
    en: `The model ${subject} is of a kind that cannot be read.`,
  }),
  'operator-without-gradient': (subject) => ({
    zh: `模型中的運算「${subject}」沒有梯度規則，無法計算這張圖。`,
    en: `The model uses ${subject}, which has no gradient rule, so this figure cannot be computed.`,
  }),
  'picture-missing': (subject) => ({
    zh: `找不到圖片「${subject}」，無法計算這張圖。`,
    en: `The picture ${subject} is missing, so this figure cannot be computed.`,
  }),
  'picture-damaged': (subject) => ({
    zh: `圖片「${subject}」已損壞，無法計算這張圖。`,
    en: `The picture ${subject} is damaged, so this figure cannot be computed.`,
  }),
  'provider-unavailable': (subject) => ({
    zh: `計算裝置「${subject}」無法使用。`,
    en: `The device that computes figures (${subject}) is not available.`,
  }),
  'corpus-missing': (subject) => ({
    zh: `找不到語料「${subject}」，無法計算這張圖。`,
    en: `The corpus ${subject} is missing, so this figure cannot be computed.`,
  }),
  'corpus-damaged': (subject) => ({
    zh: `語料「${subject}」的檔案已損壞，無法計算這張圖。`,
    en: `The corpus ${subject} is damaged, so this figure cannot be computed.`,
  }),
  'corpus-not-indexed': (subject) => ({
    zh: `語料「${subject}」尚未為這個模型建立索引。`,
    en: `The corpus ${subject} is not indexed for this model yet.`,
  }),
  cancelled: () => ({
    zh: '這張圖的計算被中斷，系統會再試一次。',
    en: 'The computation of this figure was interrupted and will be tried again.',
  }),
  stopped: () => ({
    zh: '網站管理員停止了這張圖的計算。',
    en: 'The site’s operator has stopped the computation of this figure.',
  }),
  internal: () => ({
    zh: '這張圖計算失敗，課程團隊可以在紀錄中查看原因。',
    en: 'This figure could not be computed; the course staff can find the reason in the log.',
  }),
}

const failureSchema = z.object({
  code: z.enum(Object.keys(words) as [FigureFailure['code'], ...FigureFailure['code'][]]),
  subject: z.string(),
})

/** @returns what to store for an error of the computation; an unexpected one keeps nothing of its message. */
export function failureOf(error: unknown): FigureFailure {
  if (!(error instanceof ExplainerError)) return { code: 'internal', subject: '' }
  // A file is named without its folder: where this machine keeps things is nobody's business.
  return { code: error.code, subject: path.basename(error.subject) }
}

/** @param stored the `error` column of a failed request */
export function failureMessage(stored: unknown): { readonly code: string; readonly message: Bilingual } {
  const parsed = failureSchema.safeParse(stored)
  const failure = parsed.success ? parsed.data : { code: 'internal' as const, subject: '' }
  return { code: failure.code, message: words[failure.code](failure.subject) }
}
