import { setTimeout as wait } from 'node:timers/promises'
import type { ZodType } from 'zod'
import type { FloatTensor } from '../../evidence'
import type { Constant, GraphValue } from '../../onnx/graph'
import {
  decodeAnswer,
  encodeRequest,
  errorSchema,
  HEADER_LENGTH,
  type KserveModel,
  type KserveServer,
  MalformedAnswer,
  modelSchema,
  serverSchema,
} from './protocol'
import type { KserveSettings } from './settings'

const TRIES = 3
/** Milliseconds before the second try; the next wait is twice as long. */
const PATIENCE = 250
/** Seconds in which questions about server and models must be answered. */
const METADATA_LIMIT = 10
/** Too busy, or a proxy without a server behind it. Nothing that is asked here changes a server. */
const PASSING = [429, 502, 503, 504]

/** A server answered, with a refusal. */
export class KserveRefusal extends Error {
  override readonly name = 'KserveRefusal'

  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message)
  }
}

interface Question {
  readonly path: string
  readonly body?: Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
  readonly limit: number
}

/** Asks an inference server that speaks the KServe protocol, version 2. */
export class KserveClient {
  constructor(private readonly settings: KserveSettings) {}

  /** @throws KserveRefusal, MalformedAnswer, or Error when there is no connection or no answer in time */
  async server(): Promise<KserveServer> {
    return this.#json('v2', serverSchema)
  }

  /** @throws KserveRefusal while it is not ready, and as `server` */
  async requireReady(): Promise<void> {
    await this.#ask({ path: 'v2/health/ready', limit: METADATA_LIMIT })
  }

  /** @throws KserveRefusal when it has no such model, and as `server` */
  async model(name: string): Promise<KserveModel> {
    return this.#json(`v2/models/${name}`, modelSchema)
  }

  /**
   * Runs a model.
   * @param wanted float32 outputs of its graph
   * @throws as `server`
   */
  async infer(
    name: string,
    inputs: Readonly<Record<string, Constant>>,
    wanted: readonly GraphValue[],
  ): Promise<Readonly<Record<string, FloatTensor>>> {
    const { body, headerLength } = encodeRequest(
      inputs,
      wanted.map((output) => output.name),
    )
    const answer = await this.#ask({
      path: `v2/models/${name}/infer`,
      body,
      headers: { 'content-type': 'application/octet-stream', [HEADER_LENGTH]: String(headerLength) },
      limit: this.settings.timeoutSeconds,
    })
    return decodeAnswer(answer.body, answer.headers.get(HEADER_LENGTH), wanted)
  }

  async #json<Result>(path: string, schema: ZodType<Result>): Promise<Result> {
    const { body } = await this.#ask({ path, limit: METADATA_LIMIT })
    const parsed = schema.safeParse(parseJson(body))
    if (parsed.success) return parsed.data
    throw new MalformedAnswer(`${path} is not answered as the protocol says`)
  }

  /** An answer that was lost is asked for again: a run of a model changes nothing. One that is late is not. */
  async #ask(
    question: Question,
  ): Promise<{ readonly headers: Headers; readonly body: Uint8Array<ArrayBuffer> }> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.#askOnce(question)
      } catch (error) {
        if (error instanceof DOMException && error.name === 'TimeoutError')
          throw new Error(`${this.settings.url} gave no answer within ${question.limit} s`, { cause: error })
        const mayPass = error instanceof KserveRefusal ? PASSING.includes(error.status) : true
        if (!mayPass || attempt >= TRIES) throw this.#worded(error)
        await wait(PATIENCE * 2 ** (attempt - 1))
      }
    }
  }

  async #askOnce({ path, body, headers, limit }: Question) {
    const { url, token } = this.settings
    const response = await fetch(`${url}/${path}`, {
      ...(body && { method: 'POST', body }),
      headers: { ...headers, ...(token && { authorization: `Bearer ${token}` }) },
      // A token goes where it was meant to go.
      redirect: 'error',
      signal: AbortSignal.timeout(1000 * limit),
    })
    const answer = new Uint8Array(await response.arrayBuffer())
    if (response.ok) return { headers: response.headers, body: answer }
    const said = errorSchema.safeParse(parseJson(answer))
    const reason = said.success ? `: ${said.data.error}` : ''
    throw new KserveRefusal(response.status, `${url} answers ${response.status}${reason}`)
  }

  #worded(error: unknown): unknown {
    if (!(error instanceof TypeError)) return error
    const reason = error.cause instanceof Error ? error.cause.message : error.message
    return new Error(`no connection to ${this.settings.url}: ${reason}`, { cause: error })
  }
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
}
