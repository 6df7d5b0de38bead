import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'

export type Serve = (request: IncomingMessage, response: ServerResponse, file: string, bytes: Buffer) => void

/** As the Hub does: whole files, or the rest of one for a Range. */
export const wholeOrRest: Serve = (request, response, _, bytes) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  if (start > 0)
    response.writeHead(206, { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` })
  response.end(bytes.subarray(start))
}

/** A Hub of one repository, whose files lie in a folder. */
export class FakeHub {
  static readonly commit = 'c'.repeat(40)
  readonly #server: Server
  /** How files are served. */
  serve: Serve = wholeOrRest
  #refuseList: ((response: ServerResponse) => void) | null = null
  /** What the repository's card says. */
  cardData: unknown = { license: 'apache-2.0' }
  /** What is listed of a file, where it is not the truth. */
  listed: (file: ListedFile) => ListedFile = (file) => file
  /** The commit that `main` is. */
  head = FakeHub.commit
  /** Requests for files, in their order. */
  asked: { file: string; range: string | undefined }[] = []

  private constructor(
    /** What it holds. */
    public repository: string,
    private readonly folder: string,
  ) {
    this.#server = createServer((request, response) => {
      // A connection that is kept could be one that an earlier test broke.
      response.setHeader('connection', 'close')
      this.#answer(request, response).catch(() => response.destroy())
    })
  }

  /** @param port 0: any */
  static async open(repository: string, folder: string, port = 0): Promise<FakeHub> {
    const hub = new FakeHub(repository, folder)
    await new Promise<void>((done) => hub.#server.listen(port, '127.0.0.1', done))
    return hub
  }

  get address(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  /** Everything as a Hub without troubles does it. */
  mend(): void {
    this.serve = wholeOrRest
    this.#refuseList = null
    this.head = FakeHub.commit
    this.listed = (file) => file
    this.asked = []
  }

  /** Answers so, with nothing in it, whoever asks for the list of files. */
  refuseListing(status: number, headers: Readonly<Record<string, string>> = {}): void {
    this.#refuseList = (response) => void response.writeHead(status, headers).end()
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((done) => this.#server.close(done))
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const place = new URL(request.url!, 'http://hub').pathname
    const [, of, revision] = /^\/api\/models\/(.+)\/revision\/(main|[0-9a-f]{40})$/.exec(place) ?? []
    if (of === this.repository && revision) {
      if (this.#refuseList) return this.#refuseList(response)
      const names = await readdir(this.folder)
      const siblings = (await Promise.all(names.map((name) => this.#describe(name)))).map(this.listed)
      response.end(
        JSON.stringify({
          sha: revision === 'main' ? this.head : revision,
          siblings,
          cardData: this.cardData,
        }),
      )
      return
    }
    const file = place.startsWith(`/${this.repository}/resolve/`) ? place.split('/').at(-1)! : ''
    const bytes = await readFile(path.join(this.folder, file)).catch(() => undefined)
    if (!bytes) return void response.writeHead(404).end()
    this.asked.push({ file, range: request.headers.range })
    this.serve(request, response, file, bytes)
  }

  async #describe(rfilename: string): Promise<ListedFile> {
    const bytes = await readFile(path.join(this.folder, rfilename))
    const hash = (kind: string, prefix = '') => createHash(kind).update(prefix).update(bytes).digest('hex')
    const size = bytes.length
    return rfilename.endsWith('.safetensors')
      ? { rfilename, size, lfs: { sha256: hash('sha256'), size } }
      : { rfilename, size, blobId: hash('sha1', `blob ${size}\0`) }
  }
}

interface ListedFile {
  readonly rfilename: string
  readonly size?: number
  readonly blobId?: string
  readonly lfs?: { readonly sha256: string; readonly size: number }
}
