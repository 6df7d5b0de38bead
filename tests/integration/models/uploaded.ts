import { DELETE, GET, PUT } from '@/app/api/courses/[courseSlug]/models/[modelName]/route'
import { POST } from '@/app/api/courses/[courseSlug]/models/route'
import type { Viewer } from '@/lib/auth/gate'
import { databasePool } from '@/lib/database/pool'
import { bundledSources } from '@/lib/figures/sources'
import { readUploadedModel } from '@/lib/jobs/read-model'
import type { ModelDetails, ModelState } from '@/lib/models/view'
import { call } from '../server/classroom'

/** What a page and a worker do with models of one course. */
export class ModelDesk {
  constructor(
    private readonly courseSlug: string,
    private readonly viewer: Viewer,
  ) {}

  upload(name: string, bytes: Uint8Array, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    return call(POST, 'POST', this.viewer, {
      params: { courseSlug: this.courseSlug },
      query: `?name=${name}&file=${name}.bin`,
      headers: { 'content-type': 'application/octet-stream', ...headers },
      body: new Uint8Array(bytes),
    })
  }

  async read(name: string): Promise<ModelState> {
    return (await call(GET, 'GET', this.viewer, this.#of(name))).json() as Promise<ModelState>
  }

  describe(name: string, details: Partial<ModelDetails>): Promise<Response> {
    const body = { ...plainDetails, ...details }
    return call(PUT, 'PUT', this.viewer, { ...this.#of(name), body })
  }

  remove(name: string): Promise<Response> {
    return call(DELETE, 'DELETE', this.viewer, this.#of(name))
  }

  #of(modelName: string) {
    return { params: { courseSlug: this.courseSlug, modelName } }
  }
}

const plainDetails: ModelDetails = {
  licence: 'CC0',
  source: 'made for a test',
  note: '',
  classes: null,
  mean: [0, 0, 0],
  deviation: [1, 1, 1],
}

/** What the queue has the worker do. */
export function work(name: string): Promise<void> {
  return readUploadedModel(name, { sources: bundledSources(), signal: new AbortController().signal })
}

/** Names of everything that is stored. */
export async function storedObjects(): Promise<readonly string[]> {
  const { rows } = await databasePool().query<{ sha256: string }>(
    'SELECT sha256 FROM "StoredObject" ORDER BY sha256',
  )
  return rows.map(({ sha256 }) => sha256)
}
