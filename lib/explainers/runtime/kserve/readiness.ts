import { arithmeticGraph, arithmeticInputs, findRounding } from './arithmetic'
import { BINARY_EXTENSION, type KserveServer } from './protocol'
import { kserveClient, openRemoteGraph } from './remote-graph'

/**
 * Asks the inference server who it is and lets it compute something whose result is known.
 * @throws Error that says what is in the way: no address, no connection, not ready, no graphs, no float32
 */
export async function requireServer(): Promise<KserveServer> {
  const client = kserveClient()
  await client.requireReady()
  const server = await client.server()
  if (!server.extensions.includes(BINARY_EXTENSION))
    throw new Error(`${server.name} ${server.version} has no extension ${BINARY_EXTENSION}`)
  const probe = await openRemoteGraph(arithmeticGraph(), 'test of its arithmetic')
  const { sums } = await probe.run(arithmeticInputs(), ['sums'])
  const rounding = findRounding(sums!.data)
  if (rounding !== undefined) throw new Error(rounding)
  return server
}
