import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where onnxruntime looks for libraries of further providers: beside its own. */
export function onnxruntimeFolder(): string {
  const packageFolder = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
  return join(packageFolder, 'bin', 'napi-v6', process.platform, process.arch)
}

/** What is missing as long as the CUDA provider has not been put in place. */
export const CUDA_LIBRARY = 'libonnxruntime_providers_cuda.so'
