import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { CUDA_LIBRARY, onnxruntimeFolder } from '@/lib/explainers/runtime/onnxruntime-folder'
import { GpuError } from '@/lib/gpu/errors'
import type { CudaVersion } from '@/lib/gpu/packages'

/** What this machine has of what the CUDA provider needs. */

/** A driver shows itself here; the second is Windows' under WSL. */
const DRIVER_FILES = ['/proc/driver/nvidia/version', '/dev/dxg']
/** Loaded by the provider itself, so that no list of its dependencies names it. */
const CUDNN = 'libcudnn.so.9'

export interface Platform {
  readonly system: string
  readonly hasDriver: boolean
}

export function ownPlatform(): Platform {
  return {
    system: `${process.platform}-${process.arch}`,
    hasDriver: DRIVER_FILES.some((file) => existsSync(file)),
  }
}

/** @throws GpuError where the provider cannot run */
export function requirePlatform({ system, hasDriver }: Platform, withoutDriver: boolean): void {
  if (system !== 'linux-x64')
    throw new GpuError(`the CUDA provider is made for linux-x64, and this is ${system}; nothing was changed`)
  if (hasDriver || withoutDriver) return
  throw new GpuError(
    'this machine has no NVIDIA driver (/proc/driver/nvidia/version is not there): install it first, or say ' +
      '--without-driver to prepare a machine or an image that gets one later; nothing was changed',
  )
}

/** @returns the CUDA whose libraries the loader finds; 13 where it finds none or both. */
export async function findCuda(): Promise<CudaVersion> {
  return !(await loaderFinds('libcublas.so.13')) && (await loaderFinds('libcublas.so.12')) ? 12 : 13
}

/** @returns libraries that the CUDA provider, once in place, needs and the loader does not find. */
export async function missingLibraries(folder = onnxruntimeFolder()): Promise<readonly string[]> {
  const provider = path.join(folder, CUDA_LIBRARY)
  if (process.platform !== 'linux' || !existsSync(provider)) return []
  // ldd fails for a library that is damaged: then trying it tells.
  const { stdout } = await promisify(execFile)('ldd', [provider]).catch(() => ({ stdout: '' }))
  const missing = [...stdout.matchAll(/^\s*(\S+) => not found$/gm)].map(([, library]) => library!)
  return (await loaderFinds(CUDNN)) ? missing : [...missing, CUDNN]
}

async function loaderFinds(library: string): Promise<boolean> {
  const folders = (process.env.LD_LIBRARY_PATH ?? '').split(':').filter(Boolean)
  if (folders.some((folder) => existsSync(path.join(folder, library)))) return true
  for (const program of ['ldconfig', '/sbin/ldconfig']) {
    const { stdout } = await promisify(execFile)(program, ['-p']).catch(() => ({ stdout: '' }))
    if (stdout.includes(`${library} `)) return true
  }
  return false
}
