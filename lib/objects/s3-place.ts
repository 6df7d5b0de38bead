import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import type { S3Client } from '@aws-sdk/client-s3'
import { parseS3Address } from '@/lib/objects/s3-address'
import { type ObjectContent, ObjectError, type ObjectPlace } from '@/lib/objects/store'

export interface S3Settings {
  /** Where new objects go: `s3://bucket/prefix`. What is kept elsewhere is read by its address. */
  readonly target: string
  readonly endpoint: string | undefined
  readonly region: string | undefined
  /** The bucket's name in the path instead of the host's name. */
  readonly pathStyle: boolean
}

const TRIES = 4
/** Milliseconds before the second try; doubles. */
const FIRST_PAUSE = 250
const CONNECTION_TIMEOUT = 3_000
/** Milliseconds without a byte. */
const IDLE_TIMEOUT = 20_000

/**
 * Keeps objects in a bucket of whatever speaks S3. Credentials are found as by AWS' own tools: environment, profile, role
 * of the machine.
 */
export function s3Place({ target, endpoint, region, pathStyle }: S3Settings): ObjectPlace {
  let opened: Promise<S3Client> | undefined
  const open = () => {
    opened ??= openClient()
    return opened
  }
  // Loaded at first use: most processes of an installation without a bucket never need it.
  const openClient = async () => {
    const { S3Client } = await import('@aws-sdk/client-s3')
    return new S3Client({
      endpoint,
      region: region ?? process.env.AWS_REGION ?? 'us-east-1',
      forcePathStyle: pathStyle,
      maxAttempts: 1, // `persistently` tries again, with the stream from its beginning
      requestHandler: { connectionTimeout: CONNECTION_TIMEOUT, socketTimeout: IDLE_TIMEOUT },
      logger: sdkLogger,
      // Checksums in trailers, which many stores do not take. The signature covers the content, see below.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    })
  }

  async function put(bucket: string, key: string, { sha256, size, chunks }: ObjectContent): Promise<void> {
    const [client, { PutObjectCommand }] = await Promise.all([open(), import('@aws-sdk/client-s3')])
    const abort = new AbortController()
    const body = Readable.from(chunks(), { objectMode: false })
    body.once('error', (error) => abort.abort(error))
    const command = new PutObjectCommand({ Bucket: bucket, Key: key, Body: body, ContentLength: size })
    // An object's name is what SigV4 signs as the hash of the content: the store takes these bytes or none.
    command.middlewareStack.add(
      (next) => (given) => {
        ;(given.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] = sha256
        return next(given)
      },
      { step: 'build' },
    )
    try {
      await client.send(command, { abortSignal: abort.signal })
    } finally {
      body.destroy()
    }
  }

  return {
    newAddress: (sha256) => `${target}/${sha256}-${randomUUID().slice(0, 8)}`,
    async write(address, content) {
      const { bucket, key } = parseS3Address(address)
      await persistently(bucket, content.sha256, () => put(bucket, key, content))
    },
    async *read(address, from) {
      const { bucket, key } = parseS3Address(address)
      const [client, { GetObjectCommand }] = await Promise.all([open(), import('@aws-sdk/client-s3')])
      let position = from
      for (let attempt = 1; ; attempt += 1) {
        try {
          const command = new GetObjectCommand({
            Bucket: bucket,
            Key: key,
            ...(position > 0 && { Range: `bytes=${position}-` }),
          })
          const { Body } = await client.send(command)
          for await (const chunk of Body as Readable) {
            position += (chunk as Buffer).byteLength
            yield chunk as Buffer
          }
          return
        } catch (error) {
          const { name } = error as Error
          if (name === 'NoSuchKey' || name === 'InvalidRange') return
          await pauseOrThrow(error, attempt, bucket, key)
        }
      }
    },
    async remove(address) {
      const { bucket, key } = parseS3Address(address)
      const [client, { DeleteObjectCommand }] = await Promise.all([open(), import('@aws-sdk/client-s3')])
      await persistently(bucket, key, () =>
        client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })),
      )
    },
  }
}

const quiet = () => {}
/** What it finds worth saying is in the errors that it throws. */
const sdkLogger = { trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet }

async function persistently(bucket: string, subject: string, work: () => Promise<unknown>): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await work()
      return
    } catch (error) {
      await pauseOrThrow(error, attempt, bucket, subject)
    }
  }
}

/** Waits before the next try, where one may help. @throws ObjectError otherwise */
async function pauseOrThrow(error: unknown, attempt: number, bucket: string, subject: string): Promise<void> {
  const known = wordFailure(error, bucket, subject)
  if (known.code !== 'object-store-away' || attempt === TRIES) throw known
  await sleep(FIRST_PAUSE * 2 ** (attempt - 1))
}

/** Answers of S3 that say that the bytes did not arrive as they were signed. */
const otherBytes = ['XAmzContentSHA256Mismatch', 'BadDigest', 'IncompleteBody']
/** Refusals that pass. */
const passing = [408, 429]

function wordFailure(error: unknown, bucket: string, subject: string): ObjectError {
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
  const status = $metadata?.httpStatusCode
  if (otherBytes.includes(name))
    return new ObjectError('object-damaged', subject, `the bytes of ${subject} are not those of its name`, {
      cause: error,
    })
  if (
    name === 'CredentialsProviderError' ||
    (status && status >= 300 && status < 500 && !passing.includes(status))
  )
    return new ObjectError(
      'object-store-refuses',
      bucket,
      `the bucket ${bucket} refuses (${name}: ${message}); check its name, VITRINE_S3_ENDPOINT, VITRINE_S3_REGION and the credentials`,
      { cause: error },
    )
  const reason = message || (error as { code?: string }).code || name
  return new ObjectError('object-store-away', bucket, `the bucket ${bucket} does not answer (${reason})`, {
    cause: error,
  })
}
