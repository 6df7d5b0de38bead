import { createWriteStream, existsSync } from 'node:fs'
import { access, constants, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream/promises'
import { extract } from 'tar'
import { onnxruntimeFolder } from '@/lib/explainers/runtime/onnxruntime-folder'
import { GpuError } from '@/lib/gpu/errors'
import { type CudaPackage, LIBRARIES, type LocatedPackage } from '@/lib/gpu/packages'
import { type DownloadOptions, download } from '@/lib/models/download'
import { ZipContents } from '@/lib/models/zip-file'

/** Several times what the packages hold. */
const ZIP_LIMITS = { entries: 1000, unpacked: 8e9 }

export interface InstalledLibrary {
  readonly file: string
  readonly bytes: number
}

/**
 * Fetches a package; what an earlier try left is gone on with.
 * @param folder for what is not whole yet
 * @returns the package's path
 * @throws ExplainerError as `download`
 */
export async function fetchPackage(
  { file }: CudaPackage,
  { url, expected }: LocatedPackage,
  folder: string,
  options: DownloadOptions = {},
): Promise<string> {
  await mkdir(folder, { recursive: true })
  const archive = path.join(folder, file)
  await download(url, archive, expected, options)
  return archive
}

/**
 * Puts the libraries of a package where onnxruntime looks for them. Both appear whole, or what was there stays.
 * @throws GpuError where the folder cannot be written to, or the package has no such libraries
 */
export async function installPackage(
  { file, inside }: CudaPackage,
  archive: string,
  folder = onnxruntimeFolder(),
): Promise<readonly InstalledLibrary[]> {
  await requireWritable(folder)
  const incoming = await mkdtemp(path.join(folder, '.incoming-'))
  try {
    const unpack = file.endsWith('.tgz') ? unpackTar : unpackZip
    await unpack(archive, inside, incoming)
    const missing = LIBRARIES.find((library) => !existsSync(path.join(incoming, library)))
    if (missing) throw new GpuError(`${file} holds no ${inside}/${missing}`)
    const installed: InstalledLibrary[] = []
    for (const library of LIBRARIES) {
      const target = path.join(folder, library)
      await rename(path.join(incoming, library), target)
      installed.push({ file: target, bytes: (await stat(target)).size })
    }
    return installed
  } finally {
    await rm(incoming, { recursive: true, force: true })
  }
}

/** @returns the libraries that were there and are gone. @throws GpuError where they cannot be removed */
export async function removeLibraries(folder = onnxruntimeFolder()): Promise<readonly string[]> {
  const present = LIBRARIES.map((library) => path.join(folder, library)).filter((file) => existsSync(file))
  if (present.length > 0) await requireWritable(folder)
  for (const file of present) await rm(file)
  return present
}

async function requireWritable(folder: string): Promise<void> {
  await access(folder, constants.W_OK).catch((cause) => {
    const message = `${folder} cannot be written to: do this as the user who ran npm install`
    throw new GpuError(message, { cause })
  })
}

async function unpackTar(archive: string, inside: string, folder: string): Promise<void> {
  const wanted = LIBRARIES.map((library) => `${inside}/${library}`)
  const strip = inside.split('/').length
  await extract({ file: archive, cwd: folder, strip, filter: (entry) => wanted.includes(entry) })
}

async function unpackZip(archive: string, inside: string, folder: string): Promise<void> {
  const zip = await ZipContents.open(archive, path.basename(archive), ZIP_LIMITS)
  try {
    for (const library of LIBRARIES) {
      const entry = `${inside}/${library}`
      if (zip.names.includes(entry))
        await pipeline(zip.stream(entry), createWriteStream(path.join(folder, library)))
    }
  } finally {
    zip.close()
  }
}
