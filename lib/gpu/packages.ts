import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'
import { CUDA_LIBRARY } from '@/lib/explainers/runtime/onnxruntime-folder'
import { GpuError } from '@/lib/gpu/errors'
import type { ExpectedFile } from '@/lib/models/download'

/** The packages that carry onnxruntime's CUDA provider, and where they are. */

export type CudaVersion = 12 | 13

/** Both are needed: the provider, and what providers share. */
export const LIBRARIES = [CUDA_LIBRARY, 'libonnxruntime_providers_shared.so'] as const

/** The onnxruntime that the pinned package was made with; `packages.test.ts` compares it with package.json. */
export const ONNXRUNTIME = '1.29.0'

export interface CudaPackage {
  /** Its file's name, once fetched. */
  readonly file: string
  /** Folder of the libraries inside it. */
  readonly inside: string
}

/** For CUDA 13: Microsoft's own build, as a package for the game engine Unity carries it. The checksum is ours. */
const NPM_NAME = 'com.github.asus4.onnxruntime.linux-x64-gpu'
const NPM_VERSION = '0.4.9'
export const npmPackage: CudaPackage & { readonly expected: ExpectedFile } = {
  file: `${NPM_NAME}-${NPM_VERSION}.tgz`,
  inside: 'package/Plugins/Linux/x64',
  expected: {
    size: 179_145_956,
    sha256: '2b459e0c17f340c92970c10ed86de4f37a3009f93c14053e6ad4334cbb6be412',
  },
}

/** For CUDA 12: Microsoft's package, compared with the checksum that NuGet publishes beside it. */
const NUGET_NAME = 'microsoft.ml.onnxruntime.gpu.linux'
export const NUGET = 'https://api.nuget.org/v3/index.json'
export const nugetPackage: CudaPackage = {
  file: `${NUGET_NAME}.${ONNXRUNTIME}.nupkg`,
  inside: 'runtimes/linux-x64/native',
}

export interface LocatedPackage {
  readonly url: string
  readonly expected: ExpectedFile
}

/**
 * Asks the npm client, which knows its registry.
 * @throws GpuError
 */
export async function locateOnNpm(): Promise<LocatedPackage> {
  const parameters = ['view', `${NPM_NAME}@${NPM_VERSION}`, 'dist.tarball', '--json']
  const answer = await promisify(execFile)('npm', parameters).catch((cause: Error & { stderr?: string }) => {
    const reason = /npm (?:error|ERR!) (?!code)(.+)/.exec(cause.stderr ?? '')?.[1] ?? cause.message
    throw new GpuError(`npm does not find ${NPM_NAME}@${NPM_VERSION}: ${reason}`, { cause })
  })
  const url = z.url().safeParse(parseJson(answer.stdout))
  if (!url.success) throw new GpuError(`npm gives no address for ${NPM_NAME}@${NPM_VERSION}`)
  return { url: url.data, expected: npmPackage.expected }
}

const indexSchema = z.object({ resources: z.array(z.object({ '@id': z.url(), '@type': z.string() })) })
const registrationSchema = z.object({ catalogEntry: z.url(), packageContent: z.url() })
const catalogSchema = z.object({
  packageHash: z.base64(),
  packageHashAlgorithm: z.literal('SHA512'),
  packageSize: z.int().positive(),
})

/**
 * @param index address of the service index of NuGet or of a mirror
 * @throws GpuError
 */
export async function locateOnNuget(index = NUGET): Promise<LocatedPackage> {
  const { resources } = await askJson(index, indexSchema)
  const registrations = resources.find(({ '@type': type }) => type === 'RegistrationsBaseUrl/3.6.0')
  if (!registrations) throw new GpuError(`${index} lists no RegistrationsBaseUrl/3.6.0`)
  const base = registrations['@id'].replace(/\/?$/, '/')
  const { catalogEntry, packageContent } = await askJson(
    `${base}${NUGET_NAME}/${ONNXRUNTIME}.json`,
    registrationSchema,
  )
  const { packageHash, packageSize } = await askJson(catalogEntry, catalogSchema)
  const sha512 = Buffer.from(packageHash, 'base64').toString('hex')
  return { url: packageContent, expected: { size: packageSize, sha512 } }
}

async function askJson<Result>(url: string, schema: z.ZodType<Result>): Promise<Result> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000) }).catch((cause: Error) => {
    const reason = cause.cause instanceof Error ? cause.cause.message : cause.message
    throw new GpuError(`no connection to ${url}: ${reason}`, { cause })
  })
  if (!response.ok) throw new GpuError(`${url} answers ${response.status}`)
  const parsed = schema.safeParse(parseJson(await response.text()))
  if (parsed.success) return parsed.data
  throw new GpuError(`${url} does not answer as NuGet does: ${parsed.error.issues[0]!.path.join('.')}`)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
