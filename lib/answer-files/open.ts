import { z } from 'zod'
import { idSchema } from '@/lib/attempts/schema'
import {
  type AnswerFile,
  answerFileFormat,
  authenticated,
  curve,
  type FiledAnswers,
  fileKey,
  fromBase64Url,
} from './seal'
import { serverKey } from './server-key'

const base64Url = z.string().regex(/^[A-Za-z0-9_-]+$/)

const answerFileSchema: z.ZodType<AnswerFile> = z.strictObject({
  format: z.literal(answerFileFormat),
  attempt: idSchema,
  key: z.string().regex(/^[0-9a-f]{16}$/),
  ephemeral: base64Url.length(87),
  iv: base64Url.length(16),
  sealed: base64Url.max(200_000),
})

const filedAnswersSchema: z.ZodType<FiledAnswers> = z.strictObject({
  madeAt: z.iso.datetime(),
  answers: z
    .array(
      z.strictObject({
        partId: idSchema,
        optionIds: z.array(z.string().max(100)).max(100),
        revision: z.int().min(1).max(2_000_000_000),
        clientId: z.string().min(1).max(100),
        chosenAt: z.iso.datetime(),
      }),
    )
    .max(1000)
    .refine(
      (answers) => new Set(answers.map(({ partId }) => partId)).size === answers.length,
      'a part is there twice',
    ),
})

/** `form`: no answer file. `key`: sealed for another server. `tampered`: changed, or cut off. */
export type OpenedFile =
  | { readonly opened: true; readonly attemptId: string; readonly content: FiledAnswers }
  | { readonly opened: false; readonly reason: 'form' | 'key' | 'tampered' }

/** @param text content of the file. */
export async function openAnswerFile(text: string, secret: string): Promise<OpenedFile> {
  const file = parse(answerFileSchema, text)
  if (!file) return { opened: false, reason: 'form' }
  const { jwk, sealing } = serverKey(secret)
  if (file.key !== sealing.name) return { opened: false, reason: 'key' }
  let plain: ArrayBuffer
  try {
    const { subtle } = crypto
    const own = await subtle.importKey('jwk', jwk, curve, false, ['deriveBits'])
    const point = fromBase64Url(file.ephemeral)
    const other = await subtle.importKey('raw', point, curve, false, [])
    const key = await fileKey(own, other, point, 'decrypt')
    const parameters = { name: 'AES-GCM', iv: fromBase64Url(file.iv), additionalData: authenticated(file) }
    plain = await subtle.decrypt(parameters, key, fromBase64Url(file.sealed))
  } catch {
    return { opened: false, reason: 'tampered' }
  }
  const content = parse(filedAnswersSchema, new TextDecoder().decode(plain))
  return content ? { opened: true, attemptId: file.attempt, content } : { opened: false, reason: 'form' }
}

function parse<Value>(schema: z.ZodType<Value>, text: string): Value | null {
  try {
    const parsed = schema.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : null
  } catch {
    return null
  }
}
