import type { Graph } from '../onnx/graph'
import { GraphSession, type SessionOptions } from './graph-session'

/**
 * Sessions made when first needed, at most `limit` at a time: each holds its weights and working memory, and a model
 * has a graph for each of its layers. Runs go one after another, since each uses all cores.
 */
export class SessionCache {
  /** In order of last use. */
  readonly #sessions = new Map<string, GraphSession>()
  #last: Promise<unknown> = Promise.resolve()

  constructor(
    private readonly options: SessionOptions,
    private readonly limit: number,
    /** Name of the model, for messages. */
    private readonly owner: string,
  ) {}

  /** Runs `use` with the session `key`, made from `graph()` if there is none. */
  async with<Result>(
    key: string,
    graph: () => Graph,
    use: (session: GraphSession) => Promise<Result>,
  ): Promise<Result> {
    return this.#exclusive(async () => use(await this.#open(key, graph)))
  }

  /** Frees all sessions, after what is running. */
  async close(): Promise<void> {
    await this.#exclusive(async () => {
      for (const session of this.#sessions.values()) await session.close()
      this.#sessions.clear()
    })
  }

  async #open(key: string, graph: () => Graph): Promise<GraphSession> {
    const known = this.#sessions.get(key)
    if (known) {
      this.#sessions.delete(key)
      this.#sessions.set(key, known)
      return known
    }
    for (const [oldest, session] of this.#sessions) {
      if (this.#sessions.size < this.limit) break
      this.#sessions.delete(oldest)
      await session.close()
    }
    const session = await GraphSession.create(graph(), this.options, `${this.owner}: ${key}`)
    this.#sessions.set(key, session)
    return session
  }

  #exclusive<Result>(task: () => Promise<Result>): Promise<Result> {
    const result = this.#last.then(task)
    this.#last = result.catch(() => undefined)
    return result
  }
}
