import { createHash } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { create } from 'tar'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { onnxruntimeFolder } from '@/lib/explainers/runtime/onnxruntime-folder'
import { GpuError } from '@/lib/gpu/errors'
import { fetchPackage, installPackage, removeLibraries } from '@/lib/gpu/installation'
import {
  type CudaPackage,
  LIBRARIES,
  locateOnNpm,
  locateOnNuget,
  npmPackage,
  nugetPackage,
  ONNXRUNTIME,
} from '@/lib/gpu/packages'
import { missingLibraries, requirePlatform } from '@/lib/gpu/platform'
import packageJson from '../../../package.json'
import { writeZip } from '../models/zip-writing'

/** Small packages laid out as the real ones, from a server that answers as the registries do. */

const content = (library: string) => Buffer.from(`${library} `.repeat(500))
const files = new Map<string, Buffer>()
const asked: { path: string; range: string | undefined }[] = []
/** Bytes after which the next answer breaks off. */
let breaksAfter: number | undefined

let folder: string
let server: Server
let address: string
let target: string
let incoming: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-gpu-'))
  server = createServer((request, response) => {
    response.setHeader('connection', 'close')
    const { pathname } = new URL(request.url!, 'http://registry')
    const bytes = files.get(pathname)
    asked.push({ path: pathname, range: request.headers.range })
    if (!bytes) return void response.writeHead(404).end()
    const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const range = { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` }
    response.writeHead(start > 0 ? 206 : 200, {
      'content-length': bytes.length - start,
      ...(start > 0 && range),
    })
    if (breaksAfter === undefined) return void response.end(bytes.subarray(start))
    response.write(bytes.subarray(start, start + breaksAfter), () => setTimeout(() => response.destroy(), 20))
    breaksAfter = undefined
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  await serveTar()
  serveNuget()
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((done) => server.close(done))
  await rm(folder, { recursive: true, force: true })
})
beforeEach(async () => {
  target = await mkdtemp(join(folder, 'onnxruntime-'))
  incoming = join(target, 'incoming')
  asked.length = 0
})

async function serveTar(): Promise<void> {
  const inside = join(folder, 'tar', npmPackage.inside)
  await mkdir(inside, { recursive: true })
  for (const library of [...LIBRARIES, 'libonnxruntime_providers_tensorrt.so'])
    await writeFile(join(inside, library), content(library))
  await create({ cwd: join(folder, 'tar'), gzip: true, file: join(folder, 'package.tgz') }, ['package'])
  files.set('/package.tgz', await readFile(join(folder, 'package.tgz')))
}

function serveNuget(): void {
  const zip = writeZip(
    LIBRARIES.map((library) => ({
      name: `${nugetPackage.inside}/${library}`,
      bytes: content(library),
      deflate: true,
    })),
  )
  const put = (path: string, value: unknown) => files.set(path, Buffer.from(JSON.stringify(value)))
  const packageHash = createHash('sha512').update(zip).digest('base64')
  put('/index.json', {
    resources: [{ '@id': `${address}/registration`, '@type': 'RegistrationsBaseUrl/3.6.0' }],
  })
  put(`/registration/microsoft.ml.onnxruntime.gpu.linux/${ONNXRUNTIME}.json`, {
    catalogEntry: `${address}/catalog.json`,
    packageContent: `${address}/package.nupkg`,
  })
  put('/catalog.json', { packageHash, packageHashAlgorithm: 'SHA512', packageSize: zip.length })
  files.set('/package.nupkg', zip)
}

const locatedTar = () => {
  const bytes = files.get('/package.tgz')!
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { url: `${address}/package.tgz`, expected: { size: bytes.length, sha256 } }
}

async function expectInstalled(): Promise<void> {
  expect((await readdir(target)).filter((name) => name !== 'incoming').sort()).toEqual([...LIBRARIES].sort())
  for (const library of LIBRARIES) expect(await readFile(join(target, library))).toEqual(content(library))
}

describe('a package', () => {
  test('of npm is fetched, goes on after a broken connection, and leaves just its two libraries', async () => {
    breaksAfter = 100
    const archive = await fetchPackage(npmPackage, locatedTar(), incoming, { patience: 1 })
    expect(asked.map(({ range }) => range)).toEqual([undefined, 'bytes=100-'])
    const installed = await installPackage(npmPackage, archive, target)
    expect(installed.map(({ bytes }) => bytes)).toEqual(LIBRARIES.map((library) => content(library).length))
    await expectInstalled()
  })

  test('of NuGet is compared with the checksum that NuGet publishes', async () => {
    const located = await locateOnNuget(`${address}/index.json`)
    const archive = await fetchPackage(nugetPackage, located, incoming)
    await installPackage(nugetPackage, archive, target)
    await expectInstalled()
    const other = { ...located, expected: { ...located.expected, sha512: '0'.repeat(128) } }
    await expect(fetchPackage(nugetPackage, other, incoming)).rejects.toMatchObject({ code: 'model-damaged' })
    expect(await readdir(incoming)).toEqual([])
  })

  test('that is another one is not unpacked', async () => {
    const { url, expected } = locatedTar()
    const pinned = { url, expected: { ...expected, sha256: npmPackage.expected.sha256! } }
    await expect(fetchPackage(npmPackage, pinned, incoming)).rejects.toMatchObject({ code: 'model-damaged' })
  })

  test('without the libraries changes nothing', async () => {
    const archive = await fetchPackage(npmPackage, locatedTar(), incoming)
    const elsewhere: CudaPackage = { ...npmPackage, inside: 'package/elsewhere' }
    await expect(installPackage(elsewhere, archive, target)).rejects.toThrow(/holds no package\/elsewhere/)
    expect(await readdir(target)).toEqual(['incoming'])
  })

  test.skipIf(process.getuid?.() === 0)('asks for the right user where it cannot be written', async () => {
    await chmod(target, 0o500)
    await expect(installPackage(npmPackage, 'package.tgz', target)).rejects.toThrow(
      /as the user who ran npm install/,
    )
    await chmod(target, 0o700)
  })

  test('is removed again; what else is there stays', async () => {
    await installPackage(npmPackage, await fetchPackage(npmPackage, locatedTar(), incoming), target)
    await writeFile(join(target, 'libonnxruntime.so.1'), '')
    expect(await removeLibraries(target)).toHaveLength(2)
    expect(await removeLibraries(target)).toEqual([])
    expect((await readdir(target)).sort()).toEqual(['incoming', 'libonnxruntime.so.1'])
  })
})

describe('a registry', () => {
  test('that is not there, or answers otherwise, is named', async () => {
    await expect(locateOnNuget(`${address}/nothing`)).rejects.toThrow(/\/nothing answers 404/)
    files.set('/strange.json', Buffer.from('{"resources": [{"@id": "elsewhere"}]}'))
    await expect(locateOnNuget(`${address}/strange.json`)).rejects.toThrow(/does not answer as NuGet does/)
    await expect(locateOnNuget('http://127.0.0.1:9/index.json')).rejects.toThrow(/no connection to/)
  })

  test('of npm is the one that the npm client is set to', async () => {
    files.set(
      '/com.github.asus4.onnxruntime.linux-x64-gpu',
      Buffer.from(
        JSON.stringify({
          name: 'com.github.asus4.onnxruntime.linux-x64-gpu',
          'dist-tags': { latest: '0.4.9' },
          versions: {
            '0.4.9': { name: 'it', version: '0.4.9', dist: { tarball: `${address}/package.tgz` } },
          },
        }),
      ),
    )
    process.env.npm_config_registry = address
    process.env.npm_config_cache = join(folder, 'npm')
    try {
      expect(await locateOnNpm()).toEqual({ url: `${address}/package.tgz`, expected: npmPackage.expected })
      files.delete('/com.github.asus4.onnxruntime.linux-x64-gpu')
      process.env.npm_config_cache = join(folder, 'another')
      await expect(locateOnNpm()).rejects.toThrow(/npm does not find .*@0\.4\.9: .*404/)
    } finally {
      delete process.env.npm_config_registry
      delete process.env.npm_config_cache
    }
  })
})

describe('a machine', () => {
  test('of another kind, or without a driver, is refused before anything is fetched', () => {
    expect(() => requirePlatform({ system: 'darwin-arm64', hasDriver: true }, true)).toThrow(
      /made for linux-x64/,
    )
    expect(() => requirePlatform({ system: 'linux-x64', hasDriver: false }, false)).toThrow(GpuError)
    expect(() => requirePlatform({ system: 'linux-x64', hasDriver: false }, true)).not.toThrow()
    expect(() => requirePlatform({ system: 'linux-x64', hasDriver: true }, false)).not.toThrow()
  })

  test('without the provider lacks none of its libraries yet', async () => {
    expect(await missingLibraries(target)).toEqual([])
  })
})

test('the pinned package is of the onnxruntime that is installed', () => {
  expect(packageJson.dependencies['onnxruntime-node']).toBe(ONNXRUNTIME)
  expect(onnxruntimeFolder()).toMatch(/onnxruntime-node/)
})
