import { AsyncLocalStorage } from 'node:async_hooks'
import type { EvidenceManifest } from '../../evidence'
import type { KserveServer } from './protocol'

/** Which graphs a server ran for a piece of work, for its manifest. */

interface RemoteRecord {
  server: KserveServer | null
  readonly graphs: Set<string>
}
const record = new AsyncLocalStorage<RemoteRecord>()

/** @returns what `work` returns, and for the manifest what a server had to do with it. */
export async function recordingRemote<Result>(
  work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly remote: Pick<EvidenceManifest, 'server'> }> {
  const own: RemoteRecord = { server: null, graphs: new Set() }
  const result = await record.run(own, work)
  if (!own.server) return { result, remote: {} }
  const { name, version } = own.server
  return { result, remote: { server: { name, version, graphs: [...own.graphs].sort() } } }
}

/** @param sha256 of the graph */
export function noteRemoteRun(server: KserveServer, sha256: string): void {
  const own = record.getStore()
  if (!own) return
  own.server = server
  own.graphs.add(sha256)
}
