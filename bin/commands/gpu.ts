import { rm } from 'node:fs/promises'
import path from 'node:path'
import { type Command, Option } from 'commander'
import { ownDataFolder } from '@/lib/data-folder'
import { inspectProviders, onnxruntimeVersion } from '@/lib/explainers/runtime/provider'
import { GpuError } from '@/lib/gpu/errors'
import { fetchPackage, installPackage, removeLibraries } from '@/lib/gpu/installation'
import {
  type CudaVersion,
  locateOnNpm,
  locateOnNuget,
  NUGET,
  npmPackage,
  nugetPackage,
  ONNXRUNTIME,
} from '@/lib/gpu/packages'
import { findCuda, missingLibraries, ownPlatform, requirePlatform } from '@/lib/gpu/platform'
import { findMismatch } from '@/lib/models/download'
import { showBytes } from './byte-progress'
import { fromCaller } from './caller-path'

interface InstallOptions {
  readonly cuda?: '12' | '13'
  readonly package?: string
  readonly nuget: string
  readonly withoutDriver: boolean
}

/** `vitrine gpu`: onnxruntime's CUDA provider, which npm does not install. */
export function addGpuCommand(program: Command): void {
  const gpu = program.command('gpu').description("onnxruntime's provider for NVIDIA cards")
  gpu
    .command('install')
    .description(
      'fetch the CUDA provider and put it beside onnxruntime; interrupted, it goes on where it stopped',
    )
    .addOption(
      new Option('--cuda <version>', 'default: the one whose libraries are here, else 13').choices([
        '12',
        '13',
      ]),
    )
    .option('--package <file>', `${npmPackage.file}, fetched on another machine by npm pack`)
    .option('--nuget <address>', 'service index of NuGet, where CUDA 12 comes from, or of a mirror', NUGET)
    .option('--without-driver', 'prepare a machine or image that gets its driver later', false)
    .action(install)
  gpu
    .command('remove')
    .description('take the CUDA provider away')
    .action(async () => {
      const removed = await removeLibraries()
      process.stdout.write(
        removed.length > 0 ? removed.map((file) => `removed ${file}\n`).join('') : 'nothing to remove\n',
      )
    })
}

async function install({ cuda, package: given, nuget, withoutDriver }: InstallOptions): Promise<void> {
  requirePlatform(ownPlatform(), withoutDriver)
  if (onnxruntimeVersion !== ONNXRUNTIME)
    throw new GpuError(
      `onnxruntime-node is ${onnxruntimeVersion} here, and the packages are of ${ONNXRUNTIME}`,
    )
  const version = given ? 13 : cuda ? (Number(cuda) as CudaVersion) : await findCuda()
  const wanted = version === 13 ? npmPackage : nugetPackage
  const archive = given ? await checkGiven(fromCaller(given)) : await fetchWanted(version, nuget)
  for (const { file, bytes } of await installPackage(wanted, archive))
    process.stdout.write(`${file}\t${megabytes(bytes)}\n`)
  if (!given) await rm(archive)
  await reportState()
}

async function checkGiven(file: string): Promise<string> {
  const problem = await findMismatch(file, npmPackage.expected)
  if (problem === undefined) return file
  throw new GpuError(`${file} is not ${npmPackage.file}: it ${problem}`)
}

async function fetchWanted(version: CudaVersion, nuget: string): Promise<string> {
  const located = version === 13 ? await locateOnNpm() : await locateOnNuget(nuget)
  process.stderr.write(
    `CUDA ${version} provider of onnxruntime ${ONNXRUNTIME}: ${megabytes(located.expected.size)} from ${located.url}\n`,
  )
  const progress = showBytes(process.stderr)
  const stop = new AbortController()
  const abort = () => stop.abort(new GpuError('interrupted; the same command goes on from here'))
  process.once('SIGINT', abort)
  const wanted = version === 13 ? npmPackage : nugetPackage
  try {
    return await fetchPackage(wanted, located, path.join(ownDataFolder(), 'incoming'), {
      progress: (bytes) => progress.report(wanted.file, bytes, located.expected.size),
      signal: stop.signal,
    })
  } finally {
    progress.end()
    process.off('SIGINT', abort)
  }
}

async function reportState(): Promise<void> {
  const missing = await missingLibraries()
  if (missing.length > 0) {
    process.stdout.write(`in place, and still missing on this machine: ${missing.join(', ')}\n`)
    return
  }
  const cuda = (await inspectProviders()).find(({ provider }) => provider === 'cuda')
  process.stdout.write(cuda?.obstacle ? `in place, but: ${cuda.obstacle}\n` : 'CUDA works here\n')
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
