import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ort from 'onnxruntime-node'
import { ExplainerError } from '../errors'
import type { EvidenceManifest } from '../evidence'
import { GraphBuilder } from '../onnx/graph-builder'
import { encodeGraph } from '../onnx/graph-encoding'
import { requireServer } from './kserve/readiness'
import { CUDA_LIBRARY, onnxruntimeFolder } from './onnxruntime-folder'
import { setTensorFloat } from './precision'

export type Provider = EvidenceManifest['provider']

/** In the order in which they are tried. `kserve` is an inference server, whose address somebody has set. */
export const PROVIDERS: readonly Provider[] = ['kserve', 'cuda', 'webgpu', 'cpu']

export interface ProviderChoice {
  readonly provider: Provider
  /** Why this one: what was asked for, or why the ones before it cannot be used. For logs. */
  readonly reason: string
}

export const onnxruntimeVersion: string = ort.env.versions.node ?? ort.env.versions.common

/** What onnxruntime would print about a provider that is missing is in `reason`. */
ort.env.logLevel = 'error'

const choices = new Map<string, Promise<ProviderChoice>>()

/** A device that worked when it was chosen, and failed in the middle of a run: lost, or out of memory. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure'

  constructor(
    readonly provider: Provider,
    cause: unknown,
  ) {
    super(`${provider} failed in the middle: ${inOneLine(cause)}`, { cause })
  }
}

const givenUp = new Map<Provider, string>()

/**
 * From now on this process uses the next provider; evidence says so (`insteadOf`). Models that are open stay where they
 * are: close them. A provider that was asked for by VITRINE_PROVIDER is tried again, since no other is wanted.
 */
export function giveUpProvider({ provider, message }: ProviderFailure): void {
  givenUp.set(provider, message)
  choices.delete('')
}

/** @returns for evidence: the better provider that was given up before this one was taken. */
export function insteadOf(provider: Provider): { readonly insteadOf?: Provider } {
  const better = PROVIDERS.slice(0, PROVIDERS.indexOf(provider)).find((other) => givenUp.has(other))
  return better ? { insteadOf: better } : {}
}

/** @returns whether the environment wants this provider and no other. */
export function isDemanded(provider: Provider): boolean {
  return process.env.VITRINE_PROVIDER === provider
}

function inOneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ').slice(0, 300)
}

/**
 * Finds the execution provider to use: the first of kserve, cuda, webgpu and cpu that runs a small graph. The answer is kept
 * for the life of the process.
 *
 * @param forced use only this one; default: the environment's VITRINE_PROVIDER, if set.
 * @throws ExplainerError 'provider-unavailable' when the forced one cannot be used, or is not one of the four.
 */
export function chooseProvider(forced = process.env.VITRINE_PROVIDER): Promise<ProviderChoice> {
  const key = forced ?? ''
  const known = choices.get(key)
  if (known) return known
  const choice = forced ? requireProvider(forced) : firstProvider()
  choices.set(key, choice)
  // Drivers come and go: a failure is not remembered.
  choice.catch(() => choices.delete(key))
  return choice
}

async function firstProvider(): Promise<ProviderChoice> {
  const refusals: string[] = []
  for (const provider of PROVIDERS) {
    if (provider === 'kserve' && !process.env.VITRINE_KSERVE_URL) continue
    const obstacle = givenUp.get(provider) ?? (await tryProvider(provider))
    if (obstacle === undefined) return { provider, reason: [...refusals, `${provider} works`].join('; ') }
    refusals.push(`${provider}: ${obstacle}`)
  }
  throw new ExplainerError(
    'provider-unavailable',
    'cpu',
    `no execution provider works: ${refusals.join('; ')}`,
  )
}

async function requireProvider(name: string): Promise<ProviderChoice> {
  const provider = PROVIDERS.find((known) => known === name)
  const allowed = `allowed are ${PROVIDERS.join(', ')}`
  if (!provider)
    throw new ExplainerError('provider-unavailable', name, `no execution provider '${name}'; ${allowed}`)
  const obstacle = await tryProvider(provider)
  if (obstacle !== undefined) {
    const message = `the execution provider '${name}' cannot be used here: ${obstacle}; ${allowed}`
    throw new ExplainerError('provider-unavailable', name, message)
  }
  return { provider, reason: `${provider} was asked for` }
}

export interface ProviderState {
  readonly provider: Provider
  /** What is in the way; null: it works. */
  readonly obstacle: string | null
}

/** @returns of each provider, in the order in which they are tried, whether it works here. */
export async function inspectProviders(): Promise<ProviderState[]> {
  const states: ProviderState[] = []
  for (const provider of PROVIDERS)
    states.push({ provider, obstacle: givenUp.get(provider) ?? (await tryProvider(provider)) ?? null })
  return states
}

/** @returns undefined when the provider runs a graph, else what is in the way. */
async function tryProvider(provider: Provider): Promise<string | undefined> {
  if (provider === 'kserve') {
    return requireServer().then(
      () => undefined,
      (error: unknown) => inOneLine(error),
    )
  }
  const missing = missingLibrary(provider)
  if (missing) return `${missing} is not installed`
  if (provider === 'cuda') setTensorFloat()
  const builder = new GraphBuilder('probe')
  const x = builder.input('x', 'float32', [1])
  builder.output(builder.node('Relu', [x], { output: 'y' }), 'float32', [1])
  try {
    const session = await ort.InferenceSession.create(encodeGraph(builder.build()), {
      executionProviders: [provider],
    })
    await session.run({ x: new ort.Tensor('float32', [1], [1]) })
    await session.release()
    return undefined
  } catch (error) {
    return inOneLine(error)
  }
}

/** Asks the file system first: the libraries themselves complain on stderr when something is missing. */
function missingLibrary(provider: Provider): string | undefined {
  if (process.platform !== 'linux') return undefined
  if (provider === 'cuda') {
    return existsSync(join(onnxruntimeFolder(), CUDA_LIBRARY)) ? undefined : CUDA_LIBRARY
  }
  if (provider === 'webgpu') {
    const library = 'libvulkan.so.1'
    const cache = '/etc/ld.so.cache'
    // Without a loader cache, or with a library path of one's own, only trying tells.
    if (process.env.LD_LIBRARY_PATH || !existsSync(cache)) return undefined
    return readFileSync(cache).includes(library) ? undefined : library
  }
  return undefined
}
