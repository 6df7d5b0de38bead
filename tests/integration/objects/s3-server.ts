import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/**
 * One bucket, by S3's protocol, in memory. It checks what real stores check and others for tests do not: the signature
 * (version 4, without the client's code) and that the content is the one that was signed.
 */

export const credentials = { accessKeyId: 'test-access', secretAccessKey: 'test-secret' }
export const bucketName = 'vitrine-test'

/** What goes wrong with a request: it is refused for a moment, or its connection ends, before or within the content. */
export type Fault = 'busy' | 'closed' | 'cut'

export class S3Server {
  /** Contents by key. */
  readonly contents = new Map<string, Buffer>()
  /** Methods and keys, in the order in which they came. */
  readonly requests: { readonly method: string; readonly key: string }[] = []
  /** Asked at every request. */
  fault: (method: string, key: string) => Fault | undefined = () => undefined
  readonly #server = createServer((request, response) => {
    this.#answer(request, response).catch((error: unknown) => response.destroy(error as Error))
  })

  static async open(): Promise<S3Server> {
    const server = new S3Server()
    await server.listen(0)
    return server
  }

  async listen(port: number): Promise<void> {
    this.#server.listen(port, '127.0.0.1')
    await once(this.#server, 'listening')
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port
  }

  get endpoint(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    this.#server.close()
    await once(this.#server, 'close')
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url!, 'http://localhost')
    const [, bucket, ...rest] = decodeURIComponent(pathname).split('/')
    const key = rest.join('/')
    const method = request.method!
    this.requests.push({ method, key })
    const fault = this.fault(method, key)
    if (fault === 'closed') return void request.destroy()
    if (fault === 'busy') return refuse(response, 503, 'SlowDown')
    if (!isSigned(request, pathname, searchParams)) return refuse(response, 403, 'SignatureDoesNotMatch')
    if (bucket !== bucketName) return refuse(response, 404, 'NoSuchBucket')
    if (method === 'PUT') {
      const content = await buffer(request)
      const hash = createHash('sha256').update(content).digest('hex')
      if (hash !== request.headers['x-amz-content-sha256'])
        return refuse(response, 400, 'XAmzContentSHA256Mismatch')
      this.contents.set(key, content)
      response.end()
    } else if (method === 'DELETE') {
      this.contents.delete(key)
      response.writeHead(204).end()
    } else {
      const content = this.contents.get(key)
      if (!content) return refuse(response, 404, 'NoSuchKey')
      const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
      if (from > 0 && from >= content.length) return refuse(response, 416, 'InvalidRange')
      response.writeHead(from > 0 ? 206 : 200, { 'Content-Length': content.length - from })
      if (fault !== 'cut') return void response.end(content.subarray(from))
      response.write(content.subarray(from, from + Math.ceil((content.length - from) / 2)))
      setTimeout(() => response.destroy(), 20)
    }
  }
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'Content-Type': 'application/xml', Connection: 'close' })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>refused by the test</Message></Error>`)
}

const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest()

/** Signature version 4, as docs.aws.amazon.com describes it. */
function isSigned({ method, headers }: IncomingMessage, path: string, query: URLSearchParams): boolean {
  const parsed =
    /Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      headers.authorization ?? '',
    )
  if (!parsed) return false
  const [, accessKey, day, region, names, signature] = parsed
  const canonical = [
    method,
    path,
    [...query]
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .sort()
      .join('&'),
    ...names!.split(';').map((name) => `${name}:${String(headers[name]).trim()}`),
    '',
    names,
    headers['x-amz-content-sha256'],
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const hash = createHash('sha256').update(canonical).digest('hex')
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, hash].join('\n')
  const secret = `AWS4${credentials.secretAccessKey}`
  const key = hmac(hmac(hmac(hmac(secret, day!), region!), 's3'), 'aws4_request')
  const expected = hmac(key, text)
  return (
    accessKey === credentials.accessKeyId &&
    signature!.length === 64 &&
    timingSafeEqual(expected, Buffer.from(signature!, 'hex'))
  )
}
